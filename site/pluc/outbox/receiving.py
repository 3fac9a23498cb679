"""Storing what came back, once, and telling whom it concerns."""

import uuid

from django.db import transaction

from pluc.outbox import returns
from pluc.outbox.incoming import Bounce, Complaint, LeaveRequest, NotUnderstood, Said
from pluc.outbox.models import Mail, Return

Kind = Return.Kind


@transaction.atomic
def take_in(*, said: Said, source: str) -> Return:
    """Stores what a report says, and tells the listeners; the same one twice is one.

    `source` is what the report is known by where it came from: its number in the mailbox.
    """
    found = row_of(said, source)
    Return.objects.bulk_create([found], ignore_conflicts=True)
    # Of two workers that try, the one whose row it is tells.
    if found.kind != Kind.UNCLEAR and Return.objects.filter(pk=found.pk).exists():
        tell(said, found.mail)
    return found


def row_of(said: Said, source: str) -> Return:
    """The row for a report; about a mail it is known by that mail, wherever it came from."""
    if isinstance(said, NotUnderstood):
        return Return(kind=Kind.UNCLEAR, key=source, why=said.why)
    if isinstance(said, LeaveRequest):
        return Return(kind=Kind.LEAVE, key=source)
    mail = mail_with(said.mail_id)
    if isinstance(said, Complaint) and (mail or said.subscription_id):
        key = f"{Kind.COMPLAINT}:{mail.pk}" if mail else source
        return Return(kind=Kind.COMPLAINT, key=key, mail=mail)
    if isinstance(said, Bounce) and mail:
        kind = Kind.HARD if said.is_hard else Kind.SOFT
        return Return(kind=kind, key=f"{kind}:{mail.pk}", mail=mail, status=said.status)
    return Return(kind=Kind.UNCLEAR, key=source, why=Return.Why.GONE)


def mail_with(number: uuid.UUID | None) -> Mail | None:
    mails = Mail.objects.defer("message")
    return mails.filter(pk=number).first() if number else None


def tell(said: Said, mail: Mail | None) -> None:
    for listener in returns.LISTENERS:
        if isinstance(said, LeaveRequest):
            listener.left(said.subscription_id)
        elif isinstance(said, Complaint):
            listener.complained(mail, said.subscription_id)
        elif isinstance(said, Bounce) and mail is not None:
            listener.bounced(mail, said.is_hard)
