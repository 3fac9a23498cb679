"""What the back office tells everybody with an account (P34, STANDARDS 4.5)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineField
from portal.accounts.plain_text import validate_plain_line


class Announcement(models.Model):
    """A letter to all account holders, in both languages.

    Who approves it is somebody else than who made it: the database holds that too.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for approval")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")

    subject = LineField(_("subject"), max_length=120, validators=[validate_plain_line])
    text = models.TextField(
        _("text"), max_length=5000, help_text=_("Plain text. An empty line starts a paragraph.")
    )
    subject_en = LineField(
        _("subject in English"), max_length=120, validators=[validate_plain_line]
    )
    text_en = models.TextField(_("text in English"), max_length=5000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    # Counts the changes: who decides names the text that they saw.
    revision = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    # Nobody, where the software proposed it.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
    )
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
    # How far the worker is: the last user that it wrote to, how many, and out of how many.
    last_user = models.BigIntegerField(default=0, editable=False)
    posted = models.PositiveIntegerField(default=0, editable=False)
    recipients = models.PositiveIntegerField(_("recipients"), default=0, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("written_by"))
                & ~models.Q(approved_by=models.F("changed_by"))
                & ~models.Q(approved_by=models.F("submitted_by")),
                name="announcements_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted"], approved_at=None)
                | models.Q(state__in=["sending", "sent"], approved_at__isnull=False),
                name="announcements_approved_before_sending",
            ),
            models.CheckConstraint(
                condition=~models.Q(subject="")
                & ~models.Q(text="")
                & ~models.Q(subject_en="")
                & ~models.Q(text_en=""),
                name="announcements_in_both_languages",
            ),
        ]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [
            ("write_announcement", _("Can write announcements")),
            ("approve_announcement", _("Can approve announcements of others")),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_final(self) -> bool:
        """Whether it has been approved: from then on its text stays as it is."""
        return self.state in {self.State.SENDING, self.State.SENT}

    @property
    def makers(self) -> set[int]:
        """Who wrote it, changed it last or submitted it: none of them may approve it."""
        ids = {self.written_by_id, self.changed_by_id, self.submitted_by_id}
        return {number for number in ids if number is not None}

    def subject_in(self, language: str) -> str:
        return self.subject if language == settings.LANGUAGE_CODE else self.subject_en

    def text_in(self, language: str) -> str:
        return self.text if language == settings.LANGUAGE_CODE else self.text_en


class Step(models.Model):
    """Who did what with an announcement, and when. Appended, never edited."""

    class Action(models.TextChoices):
        PROPOSED = "proposed", _("proposed by the software")
        WRITTEN = "written", _("written")
        CHANGED = "changed", _("changed")
        SUBMITTED = "submitted", _("submitted for approval")
        TESTED = "tested", _("sent as a test copy to oneself")
        RETURNED = "returned", _("sent back")
        APPROVED = "approved", _("approved")
        SENT = "sent", _("sent to everybody")

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=10, choices=Action)
    note = models.TextField(max_length=500, blank=True)
    # Nobody, where the software did it; or somebody who has left since.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.action
