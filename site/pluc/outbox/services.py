"""Posting a mail, sending it, and what happens when that goes wrong (STANDARDS 7.5 to 7.12)."""

import copy
import logging
import smtplib
import uuid
from datetime import timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_q.tasks import async_task

from pluc.outbox import transports
from pluc.outbox.models import Mail

log = logging.getLogger("pluc.outbox")

# Minutes to wait after each failed attempt; after the last one we give up, some three days later.
BACK_OFF = (1, 2, 5, 15, 60, 240, 720, 1440, 1440)
# A worker that has not reported after this long is gone: tasks are ended after a minute.
CLAIM_LASTS = timedelta(minutes=5)
STUCK_AFTER = timedelta(hours=1)
SENT_IS_KEPT = timedelta(days=90)


def post(
    *,
    message: EmailMessage,
    event: str = "",
    template: str = "",
    kind: Mail.Kind = Mail.Kind.SERVICE,
) -> list[Mail]:
    """Puts a message in the outbox: a row for each recipient, once per event and template.

    Call it in the transaction of its cause: rolled back, it leaves no mail. An empty `event` stands
    for one that happens only now. Raises `BadHeaderError` for a line break in a header.
    """
    event = event or f"once:{uuid.uuid4()}"
    posted = [
        post_to(recipient, message, event, template, kind) for recipient in message.recipients()
    ]
    new = [mail for mail in posted if mail is not None]
    # Robust: the mail is safe by now, and a page need not fail because the queue does.
    transaction.on_commit(lambda: enqueue(new), robust=True)
    return new


def post_to(
    recipient: str, message: EmailMessage, event: str, template: str, kind: Mail.Kind
) -> Mail | None:
    """The row for one recipient; `None` where this event has posted it before."""
    address = parseaddr(recipient)[1]
    mail, is_new = Mail.objects.get_or_create(
        event=event,
        template=template,
        recipient=address,
        defaults={
            "kind": kind,
            "sender": parseaddr(message.from_email)[1],
            "message": as_bytes(message, recipient),
        },
    )
    return mail if is_new else None


def as_bytes(message: EmailMessage, recipient: str) -> bytes:
    """The message to this recipient alone, with an identity that stays the same when resent."""
    single = copy.copy(message)
    single.to, single.cc, single.bcc = [recipient], [], []
    single.extra_headers = {
        "Message-ID": make_msgid(domain=settings.MAIL_DOMAIN),
        "Auto-Submitted": "auto-generated",
        **message.extra_headers,
    }
    return bytes(single.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own


def enqueue(mails: list[Mail]) -> None:
    """Asks the worker to send mails now; those it misses, `send_due` finds."""
    for mail in mails:
        async_task("pluc.outbox.tasks.send", str(mail.pk))


def send(*, mail_id: uuid.UUID) -> None:
    """Sends a mail that is due. Of two workers that try, one gets it."""
    mail = claim(mail_id)
    if mail is None:
        return
    try:
        transports.deliver(
            sender=mail.sender, recipient=mail.recipient, message=bytes(mail.message)
        )
    except OSError as error:
        postpone(mail, error)
    else:
        Mail.objects.filter(pk=mail.pk).update(
            state=Mail.State.SENT, sent_at=timezone.now(), error=""
        )


def claim(mail_id: uuid.UUID) -> Mail | None:
    """Takes a due mail, or `None` where there is nothing to take any more."""
    now = timezone.now()
    taken = Mail.objects.due_at(now).filter(pk=mail_id)
    updated = taken.order_by().update(
        state=Mail.State.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    return Mail.objects.get(pk=mail_id) if updated else None


def postpone(mail: Mail, error: OSError) -> None:
    """Puts a mail back for a later attempt; gives up after the last, or at a final refusal."""
    name = type(error).__name__
    if is_final(error) or mail.attempts > len(BACK_OFF):
        log.error(
            "Mail %s (%s) is given up after %d attempts: %s",
            mail.pk,
            mail.template,
            mail.attempts,
            name,
        )
        Mail.objects.filter(pk=mail.pk).update(state=Mail.State.GIVEN_UP, error=name)
        return
    due_at = timezone.now() + timedelta(minutes=BACK_OFF[mail.attempts - 1])
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.WAITING, due_at=due_at, error=name)


def is_final(error: OSError) -> bool:
    """Whether the server refused this recipient or message for good (RFC 5321, 5yz replies)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def recover() -> None:
    """Deals with mails whose worker was killed while it sent them (STANDARDS 7.6)."""
    left_behind = Mail.objects.left_behind_since(timezone.now() - CLAIM_LASTS)
    left_behind.filter(kind=Mail.Kind.NEWSLETTER).update(state=Mail.State.UNKNOWN)
    left_behind.filter(kind=Mail.Kind.SERVICE).update(state=Mail.State.WAITING)


def alarm() -> int:
    """Logs an error when mails have been waiting too long; returns how many."""
    stuck = Mail.objects.filter(
        state=Mail.State.WAITING, created_at__lt=timezone.now() - STUCK_AFTER
    ).count()
    if stuck:
        log.error("%d e-mails have been waiting for more than an hour.", stuck)
    return stuck


def purge() -> int:
    """Deletes mails that are done with and whose time is over."""
    done = [Mail.State.SENT, Mail.State.UNKNOWN, Mail.State.GIVEN_UP]
    deleted, _ = Mail.objects.filter(
        state__in=done, created_at__lt=timezone.now() - SENT_IS_KEPT
    ).delete()
    return deleted
