"""Storing a message, and marking it as answered."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.contact import mails, queries
from portal.contact.models import ContactMessage

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


def mark_answered(*, message_id: int, by: User) -> None:
    """Stores who answered first, and when: retention counts from it."""
    waiting = ContactMessage.objects.without_answer().filter(pk=message_id)
    waiting.update(answered_at=timezone.now(), answered_by=by)
