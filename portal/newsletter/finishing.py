"""An issue as it goes to one subscriber: the frozen text, with what differs between recipients.

The texts hold `LEAVE` where the address of the link stands by which a reader leaves. Nothing else
differs in the bodies, so that both parts are encoded once, and finished by putting in a token.
"""

import binascii
import uuid
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from pluc.links import PUBLIC_URLCONF, site_address
from pluc.outbox.return_addresses import leave_address
from pluc.outbox.services import folded
from pluc.outbox.transports import written
from portal.newsletter.models import MailingText
from portal.newsletter.models.mailings import LEAVE
from portal.newsletter.queries.audience import Recipient

LIST = f"nieuwsbrief.{settings.MAIL_DOMAIN}"
MIME = compat32.clone(linesep="\r\n", mangle_from_=False)
# Where the token stands once a part has been encoded: a byte that no encoded text holds.
TOKEN = b"\x00"


def leave_link(token: str, language: str) -> str:
    """The address by which a reader leaves, or changes the language."""
    return f"{site_address(leave_path(language))}{token}/"


@cache
def leave_path(language: str) -> str:
    """The path of that address before its token."""
    with translation.override(language):
        path = reverse("newsletter_leave", urlconf=PUBLIC_URLCONF, args=["-"])
    return path.removesuffix("-/")


def html_of(text: MailingText, token: str) -> str:
    """The HTML as the reader with this token gets it."""
    return text.html.replace(LEAVE, leave_link(token, text.language))


def text_of(text: MailingText, token: str) -> str:
    """The plain text as the reader with this token gets it."""
    return text.text.replace(LEAVE, leave_link(token, text.language))


@dataclass(frozen=True)
class Cast:
    """An issue in one language, encoded, with `TOKEN` where a recipient's token stands."""

    language: str
    headers: bytes
    body: bytes

    def message_to(self, recipient: Recipient, *, mail_id: uuid.UUID, at: datetime) -> bytes:
        """The whole message, lines ending in CRLF. Raises `ValueError` for a broken address."""
        own = own_headers(recipient, self.language, mail_id, at)
        return (
            own.encode("ascii") + self.headers + self.body.replace(TOKEN, recipient.token.encode())
        )


def own_headers(recipient: Recipient, language: str, mail_id: uuid.UUID, at: datetime) -> str:
    """What differs: whom it is to, what it is known by, and how they leave (RFC 2369, 8058).

    The identity follows from the mail, so that it stays the same however often it is tried.
    """
    link = leave_link(recipient.token, language)
    mailto = leave_address(recipient.subscription)
    return (
        f"To: {written(recipient.email)}\r\n"
        f"Message-ID: <{mail_id}@{settings.MAIL_DOMAIN}>\r\n"
        f"Date: {format_datetime(timezone.localtime(at))}\r\n"
        f"List-Unsubscribe: <{link}>,\r\n <mailto:{mailto}>\r\n"
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    )


def cast(text: MailingText) -> Cast:
    """Encodes what is the same for everybody who gets an issue in this language."""
    boundary = f"=_{text.sha256[:32] or uuid.uuid4().hex}"
    html, plain = part("html", text.html, text.language), part("plain", text.text, text.language)
    line = f"--{boundary}".encode()
    body = b"\r\n".join([line, plain, line, html, line + b"--", b""])
    return Cast(text.language, shared_headers(text, boundary), body)


def shared_headers(text: MailingText, boundary: str) -> bytes:
    """The headers that are the same for everybody, and the empty line after them."""
    message: Message[Any, Any] = Message(policy=MIME)
    message["From"] = f'"{settings.PRODUCT}" <{settings.BACK_OFFICE_ADDRESS}>'
    message["Reply-To"] = settings.BACK_OFFICE_ADDRESS
    message["Subject"] = folded(text.subject)
    message["List-Id"] = f'"{settings.PRODUCT} finance updates" <{LIST}>'
    # What Gmail sums complaints up by: this issue, the newsletter, whose it is.
    message["Feedback-ID"] = f"{text.mailing_id}:newsletter:{text.language}:pluc"
    message["Precedence"] = "bulk"
    message["Auto-Submitted"] = "auto-generated"  # so that nobody is away to it (RFC 3834)
    message["Content-Language"] = text.language
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = f'multipart/alternative; boundary="{boundary}"'
    # Without the empty parts that a message of this type has by itself.
    return message.as_bytes().partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def part(subtype: str, content: str, language: str) -> bytes:
    """One part in quoted-printable: its headers, and its lines with `TOKEN` in them."""
    head = (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    whole = content.replace(LEAVE, leave_link(TOKEN.decode(), language))
    *before, last = whole.split(TOKEN.decode())
    # Encoded with a sign more, so that its last line has room for the "=" of a line that goes on.
    encoded = [quoted_printable(piece + "-").removesuffix(b"-") for piece in before]
    # A token stands on a line of its own, which mail programs join with those around it.
    return head.encode() + (b"=\r\n" + TOKEN + b"=\r\n").join([*encoded, quoted_printable(last)])


def quoted_printable(text: str) -> bytes:
    """Lines of at most 76 signs, ending in CRLF (RFC 2045, 6.7)."""
    lines = text.replace("\r\n", "\n").encode()
    return binascii.b2a_qp(lines, istext=True).replace(b"\n", b"\r\n")
