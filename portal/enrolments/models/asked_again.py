"""Somebody on a form who stood in the meeting already, by another form."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineField
from portal.enrolments.models.bookings import PLAIN, Booking
from portal.enrolments.models.enrolments import Enrolment


class AskedAgain(models.Model):
    """What a payer sees of somebody who has a place by another form, `enrolment`.

    It looks like a place of their own order, since whoever fills in a form must not learn who is
    enrolled (P13). The other place stays as it is, whatever is done with this line. `position` is
    how many people stood before them on the form.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="asked_again")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    name = LineField(_("name"), max_length=201, validators=PLAIN)
    state = models.CharField(_("state"), max_length=10, choices=Enrolment.State)
    is_free = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("line of an order without a place")
        verbose_name_plural = _("lines of orders without a place")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.get_state_display())
