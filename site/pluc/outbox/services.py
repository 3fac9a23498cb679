"""Posting a mail, sending it, and what happens when that goes wrong (STANDARDS 7.5 to 7.12).

The one way a mail leaves: a row in the transaction of its cause (DESIGN, idea 6).
"""

import copy
import logging
import time
import uuid
from datetime import datetime, timedelta
from email import message_from_bytes
from email.charset import QP, Charset
from email.header import Header
from email.policy import compat32
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _t
from django_q.tasks import async_task

from pluc.deeds import Refused
from pluc.mailboxes import mailbox_of
from pluc.outbox import batches, guards, queries, quotas, transports
from pluc.outbox.bulk import COMPOSERS
from pluc.outbox.models import HELD_BACK, Mail
from pluc.outbox.outcomes import BACK_OFF, outcome_of

log = logging.getLogger("pluc.outbox")

# A worker that has not reported after this long is gone: tasks are ended after a minute.
CLAIM_LASTS = timedelta(minutes=5)
WOKEN = "outbox.woken"
SUBJECT_IS_KEPT = 200  # characters
REASON_IS_KEPT = 80
# A server on the way may write eight bits otherwise, which breaks a signature (RFC 6376, 5.3).
SEVEN_BITS = Charset("utf-8")
SEVEN_BITS.body_encoding = QP
LONGEST_WORD = 60  # letters on a line of a header, beside its name
# A second request within this time is treated as the same one.
ONCE_IN = timedelta(minutes=1)
# What a mail that is sent again shares with the first one.
COPIED = ("template", "recipient", "mailbox", "person_id", "subject", "sender", "kind")


def post(
    *,
    message: EmailMessage,
    event: str = "",
    template: str = "",
    kind: Mail.Kind = Mail.Kind.SERVICE,
    person_id: uuid.UUID | None = None,
) -> list[Mail]:
    """Puts a message in the outbox: a row for each recipient, once per event and template.

    Call it in the transaction of its cause: rolled back, it leaves no mail. An empty `event` stands
    for one that happens only now. Raises `BadHeaderError` for a line break in a header.
    """
    event = event or f"once:{uuid.uuid4()}"
    fields = {"kind": kind, "person_id": person_id, "subject": message.subject[:SUBJECT_IS_KEPT]}
    posted = [
        post_to(recipient, message, event, template, fields) for recipient in message.recipients()
    ]
    new = [mail for mail in posted if mail is not None]
    # Robust: the mail is safe by now, and a page need not fail because the queue does.
    transaction.on_commit(wake_worker, robust=True)
    return new


def post_to(
    recipient: str, message: EmailMessage, event: str, template: str, fields: dict[str, Any]
) -> Mail | None:
    """The row for one recipient; `None` where this event has posted it before."""
    address = parseaddr(recipient)[1]
    mail = Mail(
        event=event,
        template=template,
        recipient=address,
        mailbox=mailbox_of(address),
        sender=parseaddr(message.from_email)[1],
        message=as_bytes(message, recipient),
        **fields,
    )
    # One statement that the database decides: whoever posts holds a lock that others wait for.
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    return mail if Mail.objects.filter(pk=mail.pk).exists() else None


def as_bytes(message: EmailMessage, recipient: str) -> bytes:
    """The message to this recipient alone, with an identity that stays the same when resent."""
    single = copy.copy(message)
    single.to, single.cc, single.bcc = [recipient], [], []
    single.extra_headers = {
        "Message-ID": make_msgid(domain=settings.MAIL_DOMAIN),
        "Auto-Submitted": "auto-generated",
        **message.extra_headers,
    }
    content = written(single)
    if content.isascii():
        return content
    single.encoding = SEVEN_BITS
    return written(single)


def written(message: EmailMessage) -> bytes:
    whole = message.message()
    whole.replace_header("Subject", folded(message.subject))
    return bytes(whole.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own


def folded(subject: object) -> Header:
    """A subject whose first line holds the beginning of it, however long it is.

    Django's own leaves the first line empty as soon as a letter is not ASCII, and some programs
    then show no subject. A word that fits on no line is encoded, which can be parted anywhere.
    """
    text = str(subject)
    fits = text.isascii() and all(len(word) < LONGEST_WORD for word in text.split())
    return Header(text, None if fits else "utf-8", header_name="Subject")


def wake_worker() -> None:
    """Asks the worker to send what is due, once for however many mails are posted meanwhile.

    Who posts while a task is asked for needs none of its own: that task has not looked yet.
    """
    # Looked at first: with the database as cache, adding takes the turn of somebody who writes.
    if not cache.get(WOKEN) and cache.add(WOKEN, True, timeout=60):
        async_task("pluc.outbox.tasks.send_posted")


def send_for(seconds: float) -> None:
    """Sends what is due, the most urgent first; what is left when time is up, in a next task.

    Of what goes to many a batch at a time, so that a mail about a login goes between two of them.
    What their rate, or a server that is away, leaves waits for the task of the next minute.
    """
    cache.delete(WOKEN)  # before looking
    end = time.monotonic() + seconds
    while (first := queries.most_urgent()) is not None:
        if time.monotonic() > end:
            wake_worker()
            return
        if first.template not in COMPOSERS:
            send(mail_id=first.pk)
        elif not batches.send_batch(event=first.event, template=first.template, until=end):
            return


def send(*, mail_id: uuid.UUID) -> None:
    """Sends a mail that is due, unless a guard objects. Of two workers that try, one gets it."""
    mail = claim(mail_id)
    if mail is None:
        return
    try:
        if why_not := guards.objection(mail):
            settle(mail, Mail.State.WITHHELD, reason=why_not)
            return
        if later := quotas.has_room_at(mail):
            hold_back(mail, later)
            return
        transports.deliver(
            sender=mail.sender, recipient=mail.recipient, message=bytes(mail.message)
        )
    except Exception as error:  # whatever it is, the mails behind this one must still go
        after_failure(mail, error)
    else:
        settle(mail, Mail.State.SENT, sent_at=timezone.now())


def claim(mail_id: uuid.UUID) -> Mail | None:
    """Marks a due mail as being sent, and returns it; `None` where another worker did."""
    now = timezone.now()
    updated = (
        Mail.objects.due_at(now)
        .filter(pk=mail_id)
        .update(state=Mail.State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    )
    return Mail.objects.get(pk=mail_id) if updated else None


def hold_back(mail: Mail, until: datetime) -> None:
    """Puts off this mail and all that are due for its mailbox, in one go; none of them is lost."""
    settle(mail, Mail.State.WAITING, reason=HELD_BACK, due_at=until, attempts=mail.attempts - 1)
    due = Mail.objects.due_at(timezone.now()).to_mailbox(mail)
    due.update_in_order(reason=HELD_BACK, due_at=until)


def settle(mail: Mail, state: Mail.State, *, reason: str = "", **fields: Any) -> None:
    """Stores the state after an attempt to send."""
    reason = reason[:REASON_IS_KEPT]
    Mail.objects.filter(pk=mail.pk).update(state=state, reason=reason, **fields)


def after_failure(mail: Mail, error: Exception) -> None:
    """Stores what follows a failed attempt."""
    outcome = outcome_of(mail, error)
    later = {} if outcome.wait is None else {"due_at": timezone.now() + outcome.wait}
    settle(mail, outcome.state, reason=outcome.reason, **later)


class NotAgain(Refused):
    """This mail is not sent a second time. Its sentence says why, to the back office."""


def send_again(*, mail: Mail, by: int | None) -> Mail:
    """Posts a copy of a mail under an identity of its own, at the wish of staff member `by`.

    Raises `NotAgain` for a newsletter, for a mail that is still on its way itself or by a copy,
    and where a guard objects (STANDARDS 2.6, 3.16).
    """
    with transaction.atomic():
        mail = Mail.objects.select_for_update().get(pk=mail.pk)
        if why_not := why_not_again(mail):
            raise NotAgain(why_not)
        number = queries.sent_again(mail).count() + 1
        copied = Mail.objects.create(
            event=f"{queries.again_prefix(mail.pk)}{number}",
            message=with_new_identity(bytes(mail.message)),
            **{name: getattr(mail, name) for name in COPIED},
        )
        log.info("Mail %s is sent again as %s by user %s", mail.pk, copied.pk, by)
        transaction.on_commit(wake_worker, robust=True)
    return copied


def why_not_again(mail: Mail) -> str:
    """Why a mail cannot be sent again, in a sentence; empty where it can."""
    if mail.kind == Mail.Kind.NEWSLETTER:
        return _t("A newsletter is never sent to somebody twice.")
    if mail.state in {Mail.State.WAITING, Mail.State.SENDING}:
        return _t("This mail is still on its way.")
    if guards.objection(mail):
        return _t("This person gets no mail now.")
    if queries.is_again_under_way(mail, since=timezone.now() - ONCE_IN):
        return _t("This mail was sent again just now. Wait a minute to do it once more.")
    return ""


def with_new_identity(message: bytes) -> bytes:
    """The message with a new Message-ID and date: mailboxes hide a second one with the same id."""
    parsed = message_from_bytes(message)
    parsed.replace_header("Message-ID", make_msgid(domain=settings.MAIL_DOMAIN))
    parsed.replace_header("Date", formatdate(localtime=True))
    return parsed.as_bytes(policy=compat32.clone(linesep="\r\n", mangle_from_=False))


def recover() -> None:
    """Deals with mails whose worker was killed while it sent them (STANDARDS 7.6).

    And with moments that a wrong clock set: none lies further ahead than an attempt puts it.
    """
    now = timezone.now()
    too_late = Mail.objects.due_later_than_possible(
        now, waits=BACK_OFF, held_for=quotas.longest_wait()
    )
    too_late.update_in_order(due_at=now)
    Mail.objects.under_way().filter(claimed_at__gt=now).update_in_order(claimed_at=now)
    batches.recover(before=timezone.now() - CLAIM_LASTS)
    left_behind = Mail.objects.left_behind_since(timezone.now() - CLAIM_LASTS)
    left_behind.filter(kind=Mail.Kind.NEWSLETTER).update_in_order(state=Mail.State.UNKNOWN)
    left_behind.exclude(kind=Mail.Kind.NEWSLETTER).update_in_order(state=Mail.State.WAITING)


def alarm() -> int:
    """Logs an error when mails have been waiting too long, or a mailbox gets too many; returns how
    many wait."""
    stuck, held = queries.stuck_mails().count(), Mail.objects.held_back().count()
    if stuck:
        log.error("%d e-mails have been waiting for more than an hour.", stuck)
    if held:
        log.error("%d e-mails wait: their mailbox got as many as it may within an hour.", held)
    return stuck + held
