"""A booking: what one payer asked for with one form."""

import uuid

from django.core.validators import EmailValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.mail_addresses import AddressField
from pluc.moments import moment_of
from pluc.typed_lines import LineField
from portal.accounts.models import Person
from portal.accounts.plain_text import validate_plain_line
from portal.meetings.models import Vat
from portal.organisations.models import Organisation

PLAIN = [validate_plain_line]


class Booking(models.Model):
    """A snapshot of what was filled in: who asked, who pays, and on which terms.

    Where nothing is invoiced, the payer is simply who enrolled. `payer` is their record, which is
    theirs only once the mailbox is proven (DESIGN, "People").
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payer = models.ForeignKey(
        Person, on_delete=models.SET_NULL, related_name="+", null=True, editable=False
    )
    name = LineField(_("name"), max_length=201, validators=PLAIN)
    email = AddressField(_("e-mail address"), blank=True, validators=[EmailValidator()])
    invoice_name = LineField(_("invoice to"), max_length=150, blank=True, validators=PLAIN)
    invoice_street = LineField(_("street and number"), max_length=150, blank=True, validators=PLAIN)
    invoice_postal_code = LineField(_("postal code"), max_length=12, blank=True, validators=PLAIN)
    invoice_city = LineField(_("city"), max_length=100, blank=True, validators=PLAIN)
    invoice_country = LineField(_("country"), max_length=60, blank=True, validators=PLAIN)
    reference = LineField(_("your reference"), max_length=60, blank=True, validators=PLAIN)
    # Copies of the moment: what a place cost, and days before the meeting (see `meetings.Policy`).
    price = models.DecimalField(_("price in euros"), max_digits=8, decimal_places=2)
    cancelling_days = models.PositiveSmallIntegerField()
    moving_days = models.PositiveSmallIntegerField()
    substituting_days = models.PositiveSmallIntegerField()
    payment_days = models.PositiveSmallIntegerField(default=14)
    vat = models.CharField(_("VAT"), max_length=10, choices=Vat, default=Vat.EXEMPT)
    # The partner whose page they came from.
    came_from = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("partner"),
    )
    # Who supplied the people of it by a file: it settles with us, so nobody of them is invoiced.
    supplied_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("supplied by"),
    )
    language = models.CharField(_("language"), max_length=2)
    created_at = models.DateTimeField(_("booked"), default=timezone.now)
    # Of the form that was sent: the same form, sent twice, is one booking.
    form_id = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        indexes = [models.Index(fields=["created_at"], name="enrolments_by_booking_time")]

    def __str__(self) -> str:
        return moment_of(self.created_at)

    @property
    def is_invoiced(self) -> bool:
        """Whether somebody pays for it; where nobody does, the price of a place is 0."""
        return self.price > 0
