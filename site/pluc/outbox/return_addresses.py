"""The addresses to which mail comes back: of a mail that bounces, of a reader who leaves by mail.

Each names one row, and is signed: who does not know the address cannot write to it in somebody
else's name. Only letters of one case and digits, since mail programs change case.
"""

import base64
import binascii
import uuid
from contextlib import suppress

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

BOUNCE, LEAVE = "bounce", "leave"
SIGNATURE = 12  # bytes: 96 bits, and each guess costs a mail
LONGEST = 254  # characters in an address (RFC 5321, 4.5.3.1.3)


def bounce_address(mail_id: uuid.UUID) -> str:
    """The envelope sender of a mail: where its mail server reports that it did not arrive."""
    return address_of(BOUNCE, mail_id)


def mail_of_bounce(address: str) -> uuid.UUID | None:
    """Which mail such an address stands for; `None` for any other, or a damaged one."""
    return row_of(BOUNCE, address)


def leave_address(subscription_id: uuid.UUID) -> str:
    """Where a mail, whatever it says, ends this subscription to the newsletter."""
    return address_of(LEAVE, subscription_id)


def subscription_of_leave(address: str) -> uuid.UUID | None:
    """Which subscription such an address ends; `None` for any other, or a damaged one."""
    return row_of(LEAVE, address)


def address_of(purpose: str, row: uuid.UUID) -> str:
    key = as_letters(row.bytes + signature(purpose, row, settings.SECRET_KEY))
    return f"{purpose}-{key}@{in_ascii(settings.MAIL_DOMAIN)}"


def row_of(purpose: str, address: str) -> uuid.UUID | None:
    """The row that an address of this purpose was made for, with any key that still counts."""
    name, _, domain = address.strip().rpartition("@")
    if len(address) > LONGEST or in_ascii(domain) != in_ascii(settings.MAIL_DOMAIN):
        return None
    found, _, letters = name.lower().partition("-")
    content = as_bytes(letters) if name.isascii() and found == purpose else b""
    if len(content) != 16 + SIGNATURE:
        return None
    row, signed = uuid.UUID(bytes=content[:16]), content[16:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    is_ours = any(constant_time_compare(signed, signature(purpose, row, key)) for key in keys)
    return row if is_ours else None


def signature(purpose: str, row: uuid.UUID, key: str) -> bytes:
    salt = f"pluc.outbox.return_addresses.{purpose}"
    return salted_hmac(salt, row.bytes, secret=key, algorithm="sha256").digest()[:SIGNATURE]


def as_letters(content: bytes) -> str:
    """In base 32, without what fills the last group up."""
    return base64.b32encode(content).decode().rstrip("=").lower()


def as_bytes(letters: str) -> bytes:
    """What `as_letters` wrote; nothing where it never writes that."""
    padded = letters.upper() + "=" * (-len(letters) % 8)
    with suppress(binascii.Error):
        content = base64.b32decode(padded)
        return content if as_letters(content) == letters else b""
    return b""


def in_ascii(domain: str) -> str:
    """A domain as mail servers compare it: in lower case, an international one by its IDNA name."""
    small = domain.lower().removesuffix(".")
    with suppress(UnicodeError):
        return small.encode("idna").decode("ascii")
    return small
