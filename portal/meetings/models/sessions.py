"""The parts of a meeting, each with its hours."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pluc.language import in_active_language
from pluc.moments import moment_of
from pluc.typed_lines import LineField
from portal.meetings.models.meetings import Meeting


class Session(models.Model):
    """A part of a meeting (dagdeel). Attendance is per session."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("meeting")
    )
    title = LineField(_("title"), max_length=150, blank=True)
    title_en = LineField(_("title in English"), max_length=150, blank=True)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    break_minutes = models.PositiveSmallIntegerField(_("break, in minutes"), default=0)
    counts = models.BooleanField(_("counts for PE"), default=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_session_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["meeting", "starts_at"], name="meetings_one_session_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return moment_of(self.starts_at)

    @property
    def heading(self) -> str:
        """Its title in the active language; nothing where it has none."""
        return in_active_language(self.title, self.title_en)

    @property
    def minutes(self) -> int:
        """Net minutes: from start to end, without the break. Exact across a change of clocks."""
        # Python subtracts two moments of one zone by the clock on the wall.
        seconds = self.ends_at.timestamp() - self.starts_at.timestamp()
        return int(seconds) // 60 - self.break_minutes
