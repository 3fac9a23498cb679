"""What every page type shares."""

from typing import Any, ClassVar

from csp.constants import SELF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PagePermissionTester, PageQuerySet
from wagtail.search import index

from pluc.content.addresses import absolute, page_path
from pluc.content.blocks import BodyBlock
from pluc.content.checks_panel import PREVIEWED_BY
from pluc.content.forms import PageForm
from pluc.content.kept_pages import stands_above_kept
from pluc.content.pictures import load_renditions
from pluc.content.previews import modes_of
from pluc.content.references import load_remembered, loading
from pluc.content.translating import require_translated
from pluc.content.tree import Trail, trail_to
from pluc.headers import POLICY_REPLACED


class PictureMixin(models.Model):
    """A lead picture with its alt text on this page."""

    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("alt text"),
        max_length=200,
        blank=True,
        help_text=_("What a reader who cannot see the picture should know."),
    )
    picture_is_decorative = models.BooleanField(
        _("picture is decorative"),
        default=False,
        help_text=_("It tells nothing that the text does not tell."),
    )

    picture_panel = MultiFieldPanel(
        [
            FieldPanel("picture"),
            FieldPanel("picture_alt"),
            FieldPanel("picture_is_decorative"),
        ],
        heading=_("Picture"),
    )

    class Meta:
        abstract = True


class PublicPagePermissionTester(PagePermissionTester):
    """Offers no page privacy (the public site knows no one), and keeps pages that must stay."""

    page: "BasePage"

    def can_set_view_restrictions(self) -> bool:
        return False

    @cached_property
    def is_kept(self) -> bool:
        """Whether nobody may move or delete it (`pluc.content.kept_pages`)."""
        return bool(self.page.why_kept)

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and not self.page.is_fixed

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Whether the page may be deleted; Wagtail asks this before it moves a page too."""
        return super().can_delete(ignore_bulk) and not self.is_kept

    def can_move_to(self, destination: Page) -> bool:
        """Refuses kept pages to superusers too, who in Wagtail may move any page.

        In another order below the same page is no other place.
        """
        if not self.is_kept:
            return bool(super().can_move_to(destination))
        order = destination.permissions_for_user(self.user).can_reorder_children
        return bool(self.page.is_child_of(destination) and order())


class BasePageManager(PageManager.from_queryset(PageQuerySet)):  # type: ignore[misc]
    def for_display(self) -> PageQuerySet:
        """Pages with everything that their template needs in the same query."""
        return self.select_related(*self.model.display_relations)


class BasePage(PictureMixin, Page):
    """A page of the public site. Shown to everybody alike: by address and language alone."""

    intro = models.TextField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences: above the page, on cards and in search results."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    not_for_api = models.BooleanField(
        _("not for the API"),
        default=False,
        help_text=_(
            "Other sites and apps do not get this page, nor the pages below it, in any language."
        ),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        PictureMixin.picture_panel,
        FieldPanel("body"),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("not_for_api")]
    settings_panels = [PublishingPanel()]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("body"),
    ]
    base_form_class = PageForm
    # Whether the slug is fixed: the outside relies on it (CONTRACT, Public addresses).
    slug_is_locked = False
    # Whether the software relies on the page: nobody unpublishes, moves or deletes it (0031).
    is_fixed = False
    # Whether it answers addresses below its own, by `serve_below` (docs/decisions/0010).
    answers_below = False

    # How a preview can show it, besides what others add (`pluc.content.previews`).
    own_preview_modes: ClassVar[list[tuple[str, Any]]] = Page.DEFAULT_PREVIEW_MODES

    # Foreign keys that the template follows.
    display_relations: tuple[str, ...] = ("picture", "locale")

    objects = BasePageManager()

    class Meta:
        abstract = True

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str:
        """The address as seen from either host: a path where one host serves both doors."""
        path = page_path(self)
        return path if settings.ONE_HOST else absolute(path)

    @property
    def url(self) -> str:
        return self.get_url()

    @property
    def full_url(self) -> str:
        return absolute(page_path(self))

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return PublicPagePermissionTester(user, self)

    @property
    def why_kept(self) -> str:
        """Why nobody may move or delete it, as a sentence for editors; empty where one may."""
        title = {"title": self.get_admin_display_title()}
        if self.is_fixed:
            return (
                _t(
                    "“%(title)s” has its fixed place: the site relies on it. "
                    "It cannot be taken offline, moved or deleted."
                )
                % title
            )
        if stands_above_kept(self):
            return _t("“%(title)s” stays where it is: pages below it have to stay.") % title
        return ""

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Takes off a fixed page the plans by which Wagtail's worker would take it offline.

        Planning a next version does that too where no revision is live yet.
        """
        if self.is_fixed:
            self.expire_at = None
            if self.live and not self.live_revision_id:
                self.go_live_at = None
        super().full_clean(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Raises `Untranslated` for a translation with pieces in the language of its source."""
        require_translated(self)
        return super().publish(revision, *args, **kwargs)

    @cached_property
    def trail(self) -> Trail:
        """The pages above this one, and its translations. The view that serves it sets it."""
        return trail_to(page_path(self), self.locale.language_code)

    @property
    def description(self) -> str:
        """For search engines and shared links."""
        return self.search_description or self.intro

    def pictures(self, context: dict[str, Any]) -> list[Any]:
        """Every picture that the template shows."""
        blocks = [block.value["picture"] for block in self.body if block.block_type == "picture"]
        return [self.picture, *blocks]

    def referenced_data(self) -> list[Any]:
        """Raw data of every field that may point at pages."""
        return [self.body.raw_data]

    def structured_data(self) -> list[dict[str, Any]]:
        """JSON-LD objects that describe this page."""
        return []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, rendered while everything that it points at is loaded."""
        with loading(*self.referenced_data(), load=load_remembered(request)):
            response: TemplateResponse = super().serve(request, *args, **kwargs)
            load_renditions(self.pictures(response.context_data or {}))
            response.render()
        return response

    def serve_below(self, request: HttpRequest, name: str) -> HttpResponse:
        """What stands at `name` below this page. Raises `Http404` where nothing does."""
        raise Http404

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        if not self.own_preview_modes:
            return []
        return [*self.own_preview_modes, *((mode.name, mode.label) for mode in modes_of(self))]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The preview, served as to a visitor; only the bar below it knows who looks at it."""
        editor = getattr(original_request, "user", None)
        left = (extra_request_attrs or {}) | {PREVIEWED_BY.name: editor}
        answer: HttpResponse = super().make_preview_request(original_request, preview_mode, left)
        return answer

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as a draft, which the staff screens show in a frame."""
        others = {mode.name: mode for mode in modes_of(self)}
        if mode_name in others:
            response = others[mode_name].show(request, self)
        else:
            response = self.serve_own_preview(request, mode_name)
        POLICY_REPLACED.put(response, {"frame-ancestors": [SELF]})
        return response

    def serve_own_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft in one of `own_preview_modes`."""
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.trail.breadcrumbs
        context["languages"] = self.trail.languages
        return context
