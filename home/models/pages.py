"""The page types of the public site, the blog's apart."""

from functools import partial
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.offer import row_of
from home.queries import courses_shown, latest_posts
from home.structured_data import organisation
from pluc.content.blocks import LinkBlock, TextBlock
from pluc.content.models import BasePage
from portal.contact.views import answer, visit_of
from portal.meetings.addresses import GENERAL_TERMS, offer_path
from portal.meetings.models import Meeting
from portal.meetings.queries.offer import (
    OfferFilters,
    cafes_by_region,
    fitting,
    next_joinable,
)
from portal.meetings.queries.remembered import offer_of
from portal.meetings.rows import Row


class HomePage(BasePage):
    """Who PLUC! is, and one way in. There is one per language."""

    hero_title = models.CharField(_("large title"), max_length=80)
    hero_text = models.TextField(_("text below it"), max_length=300)
    hero_link = StreamField(
        [
            (
                "link",
                StructBlock(
                    [
                        ("label", CharBlock(max_length=50, label=_("What the button says"))),
                        ("link", LinkBlock()),
                    ]
                ),
            )
        ],
        max_num=1,
        blank=True,
        verbose_name=_("button"),
    )

    content_panels = [
        *BasePage.content_panels[:1],
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_text"), FieldPanel("hero_link")],
            heading=_("First screen"),
        ),
        *BasePage.content_panels[1:],
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("hero_title"),
        index.SearchField("hero_text"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 2
    slug_is_locked = is_fixed = True
    LATEST_POSTS = 4
    NEXT_MEETINGS = 3

    class Meta:
        verbose_name = _("home page")

    @property
    def description(self) -> str:
        return super().description or self.hero_text

    def referenced_data(self) -> list[Any]:
        return [*super().referenced_data(), self.hero_link.raw_data]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        offer = offer_of(request, now=now, courses=courses_shown(request, self.locale_id))
        coming = next_joinable(offer, now=now, limit=self.NEXT_MEETINGS)
        return context | {
            "posts": latest_posts(request, self.locale_id, limit=self.LATEST_POSTS),
            "rows": [row_of(meeting, now) for meeting in coming],
            "leads_to_offer": self.leads_to(offer_path(self.locale.language_code)),
            "cafes": [row_of(meeting, now, by="region") for meeting in cafes_by_region(offer)],
        }

    def leads_to(self, path: str) -> bool:
        """Whether the button leads to this address, so that no second link has to."""
        return any(block.value["link"].address == path for block in self.hero_link)

    def pictures(self, context: dict[str, Any]) -> list[Any]:
        return [*super().pictures(context), *(post.picture for post in context["posts"])]

    def structured_data(self) -> list[dict[str, Any]]:
        return [organisation(self)]


class StandardPage(BasePage):
    """A page of text: about us, in-company, accessibility; with the dates of a kind of meeting."""

    dates_of = models.CharField(
        _("dates of"),
        max_length=20,
        choices=Meeting.Format.choices,
        blank=True,
        help_text=_("The page shows when meetings of this kind are, so its text need not say so."),
    )

    content_panels = [*BasePage.content_panels[:2], FieldPanel("dates_of")]
    content_panels += BasePage.content_panels[2:]
    override_translatable_fields = [SynchronizedField("dates_of", overridable=False)]
    parent_page_types = ["home.HomePage", "home.StandardPage"]

    class Meta:
        verbose_name = _("standard page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | ({"rows": self.dates(request)} if self.dates_of else {})

    def dates(self, request: HttpRequest) -> list[Row]:
        """The meetings to come of the kind that the page is about."""
        now = timezone.now()
        offer = offer_of(request, now=now, courses=courses_shown(request, self.locale_id))
        fitting_ones = fitting(offer, OfferFilters(format=self.dates_of))
        return [row_of(line.meeting, now) for line in fitting_ones]


class TermsPage(BasePage):
    """Our general terms. Forms and mails link to it, so its address is fixed in each language."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    slug_is_locked = is_fixed = True
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("general terms")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        locale = self.locale if self.locale_id else self.get_default_locale()
        self.slug = GENERAL_TERMS[locale.language_code]
        super().full_clean(*args, **kwargs)


class ContactPage(BasePage):
    """Where PLUC! is, how to get there, when someone is there, and a form to write to us (P04)."""

    street = models.CharField(_("street and number"), max_length=100)
    postal_code = models.CharField(_("postal code"), max_length=10)
    city = models.CharField(_("city"), max_length=80)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"))
    directions = StreamField([("text", TextBlock())], blank=True, verbose_name=_("route"))
    opening_hours = StreamField(
        [
            (
                "row",
                StructBlock(
                    [
                        ("days", CharBlock(max_length=60, label=_("Days"))),
                        ("hours", CharBlock(max_length=60, label=_("Hours"))),
                    ],
                    label=_("Line"),
                    icon="time",
                ),
            )
        ],
        blank=True,
        verbose_name=_("opening hours"),
    )

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            ],
            heading=_("Address"),
        ),
        FieldPanel("opening_hours"),
        FieldPanel("directions"),
        *BasePage.content_panels[2:],
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("directions"),
        index.SearchField("city"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    slug_is_locked = is_fixed = True

    class Meta:
        verbose_name = _("contact page")

    def referenced_data(self) -> list[Any]:
        return [*super().referenced_data(), self.directions.raw_data]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        show = partial(super().serve, request, *args, **kwargs)
        return answer(request, address=self.get_url(), show=show)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"contact": visit_of(request)}

    def structured_data(self) -> list[dict[str, Any]]:
        return [organisation(self)]
