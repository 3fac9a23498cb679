"""Mail that leaves is signed, and who is not the signer finds that good (STANDARDS 2.5)."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa, x25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives

from pluc.environment import read_signing_key
from pluc.outbox import services, signing, transports
from pluc.outbox.models import Mail
from tests.live_site import free_port

RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ED_KEY = ed25519.Ed25519PrivateKey.generate()


# --- RFC 6376 read anew: no code of the signer's -------------------------------------------------


def squeezed(text):
    return re.sub(rb"[ \t]+", b" ", text)


def relaxed_header(field):
    name, value = field.split(b":", 1)
    return name.strip().lower() + b":" + squeezed(value.replace(b"\r\n", b"")).strip()


def relaxed_body(body):
    lines = [squeezed(line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def parts_of(message):
    head, body = message.split(b"\r\n\r\n", 1)
    return re.split(rb"\r\n(?![ \t])", head), body


def tags_of(field):
    pairs = (tag.split(b"=", 1) for tag in field.split(b":", 1)[1].split(b";"))
    return {name.strip(): re.sub(rb"\s", b"", value) for name, value in pairs}


def verify(message, key):
    """The tags of the topmost signature; raises where it does not hold (RFC 6376, 6.1)."""
    fields, body = parts_of(message)
    own = next(field for field in fields if field.lower().startswith(b"dkim-signature:"))
    tags = tags_of(own)
    assert tags[b"bh"] == base64.b64encode(hashlib.sha256(relaxed_body(body)).digest())
    left, hashed = [relaxed_header(field) for field in reversed(fields)], b""
    for name in tags[b"h"].split(b":"):  # each next one of a name is the one above it
        found = next((field for field in left if field.startswith(name.lower() + b":")), None)
        if found is not None:
            hashed += found + b"\r\n"
            left.remove(found)
    hashed += relaxed_header(re.sub(rb"([;\s]b=)[^;]*", rb"\1", own))
    signature = base64.b64decode(tags[b"b"])
    if isinstance(key, rsa.RSAPrivateKey):
        key.public_key().verify(signature, hashed, padding.PKCS1v15(), SHA256())
    else:
        key.public_key().verify(signature, hashlib.sha256(hashed).digest())
    return tags


# --- What leaves --------------------------------------------------------------------------------

NEWSLETTER = {
    "Reply-To": "backoffice@pluc.example",
    "List-Id": "PLUC! <finance-updates.pluc.example>",
    "Feedback-ID": "12:issue:pluc",
    "List-Unsubscribe": "<https://pluc.example/n/token/>,\r\n <mailto:leave-x@pluc.example>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


class Sink:
    """A mail server that keeps the bytes of what it gets."""

    def __init__(self):
        self.received = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.append(bytes(envelope.content))
        return "250 OK"


@pytest.fixture(scope="module")
def server():
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def sink(server, settings):
    server.handler.received.clear()

    settings.MAIL_SERVER = {"host": "127.0.0.1", "port": server.port, "timeout": 5}
    settings.DKIM_KEY, settings.DKIM_SELECTOR = RSA_KEY, "november"
    return server.handler


def posted():
    message = EmailMultiAlternatives(
        "Peren en kersen: " + "wat er rijp is, " * 12 + "één voor één",
        "Beste Zoë,  \n\n.een punt vooraan\n..en twee\t \n" + "ë" * 1200 + "\n\n\n",
        to=["Zoë Peer <zoe@klant.example>"],
        headers={name: value for name, value in NEWSLETTER.items() if name != "List-Unsubscribe"},
    )
    message.attach_alternative("<p>Beste Zoë</p>\n" * 40, "text/html")
    (mail,) = services.post(message=message, template="pears")
    return mail


@pytest.mark.django_db
@pytest.mark.parametrize("key", [RSA_KEY, ED_KEY], ids=["rsa", "ed25519"])
def test_what_a_mail_server_gets_is_signed_and_so_is_a_copy(sink, settings, key):
    settings.DKIM_KEY = key
    mail = posted()
    services.send(mail_id=mail.pk)
    mail.refresh_from_db()
    again = services.send_again(mail=mail, by=None)
    services.send(mail_id=again.pk)
    first, second = sink.received
    for received in (first, second):
        tags = verify(received, key)
        assert received.isascii(), "a server on the way need not write it otherwise"
        assert (tags[b"d"], tags[b"s"], tags[b"c"]) == (
            b"pluc.example",
            b"november",
            b"relaxed/relaxed",
        )
        assert max(len(line) for line in received.split(b"\r\n\r\n")[0].split(b"\r\n")) <= 100
    assert first != second
    assert Mail.objects.filter(state=Mail.State.SENT).count() == 2


def test_nothing_can_be_changed_added_or_taken_away_on_the_way(settings):
    settings.DKIM_KEY, settings.DKIM_SELECTOR = RSA_KEY, "november"
    fields = {"From": "a@pluc.example", "To": "b@c.example", "Subject": "x", "Date": "now"}
    fields |= NEWSLETTER | {"Message-ID": "<1@pluc.example>", "MIME-Version": "1.0"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    message = signing.signed(f"{lines}\r\nHallo\r\n".encode())
    signature, rest = message[: -len(lines) - 9], message[-len(lines) - 9 :]
    verify(message, RSA_KEY)
    for name, value in fields.items():
        field = f"{name}: {value}\r\n".encode()
        with pytest.raises(InvalidSignature):
            verify(signature + rest.replace(field, b""), RSA_KEY)
        if name.lower() in signing.SEALED:
            with pytest.raises(InvalidSignature):
                verify(signature + f"{name}: other\r\n".encode() + rest, RSA_KEY)
    with pytest.raises(AssertionError):
        verify(message + b"PS\r\n", RSA_KEY)


def test_one_that_has_no_reply_address_can_be_given_none(settings):
    settings.DKIM_KEY, settings.DKIM_SELECTOR = RSA_KEY, "november"
    message = signing.signed(b"From: a@pluc.example\r\nSubject: x\r\n\r\n")
    verify(message, RSA_KEY)
    for name in (b"Reply-To", b"List-Unsubscribe", b"List-Unsubscribe-Post", b"Date", b"To"):
        with pytest.raises(InvalidSignature):
            verify(name + b": other@klant.example\r\n" + message, RSA_KEY)


def test_mails_in_files_are_signed_as_well_and_without_a_key_nothing_is(settings, tmp_path):
    settings.MAIL_DIR, settings.DKIM_SELECTOR = tmp_path, "november"
    message = b"From: a@pluc.example\r\nSubject: x\r\n\r\nHallo\r\n"
    settings.DKIM_KEY = RSA_KEY
    verify(transports.to_file(message).read_bytes(), RSA_KEY)
    settings.DKIM_KEY = None
    assert transports.to_file(message).read_bytes() == message


def test_who_looks_while_a_mail_is_written_to_a_file_finds_none(settings, tmp_path, monkeypatch):
    settings.MAIL_DIR, seen, write = tmp_path, [], Path.write_bytes

    def write_and_look(path: Path, content: bytes) -> int:
        written = write(path, content[:10]) and write(path, content)
        seen.extend(tmp_path.glob("*.eml"))
        return written

    monkeypatch.setattr(Path, "write_bytes", write_and_look)
    assert transports.to_file(b"To: a@pluc.example\r\n\r\nHallo\r\n") in tmp_path.glob("*.eml")
    assert seen == []


# --- The key ------------------------------------------------------------------------------------


def pem(key, encryption=None):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


@pytest.mark.parametrize("key", [RSA_KEY, ED_KEY], ids=["rsa", "ed25519"])
def test_a_key_is_read_from_its_file(tmp_path, key):
    file = tmp_path / "dkim.pem"
    file.write_bytes(pem(key))
    read = read_signing_key(str(file), "november")
    assert (
        read.private_numbers() == key.private_numbers() if key is RSA_KEY else pem(read) == pem(key)
    )
    assert read_signing_key("", "") is None


def test_a_key_that_is_of_no_use_stops_the_start_with_one_sentence(tmp_path):
    file = tmp_path / "dkim.pem"
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    contents = {
        b"": "no private key",
        pem(RSA_KEY, BestAvailableEncryption(b"secret")): "no private key",
        pem(x25519.X25519PrivateKey.generate()): "2048 bits",
        pem(short): "2048 bits",
    }
    for content, expected in contents.items():
        file.write_bytes(content)
        with pytest.raises(ImproperlyConfigured, match=f"^DKIM_KEY_FILE.*{expected}.*\\.$"):
            read_signing_key(str(file), "november")
    for path, selector in (("", "november"), (str(file), ""), (str(file), "no vember;")):
        with pytest.raises(ImproperlyConfigured, match=r"DKIM_SELECTOR.*\.$"):
            read_signing_key(path, selector)
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        read_signing_key(str(tmp_path / "none.pem"), "november")


# --- One domain ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "own", "aligned"),
    [
        ("PLUC! <backoffice@pluc.example>", "pluc.example", True),
        ("PLUC! <backoffice@PLUC.example>", "mail.pluc.example", True),
        ("PLUC! <backoffice@other.example>", "pluc.example", False),
        ("PLUC! <backoffice@notpluc.example>", "pluc.example", False),
        ("PLUC!", "pluc.example", False),
    ],
)
def test_sender_signature_and_envelope_are_of_one_domain(settings, sender, own, aligned):
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_DOMAIN = sender, own
    assert (signing.misalignment() == "") is aligned
