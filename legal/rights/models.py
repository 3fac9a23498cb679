"""Restrictions and disclosures of personal data."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.moments import day_of


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def active(self) -> Self:
        return self.filter(lifted_at=None)


class Restriction(models.Model):
    """A person's data is kept and not used (AVG 18, P26). Whoever reads data or sends mail asks.

    Lifting it closes the row; a new restriction is a new row.
    """

    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    ground = models.CharField(_("ground"), max_length=200)
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    # Numbers, not keys: the fact stays when that user goes.
    imposed_by = models.BigIntegerField(null=True)
    lifted_by = models.BigIntegerField(null=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        ordering = ["-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(lifted_at=None),
                name="rights_one_active_restriction",
            )
        ]

    def __str__(self) -> str:
        return day_of(self.since)


class Disclosure(models.Model):
    """That somebody outside PLUC! was given data of a person (AVG 15(1)(c), P17).

    Appended, never edited: the database refuses changes. It goes when the person goes.
    """

    class Kind(models.TextChoices):
        SPEAKER = "speaker", _("a speaker")
        CLIENT = "client", _("a client")
        AUDITOR = "auditor", _("an auditor")
        SUPPLIER = "supplier", _("an organisation that signs people up")
        OTHER = "other", _("somebody else")

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    to_whom = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    # English source texts where the software wrote them: a reader gets them in their language.
    data = models.CharField(max_length=300)
    ground = models.CharField(max_length=200)
    # What it was about: such as a meeting's code, and its name and day in either language.
    reference = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=250, blank=True, default="")
    about_en = models.CharField(max_length=250, blank=True, default="")
    # Who looked, and on which day in the Netherlands; nobody in particular, where it was handed
    # over in another way. A person's number and not a key: the fact stays when the viewer goes.
    viewer = models.UUIDField(null=True)
    day = models.DateField(null=True)

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        ordering = ["-at", "-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            # However often somebody looks, downloads or presses twice: once a list and a day.
            models.UniqueConstraint(
                fields=["person", "viewer", "kind", "reference", "day"],
                condition=models.Q(viewer__isnull=False),
                name="rights_shown_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{day_of(self.at)}, {self.to_whom}"
