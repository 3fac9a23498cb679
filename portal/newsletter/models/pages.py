"""The newsletter on the site: the page that tells what one would get, and its issues (P08).

An issue is written as a page, and goes out by its `Mailing`. From the moment that it is submitted
nobody changes it; once it was sent its page shows what was sent, for ever.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Protocol

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import Translation

from pluc.content.models import BasePage
from pluc.content.models.pages import PublicPagePermissionTester
from pluc.deeds import Refused
from portal.accounts.plain_text import validate_plain_line
from portal.newsletter.blocks import IssueBlock
from portal.newsletter.models.mailings import Mailing, MailingText
from portal.newsletter.on_site import content_of

# The slug of the newsletter's page in each language; editors cannot change it.
NEWSLETTER = {"nl": "nieuwsbrief", "en": "newsletter"}
FEED = "feed"
ON_LIST = 60  # issues; five years of them
SUBJECT_IS_AT_MOST = 120
PREHEADER_IS_AT_MOST = 150


class Subscribing(Protocol):
    """The form to subscribe: what it answers, and how it stands on the page."""

    def answer(
        self, request: HttpRequest, *, address: str, show: Callable[[], HttpResponse]
    ) -> HttpResponse: ...

    def visit_of(self, request: HttpRequest) -> object: ...


# It needs the models, so `portal.newsletter.urls` tells it.
SUBSCRIBING: list[Subscribing] = []


class Closed(Refused):
    """An issue that was submitted is not changed by anybody."""


class NewsletterPermissionTester(PublicPagePermissionTester):
    """Below the newsletter nothing is published by a button: issues are sent."""

    def can_publish_subpage(self) -> bool:
        return False


class IssuePermissionTester(PublicPagePermissionTester):
    """An issue has no button to publish, but for the one by which a translation is saved.

    Once it was submitted nobody changes it, a superuser neither: what was approved is what goes.
    """

    page: "IssuePage"

    @cached_property
    def is_closed(self) -> bool:
        return self.page.is_closed

    def can_edit(self) -> bool:
        return super().can_edit() and not self.is_closed

    def can_copy(self) -> bool:
        return super().can_edit()

    def can_publish(self) -> bool:
        return super().can_publish() and not self.is_closed and is_translated(self.page)

    def can_unpublish(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return super().can_lock() and not self.is_closed

    def can_unlock(self) -> bool:
        return super().can_unlock() and not self.is_closed


def is_translated(page: Page) -> bool:
    """Whether a page's text comes from the translation screen."""
    translations = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    return bool(translations.filter(target_locale_id=page.locale_id).exists())


class NewsletterPage(BasePage):
    """What one would get: the newest issue, those before it, and the form to subscribe."""

    content_panels = [*BasePage.content_panels[:2]]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.IssuePage"]
    max_count_per_parent = 1
    slug_is_locked = is_fixed = answers_below = True

    class Meta:
        verbose_name = _("newsletter")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        locale = self.locale if self.locale_id else self.get_default_locale()
        self.slug = NEWSLETTER[locale.language_code]
        super().full_clean(*args, **kwargs)

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return NewsletterPermissionTester(user, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        show = partial(super().serve, request, *args, **kwargs)
        return SUBSCRIBING[0].answer(request, address=self.get_url(), show=show)

    def serve_below(self, request: HttpRequest, name: str) -> HttpResponse:
        """The feed. Raises `Http404` for any other name."""
        from portal.newsletter.feeds import IssueFeed  # it needs these models

        if name != FEED:
            raise Http404
        return IssueFeed()(request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        sent = IssuePage.sent_in(self.locale_id)
        newest = sent[0] if sent else None
        text = newest.shown_text if newest else None
        shown = {"newest": newest, "text": text, "earlier": sent[1:]}
        return context | shown | {"subscribing": SUBSCRIBING[0].visit_of(request)}


class IssuePage(BasePage):
    """An issue in one language: written here, sent by its `Mailing`, and shown as it was sent."""

    date = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("The day that it is meant for. Lists show it."),
    )
    subject = models.CharField(
        _("subject"),
        max_length=SUBJECT_IS_AT_MOST,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("What the inbox shows. Some 50 characters fit on a phone."),
    )
    preheader = models.CharField(
        _("preheader"),
        max_length=PREHEADER_IS_AT_MOST,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("What the inbox shows after the subject."),
    )
    body = StreamField(IssueBlock(), blank=True, verbose_name=_("issue"))

    content_panels = [
        BasePage.content_panels[0],
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("subject"), FieldPanel("preheader")],
            heading=_("In the inbox"),
        ),
        FieldPanel("body"),
    ]
    promote_panels = [FieldPanel("slug")]
    settings_panels: list[Any] = []
    search_fields = [*Page.search_fields, index.SearchField("preheader"), index.SearchField("body")]
    override_translatable_fields: ClassVar = [SynchronizedField("date", overridable=False)]
    own_preview_modes: ClassVar = [
        ("light", _("The mail, light")),
        ("dark", _("The mail, dark")),
        ("text", _("The mail as text")),
        ("site", _("On the site")),
    ]
    preview_sizes: ClassVar = [
        {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("Phone")},
        {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Desktop")},
    ]
    # The next issue is often written as a copy of the last, which is closed.
    exclude_fields_in_copy = ["locked", "locked_at", "locked_by"]
    parent_page_types = ["newsletter.NewsletterPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("issue of the newsletter")
        verbose_name_plural = _("issues of the newsletter")

    @property
    def mailing(self) -> Mailing | None:
        """Its way out, shared by its languages; nothing before somebody submitted or tried it."""
        return Mailing.objects.filter(issue_key=self.translation_key).first()

    @property
    def is_closed(self) -> bool:
        """Whether it was submitted: from then on its text stays as it is, unless it comes back."""
        known = Mailing.objects.filter(issue_key=self.translation_key)
        return known.exclude(state=Mailing.State.DRAFT).exists()

    @property
    def is_out(self) -> bool:
        """Whether everybody has got it."""
        known = Mailing.objects.filter(issue_key=self.translation_key)
        return known.filter(state=Mailing.State.SENT).exists()

    @classmethod
    def sent_in(cls, locale_id: int, *, limit: int = ON_LIST) -> "list[IssuePage]":
        """Those that everybody has got, in a language, the newest first."""
        sent = cls.objects.live().filter(locale_id=locale_id).select_related("locale")
        shown = sent.defer("body", "search_description", "intro")
        return list(shown.order_by("-first_published_at", "-pk")[:limit])

    @property
    def frozen(self) -> MailingText | None:
        """What was approved of it, in its language; nothing while it is written."""
        texts = MailingText.objects.filter(mailing__issue_key=self.translation_key)
        return texts.filter(language=self.locale.language_code).first()

    @property
    def shown_text(self) -> SafeString | None:
        """The content of what was sent, for the site."""
        text = self.frozen
        return content_of(text.html) if text else None

    @property
    def drafted_text(self) -> SafeString:
        """The content of a draft as it would stand on the site."""
        from portal.newsletter.rendering import render  # it needs these models

        return content_of(render(self).html)

    @property
    def description(self) -> str:
        return self.search_description or self.preheader

    @property
    def status_string(self) -> str:
        """How far it is, where Wagtail would call each issue a draft."""
        mailing = self.mailing
        return str(mailing.get_state_display() if mailing else Mailing.State.DRAFT.label)

    @property
    def why_kept(self) -> str:
        """Nobody moves or deletes what is on its way, or was sent."""
        if not self.is_closed:
            return ""
        title = {"title": self.get_admin_display_title()}
        if self.is_out:
            return _t("“%(title)s” was sent: it stays as it is, for good.") % title
        return _t("“%(title)s” was submitted. To change it, send it back first.") % title

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return IssuePermissionTester(user, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps it off the site until it was sent, whatever button was pressed."""
        if not self.is_out:
            self.live = False
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Raises `Closed` for what was submitted, from whatever screen it is written."""
        if self.is_closed:
            raise Closed(self.why_kept)
        return super().save_revision(*args, **kwargs)

    def serve_own_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft: as the mail, as its text, or as its page on the site."""
        from portal.newsletter.previews import preview  # it needs these models

        if mode_name == "site":
            return super().serve_own_preview(request, mode_name)
        return preview(self, mode_name)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "newsletter/issue_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        is_draft = getattr(request, "is_preview", False)
        return context | {"text": self.drafted_text if is_draft else self.shown_text}

    def referenced_data(self) -> list[Any]:
        return []

    def pictures(self, context: dict[str, Any]) -> list[Any]:
        return []
