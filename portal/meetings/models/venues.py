"""Where meetings are held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pluc.language import in_active_language
from pluc.typed_lines import LineField


class Region(models.Model):
    """A part of the country, by which people look for what is near."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = LineField(_("name"), max_length=60)
    name_en = LineField(_("name in English"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return in_active_language(self.name, self.name_en)


class Venue(models.Model):
    """A place with an address, and what one must know to get in."""

    name = LineField(_("name"), max_length=120)
    street = LineField(_("street and number"), max_length=150)
    postal_code = LineField(_("postal code"), max_length=12)
    city = LineField(_("city"), max_length=80)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    route = models.TextField(_("route"), max_length=1000, blank=True)
    route_en = models.TextField(_("route in English"), max_length=1000, blank=True)

    asks_access = models.BooleanField(
        _("ask for access wishes"),
        default=False,
        help_text=_("The enrolling form then asks what somebody needs to get in and take part."),
    )

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["city", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"

    @property
    def directions(self) -> str:
        """The route in the active language."""
        return in_active_language(self.route, self.route_en)

    @property
    def address(self) -> str:
        """On one line, as a calendar and a map read it."""
        return f"{self.name}, {self.street}, {self.postal_code} {self.city}"
