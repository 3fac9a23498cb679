"""Organisations that people work at, that buy meetings, or that send their participants."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineField
from pluc.web_addresses import WebAddressField
from portal.accounts.models import Person


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def partners(self) -> Self:
        """Those with a page of their own on the public site."""
        return self.filter(is_partner=True)

    def clients(self) -> Self:
        """Those that buy meetings for their own people."""
        return self.filter(is_client=True)


class Organisation(models.Model):
    """An employer, in-company client, partner or training bureau; one may be several at once."""

    class Colour(models.TextChoices):
        """The accent of a partner's page: a token of our own palette, so that it stays legible."""

        APRICOT = "apricot", _("apricot")
        LEAF = "leaf", _("leaf green")
        LEDGER = "ledger", _("ledger blue")
        AUBERGINE = "aubergine", _("aubergine")

    class CertificatesGo(models.TextChoices):
        """How certificates reach the people that a bureau supplied, as agreed with it (P19)."""

        DIRECT = "direct", _("to each person, by us")
        BUREAU = "bureau", _("through the bureau, which hands them out")

    name = LineField(_("name"), max_length=150, unique=True)
    slug = models.SlugField(
        _("short name"),
        max_length=60,
        unique=True,
        help_text=_("In the address of a partner’s page. Links outside rely on it."),
    )
    is_employer = models.BooleanField(_("employer"), default=True)
    is_client = models.BooleanField(_("buys in-company meetings"), default=False)
    is_partner = models.BooleanField(_("partner with a page of its own"), default=False)
    is_bureau = models.BooleanField(_("training bureau that supplies participants"), default=False)
    certificates_go = models.CharField(
        _("certificates go"),
        max_length=6,
        choices=CertificatesGo,
        default=CertificatesGo.DIRECT,
        help_text=_("Only of a training bureau: as agreed with it."),
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.APRICOT)
    website = WebAddressField(_("website"), blank=True)
    invoice_name = LineField(_("invoice to"), max_length=150, blank=True)
    invoice_street = LineField(_("street and number"), max_length=150, blank=True)
    invoice_postal_code = LineField(_("postal code"), max_length=12, blank=True)
    invoice_city = LineField(_("city"), max_length=100, blank=True)
    invoice_country = LineField(_("country"), max_length=60, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """What a person may see for an organisation, and until when (P15, P19)."""

    class Scope(models.TextChoices):
        CLIENT = "client", _("in-company meetings: list, certificates, material")
        BUREAU = "bureau", _("the people that the bureau supplied")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="contacts",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    scope = models.CharField(_("may see"), max_length=10, choices=Scope)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until and including"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organisation", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "scope"], name="organisations_one_contact"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="organisations_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_scope_display())
