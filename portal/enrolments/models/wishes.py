"""What somebody with a place wants to eat, or needs to take part."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.moments import day_of
from pluc.typed_lines import LineField
from portal.accounts.plain_text import validate_plain_line
from portal.enrolments.models.enrolments import Enrolment

PLAIN = [validate_plain_line]


class Wishes(models.Model):
    """Special data (AVG 9): kept with explicit consent, until the day after the meeting.

    A table of its own, so that whoever reads enrolments, lists and mails does not read this.
    """

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, related_name="wishes", primary_key=True
    )
    diet = LineField(_("dietary wishes"), max_length=300, blank=True, validators=PLAIN)
    access = LineField(_("access"), max_length=300, blank=True, validators=PLAIN)
    consented_at = models.DateTimeField(_("consent given"), default=timezone.now)
    by_phone = models.BooleanField(_("consent given on the phone"), default=False)

    class Meta:
        verbose_name = _("wishes")
        verbose_name_plural = _("wishes")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions: ClassVar = [("see_wishes", _("Can see dietary and access wishes"))]

    def __str__(self) -> str:
        return day_of(self.consented_at)
