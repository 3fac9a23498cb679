"""What a mail that came in says: that one of ours did not arrive, a complaint, or "let me leave".

Anybody can write such a mail, so nothing counts without the address that stood in our own mail
(`pluc.outbox.return_addresses`). Of what is no report only the headers are parsed.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser

from pluc.outbox.models import Return
from pluc.outbox.return_addresses import BOUNCE, LEAVE, mail_of_bounce, subscription_of_leave

Why = Return.Why

READ_AT_MOST = 128 * 1024  # bytes: a report begins with what it has to say
PARTS_AT_MOST = 3  # of a report (RFC 6522): for people, for machines, the message itself
BLOCKS_AT_MOST = 50  # of a delivery status; a mail of ours has one recipient
VALUES_AT_MOST = 500  # headers that are looked through
# Whom a mail was brought to, by what mail servers write down of it.
RECIPIENT = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-delivered-to")
OUR_ADDRESS = re.compile(
    rf"(?:{BOUNCE}|{LEAVE})-[a-z2-7]{{10,64}}@[^\s<>,;:?\"()\[\]]+", re.IGNORECASE
)
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\d)")
ACCUSING = ("abuse", "fraud")
# Final, though of the class 5: what is wrong is the message, its size, the server or the way to
# it, what they think of us (RFC 3463). The address itself may be as good as ever.
PASSING = re.compile(r"5\.(?:2\.[234]|3\.\d+|4\.[5-7]|5\.\d+|6\.\d+|7\.\d+)")
# Not `X-Auto-Response-Suppress`, which asks for no automatic reply and is no sign of one.
AUTOMATIC = re.compile(r"x-auto(?!-response-suppress)", re.IGNORECASE)
NOBODY = re.compile(r"<\s*>|\b(?:mailer-daemon|postmaster|no-?reply)@", re.IGNORECASE)


@dataclass(frozen=True)
class Bounce:
    """A mail did not arrive. Where that `is_hard` it never will; `status` is RFC 3463's."""

    mail_id: uuid.UUID
    is_hard: bool
    status: str


@dataclass(frozen=True)
class Complaint:
    """Somebody told their mail server that a mail of ours is spam: which, or whose."""

    mail_id: uuid.UUID | None
    subscription_id: uuid.UUID | None = None


@dataclass(frozen=True)
class LeaveRequest:
    """Somebody wants to leave the newsletter."""

    subscription_id: uuid.UUID


@dataclass(frozen=True)
class NotUnderstood:
    why: Return.Why


Said = Bounce | Complaint | LeaveRequest | NotUnderstood


def understand(content: bytes) -> Said:
    """What a mail says. Reads its beginning only, and never fails."""
    content = content[:READ_AT_MOST]
    try:
        headers = BytesHeaderParser().parsebytes(content)
        return understood(headers, content)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return NotUnderstood(Why.BROKEN)  # the parser of the standard library gives up


def understood(headers: Message, content: bytes) -> Said:
    report = report_type(headers)
    if report == "feedback-report":
        return complaint(BytesParser().parsebytes(content))
    to = values(headers, RECIPIENT)
    if subscription_id := only(map(subscription_of_leave, ours_in(to))):
        is_asked = not report and not is_automatic(headers)
        return LeaveRequest(subscription_id) if is_asked else NotUnderstood(Why.AUTOMATIC)
    if report != "delivery-status":
        return NotUnderstood(Why.AUTOMATIC if is_automatic(headers) else Why.NO_REPORT)
    if mail_id := only(map(mail_of_bounce, ours_in(to))):
        return bounce(mail_id, BytesParser().parsebytes(content))
    return NotUnderstood(Why.NO_TOKEN)


# --- A mail that did not arrive (RFC 3464) -------------------------------------------------------


def bounce(mail_id: uuid.UUID, report: Message) -> Said:
    """What the report says of all whom the mail went on to.

    Where it reached one of them it did arrive: our address may stand for several people.
    """
    blocks = recipients_in(report)
    if not blocks:
        return NotUnderstood(Why.NO_STATUS)
    if any(text(block, "action").lower() != "failed" for block in blocks):
        return NotUnderstood(Why.NOT_FAILED)
    found = [STATUS.match(text(block, "status")) for block in blocks]
    statuses = [one[1] for one in found if one and not one[1].startswith("2")]
    if len(statuses) < len(blocks):
        return NotUnderstood(Why.NO_STATUS)
    passing = [status for status in statuses if not is_hard(status)]
    return Bounce(mail_id, is_hard=not passing, status=(passing or statuses)[0])


def is_hard(status: str) -> bool:
    """Whether a status says that no mail will ever arrive at the address."""
    return status.startswith("5") and not PASSING.fullmatch(status)


def recipients_in(report: Message) -> list[Message]:
    """The blocks of a delivery status, each about one recipient."""
    for part in parts(report):
        if part.get_content_type() == "message/delivery-status":
            return [block for block in messages_in(part, BLOCKS_AT_MOST) if "action" in block]
    return []


# --- A complaint (RFC 5965) ----------------------------------------------------------------------


def complaint(report: Message) -> Said:
    """Which mail is complained about: by our addresses in its headers, which come along."""
    said, original = Message(), Message()
    for part in parts(report):
        kind = part.get_content_type()
        if kind == "message/feedback-report":
            said = inside(part)
        elif kind in {"message/rfc822", "text/rfc822-headers"}:
            original = inside(part)
    if text(said, "feedback-type").lower() not in ACCUSING:
        return NotUnderstood(Why.OTHER_REPORT)
    found = list(ours_in([*all_values(said), *all_values(original)]))
    mail_id = only(map(mail_of_bounce, found))
    subscription_id = only(map(subscription_of_leave, found))
    if mail_id or subscription_id:
        return Complaint(mail_id, subscription_id)
    return NotUnderstood(Why.NO_TOKEN)


def inside(part: Message) -> Message:
    """The headers that a part of a report holds: as a message, or as text."""
    if part.is_multipart():
        return next(iter(messages_in(part, 1)), Message())
    content = part.get_payload(decode=True)
    return BytesHeaderParser().parsebytes(content if isinstance(content, bytes) else b"")


# --- What any mail has ---------------------------------------------------------------------------


def is_automatic(headers: Message) -> bool:
    """Whether a machine wrote the mail: nobody asks for anything by it (RFC 3834).

    Apple's programs call it an automatic reply when somebody presses their button to leave.
    """
    if text(headers, "x-apple-unsubscribe").lower() == "true":
        return False
    marks = [
        text(headers, "auto-submitted").partition(";")[0].lower() not in {"", "no"},
        text(headers, "precedence").lower() in {"bulk", "junk", "list", "auto_reply"},
        any(AUTOMATIC.match(name) for name in headers),
        NOBODY.search(" ".join(values(headers, ("return-path", "from", "sender")))) is not None,
    ]
    return any(marks)


def report_type(headers: Message) -> str:
    """Of a report (RFC 6522) its type; empty for any other mail."""
    if headers.get_content_type() != "multipart/report":
        return ""
    return str(headers.get_param("report-type") or "").lower() or "?"


def parts(report: Message) -> list[Message]:
    """The parts of a report; what they hold in turn is the message that came back."""
    return messages_in(report, PARTS_AT_MOST)


def messages_in(whole: Message, at_most: int) -> list[Message]:
    payload: object = whole.get_payload()
    first = payload[:at_most] if isinstance(payload, list) else []
    return [one for one in first if isinstance(one, Message)]


def text(headers: Message, name: str) -> str:
    return str(headers.get(name, "")).strip()


def values(headers: Message, names: Iterable[str]) -> list[str]:
    return [str(one) for name in names for one in headers.get_all(name, [])][:VALUES_AT_MOST]


def all_values(headers: Message) -> list[str]:
    return [str(one) for one in headers.values()][:VALUES_AT_MOST]


def ours_in(texts: Iterable[str]) -> Iterator[str]:
    """What looks like an address by which mail comes back to us."""
    for one in texts:
        yield from (found[0] for found in OUR_ADDRESS.finditer(one[:2000]))


def only(found: Iterable[uuid.UUID | None]) -> uuid.UUID | None:
    """The one thing that was found; `None` where that was nothing, or several."""
    different = {one for one in found if one is not None}
    return different.pop() if len(different) == 1 else None
