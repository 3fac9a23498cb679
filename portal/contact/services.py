"""Storing a message, answering it, and what else colleagues do with it."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.contact import mails, queries
from portal.contact.errors import AnsweredMeanwhile, MailWithheld, MessageError, TakenBy
from portal.contact.models import ContactMessage, MessageStep

Kind = MessageStep.Kind

SAME_WITHIN = timedelta(minutes=10)
CONFIRMED_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody filled in."""

    name: str
    email: str
    phone: str
    topic: str
    text: str


def receive(*, typed: Typed, language: str) -> ContactMessage | None:
    """Stores a message and posts its mails. `None` where the same came a moment before."""
    now = timezone.now()
    if queries.is_repeated(email=typed.email, text=typed.text, since=now - SAME_WITHIN):
        return None
    message = ContactMessage(**asdict(typed), language=language, received_at=now)
    message.fingerprint = fingerprint(typed.email, typed.text, now)
    try:
        with transaction.atomic():
            store(message)
    except IntegrityError:  # the same button, pressed twice in one moment
        if not ContactMessage.objects.filter(fingerprint=message.fingerprint).exists():
            raise
        return None
    return message


def store(message: ContactMessage) -> None:
    """Stores the message and mails the back office; the sender at most once an hour."""
    since = message.received_at - CONFIRMED_AGAIN_AFTER
    confirms = not queries.was_confirmed(email=message.email, since=since)
    message.confirmed_at = message.received_at if confirms else None
    message.save()
    mails.tell_back_office(message)
    if confirms:
        mails.confirm(message, message.received_at)


def fingerprint(email: str, text: str, moment: datetime) -> str:
    """Returns a hash of address, text and ten minutes, by which a repeated message is refused."""
    window = int(moment.timestamp() // SAME_WITHIN.total_seconds())
    content = "\n".join([email.lower(), str(window), text])
    return hashlib.sha256(content.encode()).hexdigest()


# --- What colleagues do with one -----------------------------------------------------------------


@transaction.atomic
def answer(*, message_id: int, text: str, by: User, answers_seen: int) -> ContactMessage:
    """Mails an answer, and keeps it. It is answered then, from this moment on (retention).

    `answers_seen` is how many answers stood on the screen: raises `AnsweredMeanwhile` where there
    are more by now; `MessageError` for spam, `MailWithheld` where no mail may go. The same answer
    of the same colleague, sent twice, goes once.
    """
    message = locked(message_id)
    if queries.is_last_answer(message, text=text, by=by):
        return message
    if message.state == ContactMessage.State.SPAM:
        raise MessageError
    if queries.answers_to(message) != answers_seen:
        raise AnsweredMeanwhile
    if queries.is_mail_withheld(message):
        raise MailWithheld
    step = note_step(message, Kind.ANSWER, by, text=text)
    message.answered_at, message.answered_by = step.at, by
    message.save(update_fields=["answered_at", "answered_by"])
    mails.answer(message, step)
    return message


@transaction.atomic
def mark_answered(*, message_id: int, by: User) -> None:
    """Stores who answered first, and when: retention counts from it."""
    message = locked(message_id)
    if message.is_open:
        message.answered_at, message.answered_by = timezone.now(), by
        message.save(update_fields=["answered_at", "answered_by"])
        note_step(message, Kind.MARKED, by)


@transaction.atomic
def reopen(*, message_id: int, by: User) -> None:
    """It waits for an answer again. Raises `MessageError` where it does, or is spam."""
    message = locked(message_id)
    if message.state != ContactMessage.State.ANSWERED:
        raise MessageError
    message.answered_at = message.answered_by = None
    message.save(update_fields=["answered_at", "answered_by"])
    note_step(message, Kind.REOPENED, by)


@transaction.atomic
def take_on(*, message_id: int, by: User) -> None:
    """Says that a colleague is at it. Raises `TakenBy` where another one is."""
    message = locked(message_id)
    if message.taken_by is not None and message.taken_by != by:
        raise TakenBy(message)
    hand_to(message, by)


@transaction.atomic
def take_over(*, message_id: int, by: User) -> None:
    """From the colleague who took it on, who is away or agreed."""
    hand_to(locked(message_id), by)


def hand_to(message: ContactMessage, by: User) -> None:
    if not message.is_open:
        raise MessageError
    if message.taken_by != by:
        message.taken_by = by
        message.save(update_fields=["taken_by"])
        note_step(message, Kind.TAKEN, by)


@transaction.atomic
def let_go(*, message_id: int, by: User) -> None:
    """Only who took it on lets it go; raises `MessageError` for others."""
    message = locked(message_id)
    if message.taken_by != by:
        raise MessageError
    message.taken_by = None
    message.save(update_fields=["taken_by"])
    note_step(message, Kind.LET_GO, by)


@transaction.atomic
def mark_spam(*, message_id: int, by: User, is_spam: bool) -> None:
    """Puts it among the spam, or back where it was."""
    message = locked(message_id)
    if (message.spam_at is not None) is is_spam:
        return
    message.spam_at = timezone.now() if is_spam else None
    message.save(update_fields=["spam_at"])
    note_step(message, Kind.SPAM if is_spam else Kind.NO_SPAM, by)


@transaction.atomic
def write_note(*, message_id: int, text: str, by: User) -> None:
    note_step(locked(message_id), Kind.NOTE, by, text=text)


def locked(message_id: int) -> ContactMessage:
    """The message as it is now, until the transaction ends. Raises `MessageError` once it is
    purged."""
    messages = ContactMessage.objects.select_for_update(of=("self",))
    message = messages.select_related("taken_by__person").filter(pk=message_id).first()
    if message is None:
        raise MessageError
    return message


def note_step(
    message: ContactMessage, kind: MessageStep.Kind, by: User, *, text: str = ""
) -> MessageStep:
    return MessageStep.objects.create(message=message, kind=kind, by=by, text=text)
