"""When attendance is final, and the hours that follow from it by the rule of each scheme."""

import uuid
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineField
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting, Scheme


class HoursRule(models.Model):
    """How minutes become hours for a scheme. Rules are data; without one a scheme earns nothing."""

    class Rounding(models.TextChoices):
        DOWN = "down", _("down")
        NEAREST = "nearest", _("to the nearest")
        UP = "up", _("up")

    class Break(models.TextChoices):
        """What the break of a session costs whoever was there for a part of it."""

        WHOLE = "whole", _("the whole break")
        SHARE = "share", _("in proportion to the time they were there")
        NOTHING = "nothing", _("nothing: breaks count")

    scheme = models.OneToOneField(
        Scheme, on_delete=models.CASCADE, related_name="hours_rule", verbose_name=_("scheme")
    )
    minutes_per_hour = models.PositiveSmallIntegerField(_("net minutes per hour"), default=60)
    step = models.DecimalField(
        _("rounded to"), max_digits=4, decimal_places=2, default=Decimal("0.5")
    )
    rounding = models.CharField(
        _("rounding"), max_length=7, choices=Rounding, default=Rounding.DOWN
    )
    least_minutes = models.PositiveSmallIntegerField(
        _("at least"),
        default=0,
        help_text=_("Net minutes in the whole meeting; who has fewer earns nothing."),
    )
    breaks_cost = models.CharField(
        _("a break costs"), max_length=7, choices=Break, default=Break.SHARE
    )
    is_confirmed = models.BooleanField(
        _("confirmed"),
        default=False,
        help_text=_("That somebody of PLUC! has checked it against the scheme’s own rules."),
    )

    class Meta:
        verbose_name = _("rule for hours")
        verbose_name_plural = _("rules for hours")
        ordering = ["scheme"]

    def __str__(self) -> str:
        return str(self.scheme)


class AttendanceStep(models.Model):
    """That the attendance of a meeting was declared final, or opened again. Only added to."""

    class Kind(models.TextChoices):
        FINAL = "final", _("final")
        REOPENED = "reopened", _("opened again")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
        null=True,
    )
    reason = LineField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of attendance")
        verbose_name_plural = _("steps of attendance")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("finalise_attendance", _("Can declare attendance final"))]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class EarnedHours(models.Model):
    """What somebody earned for a scheme, when their attendance became final; with how, as then.

    Those of a step that was followed by another count no more (`queries.hours`).
    """

    step = models.ForeignKey(
        AttendanceStep, on_delete=models.CASCADE, related_name="hours", verbose_name=_("step")
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, related_name="+", verbose_name=_("enrolment")
    )
    scheme = models.ForeignKey(
        Scheme, on_delete=models.PROTECT, related_name="+", verbose_name=_("scheme")
    )
    category = LineField(_("category"), max_length=80, blank=True)
    minutes = models.PositiveIntegerField(_("net minutes"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=2)
    # The rule, the sessions with their minutes, and what was rounded: to tell how it was computed.
    computed = models.JSONField(_("how it was computed"), default=dict)

    class Meta:
        verbose_name = _("earned hours")
        verbose_name_plural = _("earned hours")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering = ["scheme__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "enrolment", "scheme"], name="attendance_earned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.hours}"
