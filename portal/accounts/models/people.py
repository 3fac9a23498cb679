"""People whose data we hold, with or without a login."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pluc.folding import fold
from pluc.mail_addresses import AddressField, validate_address
from pluc.name_order import OrderField, order_of
from pluc.typed_lines import LineField


class Title(models.Model):
    """A professional title, such as RA. Titles are data: schemes come and go."""

    code = models.CharField(_("title"), max_length=12, unique=True)
    name = models.CharField(_("in full"), max_length=100)
    name_en = models.CharField(_("in full, in English"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("title")
        verbose_name_plural = _("titles")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        name = self.name_en if get_language() == "en" else self.name
        return f"{self.code} ({name})"


class PersonQuerySet(models.QuerySet["Person"]):
    def with_address(self, email: str) -> Self:
        """People at a mailbox, whatever the case of its letters.

        Not by `iexact`: PostgreSQL would make a dotless i equal to an i (CVE-2019-19844).
        """
        if not email:  # who has none shares it with nobody
            return self.none()
        return self.alias(small=Lower("email")).filter(small=email.lower())

    def named(self, *, first_name: str, last_name: str) -> "Person | None":
        """The first of them with this name, however it is typed (`pluc.folding`)."""
        key = order_of(first_name=first_name, last_name=last_name)
        alike, name = self.filter(sort_key=key), fold(f"{first_name} {last_name}")
        return next(
            (one for one in alike.order_by("created_at") if fold(one.full_name) == name), None
        )

    def without_login(self) -> Self:
        """Guests, and people whom others supplied."""
        return self.filter(user=None)


class Person(models.Model):
    """A human whose data we hold. The e-mail address is not unique (DESIGN, "People").

    Nobody has to leave more than a name and an address: all else is optional (P12). Whom the back
    office enters need not have an address: who telephones may have none.
    """

    class Source(models.TextChoices):
        SELF = "self", _("the person")
        BACK_OFFICE = "back office", _("the back office")
        SUPPLIED = "supplied", _("another organisation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first_name = LineField(_("first name"), max_length=100, blank=True)
    last_name = LineField(_("last name"), max_length=100)
    email = AddressField(_("e-mail address"), blank=True, validators=[validate_address])
    titles = models.ManyToManyField(Title, verbose_name=_("titles"), blank=True)
    professional_number = LineField(_("professional number"), max_length=30, blank=True)
    job = LineField(_("job"), max_length=100, blank=True)
    organisation = LineField(_("organisation"), max_length=150, blank=True)
    phone = LineField(_("phone number"), max_length=30, blank=True)
    street = LineField(_("street and number"), max_length=150, blank=True)
    postal_code = LineField(_("postal code"), max_length=12, blank=True)
    city = LineField(_("city"), max_length=100, blank=True)
    country = LineField(_("country"), max_length=60, blank=True)
    invoice_name = LineField(_("invoice to"), max_length=150, blank=True)
    invoice_street = LineField(_("street and number"), max_length=150, blank=True)
    invoice_postal_code = LineField(_("postal code"), max_length=12, blank=True)
    invoice_city = LineField(_("city"), max_length=100, blank=True)
    invoice_country = LineField(_("country"), max_length=60, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("nl", _("Dutch")), ("en", _("English"))],
        default="nl",
    )
    source = models.CharField(_("source"), max_length=12, choices=Source, default=Source.SELF)
    # Which organisation supplied the name and the address (P18); empty for the other sources.
    supplied_by = LineField(_("supplied by"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("known since"), default=timezone.now, editable=False)
    # Where the name stands in a list: follows the name whenever a person is saved.
    sort_key = OrderField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [
            ("enter_speakers_room", _("Can enter the speakers' room")),
            ("enter_organisations_room", _("Can enter the organisations' room")),
        ]
        indexes = [
            models.Index(Lower("email"), name="accounts_person_address"),
            models.Index(fields=["sort_key", "id"], name="accounts_people_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source="supplied") ^ models.Q(supplied_by=""),
                name="accounts_supplied_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the place in lists with the name, also where only some columns are written."""
        names = kwargs.get("update_fields")
        if names is not None and {"first_name", "last_name"} & set(names):
            kwargs["update_fields"] = {*names, "sort_key"}
        super().save(*args, **kwargs)

    @property
    def has_login(self) -> bool:
        return hasattr(self, "user")

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def titles_in_short(self) -> str:
        """As they stand on lists: "RA, RC"; in one query."""
        return ", ".join(title.code for title in self.titles.all())[:60]
