"""The signature under each mail that leaves (DKIM, RFC 6376; STANDARDS 2.5).

dkimpy brings headers and body in the form that is signed; `cryptography` signs, many times faster
than dkimpy does, and with Ed25519 too (docs/decisions/0038).
"""

import base64
import hashlib
import time
import uuid
from collections import Counter
from email.utils import parseaddr
from textwrap import wrap

import dkim
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.utils.translation import gettext as _t
from dkim.canonicalization import CanonicalizationPolicy

from pluc.environment import SigningKey
from pluc.outbox.return_addresses import bounce_address, in_ascii

# Signed once more than they are there, so that nobody can add one on the way.
SEALED = (
    "from",
    "subject",
    "to",
    "date",
    "reply-to",
    "list-unsubscribe",
    "list-unsubscribe-post",
)
SIGNED = (
    "cc",
    "message-id",
    "in-reply-to",
    "references",
    "list-id",
    "feedback-id",
    "auto-submitted",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
)
RELAXED = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
LINE = 72  # characters on a line of the header

Headers = list[tuple[bytes, bytes]]


def signed(message: bytes) -> bytes:
    """The message as it goes to the mail server: signed, where a key is set.

    The last that is done to it: whatever changes a byte of it afterwards breaks the signature.
    """
    return signature_header(message, settings.DKIM_KEY) + message if settings.DKIM_KEY else message


def signature_header(message: bytes, key: SigningKey) -> bytes:
    """The header `DKIM-Signature` for a message whose lines end in CRLF."""
    parsed, body = dkim.rfc822_parse(message)
    headers: Headers = RELAXED.canonicalize_headers(parsed)
    names = names_to_sign(headers)
    body_hash = hashlib.sha256(RELAXED.canonicalize_body(body)).digest()
    header = unsigned_header(names, body_hash, key)
    own = RELAXED.canonicalize_headers([(b"dkim-signature", header.partition(b":")[2])])
    selected: Headers = dkim.select_headers(headers, [name.encode() for name in names])
    hashed = b"".join(name + b":" + value for name, value in [*selected, *own])
    return header + in_lines(base64.b64encode(sign(hashed.removesuffix(b"\r\n"), key))) + b"\r\n"


def names_to_sign(headers: Headers) -> list[str]:
    """The names of the headers that the signature is about, as often as it is about each."""
    there = Counter(name.decode("ascii") for name, _ in headers)
    times = {name: there[name] + 1 for name in SEALED} | {name: there[name] for name in SIGNED}
    return [name for name, number in times.items() for _ in range(number)]


def unsigned_header(names: list[str], body_hash: bytes, key: SigningKey) -> bytes:
    """The header up to the signature itself, which is about all that stands before it."""
    tags = {
        "v": "1",
        "a": "rsa-sha256" if isinstance(key, rsa.RSAPrivateKey) else "ed25519-sha256",
        "c": "relaxed/relaxed",
        "d": in_ascii(settings.MAIL_DOMAIN),
        "s": settings.DKIM_SELECTOR,
        "t": str(int(time.time())),
        "h": "\r\n ".join(wrap(" : ".join(names), LINE, break_on_hyphens=False)),
        "bh": base64.b64encode(body_hash).decode(),
        "b": "",
    }
    value = ";\r\n ".join(f"{name}={content}" for name, content in tags.items())
    return f"DKIM-Signature: {value}".encode()


def sign(content: bytes, key: SigningKey) -> bytes:
    """The signature itself; Ed25519 signs the hash (RFC 8463)."""
    digest = hashlib.sha256(content).digest()
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(digest, padding.PKCS1v15(), utils.Prehashed(SHA256()))
    return key.sign(digest)


def in_lines(letters: bytes) -> bytes:
    """Folded, as a header has to be; readers of signatures take no notice of it."""
    return b"\r\n ".join(letters[at : at + LINE] for at in range(0, len(letters), LINE))


def misalignment() -> str:
    """Where the domains differ by which mailboxes judge our mail, in a sentence; else empty.

    Whom a mail is from, who signs it, and where it comes back is one domain, or one below the
    other (DMARC): else mailboxes refuse a newsletter.
    """
    sender = domain_of(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    signer = in_ascii(settings.MAIL_DOMAIN) if settings.DKIM_KEY else sender
    back = domain_of(bounce_address(uuid.UUID(int=0)))
    if is_one_domain(sender, signer) and is_one_domain(sender, back):
        return ""
    return _t(
        "Mail is from %(sender)s, signed by %(signer)s and comes back to %(back)s: mailboxes refuse"
        " it unless that is one domain."
    ) % {"sender": sender or "?", "signer": signer or "?", "back": back}


def domain_of(address: str) -> str:
    return in_ascii(address.rpartition("@")[2])


def is_one_domain(one: str, other: str) -> bool:
    """Whether two domains are the same, or one lies below the other."""
    return bool(one) and (f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}"))
