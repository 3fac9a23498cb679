"""What is taught, and by whom."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pluc.language import in_active_language
from pluc.name_order import WholeNameOrderField
from pluc.typed_lines import LineField
from portal.accounts.models import Person
from portal.meetings.models.vat import Vat


class Subject(models.Model):
    """What a course is about, by which people look for it."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = LineField(_("name"), max_length=60)
    name_en = LineField(_("name in English"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return in_active_language(self.name, self.name_en)


class Course(models.Model):
    """What is taught: the facts of the back office. Editors write its page around them."""

    class Level(models.TextChoices):
        BASIC = "basic", _("basic")
        ADVANCED = "advanced", _("advanced")
        EXPERT = "expert", _("expert")

    slug = models.SlugField(
        _("short name"),
        max_length=80,
        unique=True,
        help_text=_("In the address of its page. Links and printed codes rely on it."),
    )
    title = LineField(_("title"), max_length=150)
    title_en = LineField(_("title in English"), max_length=150, blank=True)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="+", verbose_name=_("subject")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.ADVANCED)
    vat = models.CharField(_("VAT"), max_length=10, choices=Vat, default=Vat.EXEMPT)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["title"]

    def __str__(self) -> str:
        return in_active_language(self.title, self.title_en)


class Scheme(models.Model):
    """A register of professionals that recognises hours. Schemes are data: they come and go."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = LineField(_("in full"), max_length=120)
    name_en = LineField(_("in full, in English"), max_length=120)
    note = LineField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("What people must know of it, such as that a title is needed on the list."),
    )
    note_en = LineField(_("note in English"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("accreditation scheme")
        verbose_name_plural = _("accreditation schemes")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class Speaker(models.Model):
    """Somebody who teaches, as the public site shows them. `person` is whom we know them as."""

    person = models.OneToOneField(
        Person,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("person"),
        null=True,
        blank=True,
    )
    name = LineField(_("name, as on the site"), max_length=120)
    sort_key = WholeNameOrderField()
    role = LineField(_("who it is"), max_length=150, blank=True)
    role_en = LineField(_("who it is, in English"), max_length=150, blank=True)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def introduction(self) -> str:
        """Who it is, in the active language."""
        return in_active_language(self.role, self.role_en)
