"""The terms under which a place is taken and given up."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Policy(models.Model):
    """One set of terms. All numbers are whole days before the first session's day.

    1 means: until the end of the day before. An enrolment keeps a copy of the terms of its moment.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    closing_days = models.PositiveSmallIntegerField(
        _("enrolment closes"),
        default=1,
        help_text=_("Days before the meeting; 0 is the day itself."),
    )
    cancelling_days = models.PositiveSmallIntegerField(
        _("cancelling is free until"), default=7, help_text=_("Days before the meeting.")
    )
    moving_days = models.PositiveSmallIntegerField(
        _("moving to another date until"), default=7, help_text=_("Days before the meeting.")
    )
    substituting_days = models.PositiveSmallIntegerField(
        _("sending somebody else until"), default=0, help_text=_("Days before the meeting.")
    )

    class Meta:
        verbose_name = _("terms")
        verbose_name_plural = _("terms")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
