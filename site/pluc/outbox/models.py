"""Every e-mail that is sent, from the transaction of its cause until its retention is over."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

# Why a mail waits whose mailbox got as many as it may within an hour.
HELD_BACK = "enough for now"
# Why a mail to many was withheld: who gets it was asked once more, or it was stopped.
LEFT_OUT = "not wanted any more"
STOPPED = "stopped"
# Why a guard of `legal.rights` withholds a mail.
RESTRICTED = "restricted"


class MailQuerySet(models.QuerySet["Mail"]):
    def due_at(self, moment: datetime) -> Self:
        """Mails that wait and may be sent now."""
        return self.filter(state=Mail.State.WAITING, due_at__lte=moment)

    def due_later_than_possible(
        self, now: datetime, *, waits: Sequence[int], held_for: timedelta
    ) -> Self:
        """Mails that wait longer than their attempts call for, or a full mailbox does.

        `waits` in minutes, after each attempt; `held_for` is the most for a mailbox.
        """
        longest = enumerate((0, *waits))
        too_late = [Q(attempts=n, due_at__gt=now + timedelta(minutes=wait)) for n, wait in longest]
        too_full = Q(reason=HELD_BACK, due_at__gt=now + held_for)
        tried = ~Q(reason=HELD_BACK) & reduce(or_, too_late)
        return self.filter(tried | too_full, state=Mail.State.WAITING)

    def left_behind_since(self, moment: datetime) -> Self:
        """Mails that a worker took before `moment` and never reported on: it was killed."""
        return self.filter(state=Mail.State.SENDING, claimed_at__lt=moment)

    def update_in_order(self, **fields: Any) -> int:
        """Changes these rows, each locked first in the order of their keys; returns how many.

        Two who change many of the same rows in one statement each, such as a worker and who pauses
        an issue, could otherwise wait for each other: PostgreSQL then ends one of the two.
        """
        with transaction.atomic(savepoint=False):
            keys = self.select_for_update().order_by("pk").values("pk")
            return Mail.objects.filter(pk__in=keys).update(**fields)

    def under_way(self) -> Self:
        """Mails that a worker has taken."""
        return self.filter(state__in=[Mail.State.TAKEN, Mail.State.SENDING])

    def not_tried(self) -> Self:
        """Mails that wait, for whatever reason, or that a worker took and did not send yet."""
        return self.filter(state__in=[Mail.State.WAITING, Mail.State.PAUSED, Mail.State.TAKEN])

    def to_mailbox(self, mail: "Mail") -> Self:
        """Mails that count with this one: to the same mailbox; security mail by itself."""
        same = self.filter(mailbox=mail.mailbox)
        security = Mail.Kind.SECURITY
        return same.filter(kind=security) if mail.kind == security else same.exclude(kind=security)

    def held_back(self) -> Self:
        """Mails that wait because their mailbox has had enough for now."""
        return self.filter(state=Mail.State.WAITING, reason=HELD_BACK)


class Mail(models.Model):
    """One message to one mailbox. Its row stands in the same transaction as its cause."""

    class Kind(models.TextChoices):
        # About one's login. Always sent, at least once: after a crash halfway it is sent again.
        SECURITY = "security", _("security")
        # About what one takes part in. At least once; withheld where a guard objects.
        SERVICE = "service", _("service")
        # Sent at most once: after a crash halfway nobody knows, and it stays unknown.
        NEWSLETTER = "newsletter", _("newsletter")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        # Of a mailing that somebody paused.
        PAUSED = "paused", _("paused")
        # In a batch that a worker sends one by one, and not this one yet: it surely did not go.
        TAKEN = "taken", _("in a batch")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNKNOWN = "unknown", _("unknown")
        GIVEN_UP = "given up", _("given up")
        WITHHELD = "withheld", _("withheld")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.CharField(max_length=120)
    template = models.CharField(max_length=80)
    recipient = models.EmailField()
    # The recipient's mailbox, which several ways to write an address may mean: what is limited.
    mailbox = models.CharField(max_length=254, default="", editable=False)
    # Whom it is about, where that is known: several people may share a mailbox.
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    subject = models.CharField(max_length=200, blank=True)
    sender = models.CharField(max_length=254)
    message = models.BinaryField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SERVICE)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Why it is not sent: the name of an error, or what a guard said.
    reason = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("read_mail", _("Can read mail")), ("resend_mail", _("Can send mail again"))]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient", "template"], name="outbox_one_mail_per_event"
            )
        ]
        indexes = [
            models.Index(fields=["state", "kind", "due_at"], name="outbox_what_is_due"),
            models.Index(fields=["-created_at"], name="outbox_newest_first"),
            models.Index(fields=["mailbox", "claimed_at"], name="outbox_by_mailbox"),
            models.Index(fields=["event", "state", "due_at"], name="outbox_by_event"),
            models.Index(
                fields=["claimed_at"],
                condition=Q(kind="newsletter"),
                name="outbox_newsletters_rate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"

    @property
    def reason_in_words(self) -> str:
        """Why it was not sent, in words for the back office; an error by its name."""
        return reason_in_words(self.reason)


def reason_in_words(reason: str) -> str:
    """Why a mail was not sent, in the active language; the name of an error as it is."""
    words = {
        HELD_BACK: _t("This mailbox got as many as it may within an hour."),
        LEFT_OUT: _t("Left the newsletter, or may not get it, before it went."),
        STOPPED: _t("Somebody stopped this mailing."),
        RESTRICTED: _t("The processing of this person's data is restricted."),
    }
    return words.get(reason, reason)


class Return(models.Model):
    """Something that came back: that a mail did not arrive, that somebody complained or left.

    Holds nothing of what the mail said, which others wrote and which may be about anybody.
    """

    class Kind(models.TextChoices):
        HARD = "hard", _("did not arrive, and never will")
        SOFT = "soft", _("did not arrive this time")
        COMPLAINT = "complaint", _("complaint")
        LEAVE = "leave", _("left by mail")
        UNCLEAR = "unclear", _("not understood")

    class Why(models.TextChoices):
        """What kept a mail from being understood."""

        TOO_LARGE = "too large", _("larger than a report is")
        BROKEN = "broken", _("damaged")
        NO_REPORT = "no report", _("no report: an answer, or somebody's mail")
        NO_TOKEN = "no token", _("not to an address of ours")
        AUTOMATIC = "automatic", _("an automatic reply")
        NOT_FAILED = "not failed", _("a delay, or that it did arrive")
        NO_STATUS = "no status", _("does not say what went wrong")
        OTHER_REPORT = "other report", _("a report about something else")
        GONE = "gone", _("about a mail that we no longer have")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What makes the same report the same, however often it comes.
    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=9, choices=Kind)
    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="returns", null=True)
    # Of a mail that did not arrive: the status that its server gave (RFC 3463).
    status = models.CharField(max_length=12, blank=True)
    why = models.CharField(max_length=12, choices=Why, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("mail that came back")
        verbose_name_plural = _("mail that came back")
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.kind
