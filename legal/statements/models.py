"""The statement: pages to write it, recipients as data, and what is in force, frozen."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import Translation

from legal.statements.blocks import StatementBlock
from legal.statements.rendering import as_preview, headings_in
from pluc.content.models import BasePage
from pluc.content.models.pages import PublicPagePermissionTester
from pluc.moments import day_of


class StatementPermissionTester(PublicPagePermissionTester):
    """Below the statement nothing is published: versions are put in force."""

    def can_publish_subpage(self) -> bool:
        return False


class VersionPermissionTester(PublicPagePermissionTester):
    """A version has no button to publish, but for the one by which a translation is saved.

    Once it is in force nobody changes its page, a superuser neither: colleagues would take a text
    for the one in force that is not. Reading its revisions and copying it stay possible.
    """

    def can_edit(self) -> bool:
        return super().can_edit() and not self.is_kept

    def can_copy(self) -> bool:
        return super().can_edit()

    def can_publish(self) -> bool:
        return super().can_publish() and not self.is_kept and is_translated(self.page)

    def can_lock(self) -> bool:
        return super().can_lock() and not self.is_kept

    def can_unlock(self) -> bool:
        return super().can_unlock() and not self.is_kept


def is_in_force(page: Page) -> bool:
    """Whether a version's page, or the page that it translates, was put in force."""
    return VersionInForce.objects.filter(translation_key=page.translation_key).exists()


def is_translated(page: Page) -> bool:
    """Whether a page's text comes from the translation screen."""
    translations = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    return bool(translations.filter(target_locale_id=page.locale_id).exists())


class StatementPage(BasePage):
    """Where the statement stands in the tree. Visitors get the edition in force at its address."""

    own_preview_modes: ClassVar[list[tuple[str, Any]]] = []

    content_panels = [*BasePage.content_panels[:2]]
    promote_panels = Page.promote_panels  # the statement is for everybody
    parent_page_types = ["home.HomePage"]
    subpage_types = ["statements.VersionPage"]
    max_count_per_parent = 1
    slug_is_locked = is_fixed = True

    class Meta:
        verbose_name = _("privacy statement")

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return StatementPermissionTester(user, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For when it was moved: the statement itself has a fixed address."""
        return redirect("statement")


class VersionPage(BasePage):
    """A version while it is written. Visitors never see it: they see the editions made from it.

    So it is never live, whatever button was pressed, and it is served as a preview only.
    """

    date = models.DateField(
        _("date of the version"), null=True, blank=True, help_text=_("It names the version.")
    )
    effective_from = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("Today or later.")
    )
    is_material = models.BooleanField(
        _("material change"),
        default=False,
        help_text=_("People with an account are told ahead of time."),
    )
    summary = models.TextField(_("summary of changes"), max_length=400, blank=True)
    key_points = StreamField(
        [("point", CharBlock(max_length=200, label=_("Point")))],
        blank=True,
        verbose_name=_("in short"),
    )
    body = StreamField(StatementBlock(), blank=True, verbose_name=_("text"))

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date"), FieldPanel("effective_from")]),
                FieldPanel("is_material"),
                FieldPanel("summary"),
            ],
            heading=_("This version"),
        ),
        FieldPanel("key_points"),
        FieldPanel("body"),
    ]
    promote_panels = Page.promote_panels
    search_fields: list[Any] = []
    # A version is named by its date in every language.
    override_translatable_fields: ClassVar = [SynchronizedField("slug", overridable=False)]
    # The next version is often written as a copy of the last, which is locked.
    exclude_fields_in_copy = ["locked", "locked_at", "locked_by"]
    parent_page_types = ["statements.StatementPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("version of the statement")

    @property
    def version(self) -> str:
        """The version's name: its date, as in `2018-05-16`."""
        return self.date.isoformat() if self.date else ""

    def get_admin_display_title(self) -> str:
        """Its title with its date: all versions bear nearly the same title."""
        title = super().get_admin_display_title()
        return f"{title}, {date_format(self.date)}" if self.date else title

    @property
    def status_string(self) -> str:
        """How far it is, where Wagtail would call each version a draft."""
        edition = Edition.objects.filter(version=self.version).without_files().first()
        return edition.state if edition and is_in_force(self) else _t("draft")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.live = False
        super().save(*args, **kwargs)

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return VersionPermissionTester(user, self)

    @property
    def why_kept(self) -> str:
        if not is_in_force(self):
            return ""
        title = {"title": self.get_admin_display_title()}
        return _t("“%(title)s” was put in force: it stays as it is, for good.") % title

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not getattr(request, "is_preview", False):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        html = as_preview(self.body, request)
        texts = {"edition": self, "html": html, "headings": headings_in(html)}
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | texts


class VersionInForce(models.Model):
    """Marks the pages of a version as those that were put in force. Frozen by the database.

    It names them by what a version's pages have in common in all languages, so that no saved draft
    and no translation screen can take the mark away.
    """

    translation_key = models.UUIDField(primary_key=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()


class Recipient(models.Model):
    """A party that gets data from us, as the statement's table shows it (P31, P32)."""

    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    task = models.CharField(_("what for"), max_length=200)
    task_en = models.CharField(_("what for, in English"), max_length=200)
    data_groups = models.CharField(_("which data"), max_length=300)
    data_groups_en = models.CharField(_("which data, in English"), max_length=300)
    place = models.CharField(_("where"), max_length=100)
    place_en = models.CharField(_("where, in English"), max_length=100)
    safeguard = models.CharField(_("safeguard"), max_length=200, blank=True)
    safeguard_en = models.CharField(_("safeguard, in English"), max_length=200, blank=True)
    measures_visits = models.BooleanField(
        _("measures visits"),
        default=False,
        help_text=_("A change here asks visitors for their cookie choice again."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if bool(self.safeguard) != bool(self.safeguard_en):
            raise ValidationError({"safeguard_en": _("Fill in both languages, or neither.")})

    def text(self, name: str) -> str:
        """A text in the active language."""
        suffix = "" if get_language() == settings.LANGUAGE_CODE else "_en"
        return str(getattr(self, name + suffix))


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_language(self, language: str) -> Self:
        return self.filter(language=language)

    def without_files(self) -> Self:
        """Leaves out what a page does not show."""
        return self.defer("pdf")

    def in_force_on(self, day: date) -> Self:
        """Editions whose time has come, the one in force first."""
        return self.filter(effective_from__lte=day).order_by("-effective_from", "-version")


class Edition(models.Model):
    """A version in force, in one language: a frozen table (STANDARDS 4.1, 4.7; DESIGN, idea 2)."""

    version = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=255)
    intro = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    key_points = models.JSONField(default=list)
    is_material = models.BooleanField()
    effective_from = models.DateField()
    text = models.JSONField()
    html = models.TextField()
    tables = models.JSONField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    put_in_force_at = models.DateTimeField(default=timezone.now)
    # A number, not a key: the row may not change when that user goes.
    put_in_force_by = models.BigIntegerField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        ordering = ["-version", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"], name="statements_one_edition_per_language"
            )
        ]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions = [("put_in_force", _("Can put a version of the statement in force"))]

    def __str__(self) -> str:
        return f"{day_of(self.day)} ({get_language_info(self.language)['name_translated']})"

    @property
    def day(self) -> date:
        """The version's date."""
        return date.fromisoformat(self.version)

    @property
    def state(self) -> str:
        """Whether it is in force now, as editors read it in a list."""
        if self.is_in_force_later:
            return _t("in force from %(day)s") % {"day": date_format(self.effective_from)}
        started = Edition.objects.in_language(self.language).in_force_on(timezone.localdate())
        newest = started.values_list("version", flat=True).first()
        return _t("in force") if newest == self.version else _t("no longer in force")

    @property
    def is_in_force_later(self) -> bool:
        return self.effective_from > timezone.localdate()
