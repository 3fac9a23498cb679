"""An issue on its way to its subscribers: who let it go, what is sent, and how far it is (P08)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Stands in the texts of an issue where the address is put by which its reader leaves.
LEAVE = "%%LEAVE%%"


class Mailing(models.Model):
    """One issue, in all its languages, from the first request for approval until it was sent.

    The issue itself is a page that editors write (`portal.newsletter.models.pages.IssuePage`), and
    is named here by what its pages have in common in all languages.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for approval")
        SCHEDULED = "scheduled", _("approved and planned")
        SENDING = "sending", _("being sent")
        PAUSED = "paused", _("paused")
        STOPPED = "stopped", _("stopped")
        SENT = "sent", _("sent")

    issue_key = models.UUIDField(unique=True, editable=False)
    title = models.CharField(_("title"), max_length=255)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    # When it begins to go; an approved one that goes at once has the moment of its approval.
    starts_at = models.DateTimeField(_("goes out at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(_("started at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    # How far putting it in the outbox is: the last subscription that has a row there.
    last_subscription = models.UUIDField(null=True, editable=False)
    is_queued = models.BooleanField(default=False, editable=False)
    # The numbers, counted from the outbox while it goes and kept when its rows are purged.
    queued = models.PositiveIntegerField(_("recipients"), default=0, editable=False)
    sent = models.PositiveIntegerField(_("delivered"), default=0, editable=False)
    withheld = models.PositiveIntegerField(_("withheld"), default=0, editable=False)
    # Why, in the words that the outbox keeps (`pluc.outbox.models`), each with its number.
    withheld_because = models.JSONField(default=dict, blank=True, editable=False)
    failed = models.PositiveIntegerField(_("given up"), default=0, editable=False)
    unknown = models.PositiveIntegerField(_("unknown"), default=0, editable=False)
    bounced = models.PositiveIntegerField(_("bounced"), default=0, editable=False)
    complained = models.PositiveIntegerField(_("complaints"), default=0, editable=False)
    left = models.PositiveIntegerField(_("unsubscribed"), default=0, editable=False)

    class Meta:
        verbose_name = _("issue on its way")
        verbose_name_plural = _("issues on their way")
        ordering = ["-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [
            ("compose_issue", _("Can write issues of the newsletter")),
            ("approve_issue", _("Can approve issues of others, and send them")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("submitted_by")),
                name="newsletter_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"]) | Q(approved_at__isnull=False),
                name="newsletter_approved_before_sending",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def event(self) -> str:
        """What its rows in the outbox share."""
        return f"newsletter:{self.pk}"


class MailingText(models.Model):
    """What is sent in one language, as it was when the issue was approved. Frozen by the database.

    `html` and `text` hold placeholders where recipients differ (`portal.newsletter.finishing`).
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    preheader = models.CharField(max_length=200)
    html = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text of an issue")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "language"], name="newsletter_one_text_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.language


class MailingStep(models.Model):
    """Who did what with an issue, and when. Appended, never edited."""

    class Action(models.TextChoices):
        SUBMITTED = "submitted", _("submitted for approval")
        TESTED = "tested", _("sent as a test copy to oneself")
        RETURNED = "returned", _("sent back")
        APPROVED = "approved", _("approved")
        UNPLANNED = "unplanned", _("taken off the plan")
        STARTED = "started", _("began to send it")
        PAUSED = "paused", _("paused")
        WENT_ON = "went on", _("went on")
        STOPPED = "stopped", _("stopped")
        SENT = "sent", _("sent to everybody")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=10, choices=Action)
    note = models.TextField(max_length=500, blank=True)
    # Nobody, where the software did it; or somebody who has left since.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of an issue")
        ordering = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.action
