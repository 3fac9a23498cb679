"""Partners: their name, logo and colour within our design, and the meetings we hold with them."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.models.named import NamedPage
from home.offer import row_of, through
from home.queries import courses_shown
from pluc.content.models import BasePage
from pluc.links import portal_address
from portal.meetings.queries.remembered import on_offer
from portal.organisations.models import Organisation


class PartnersPage(BasePage):
    """Who our partners are."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.PartnerPage"]
    max_count_per_parent = 1
    slug_is_locked = is_fixed = True

    class Meta:
        verbose_name = _("partners page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        partners = PartnerPage.objects.for_display().child_of(self).live()
        return context | {"partners": list(partners.order_by("title"))}

    def pictures(self, context: dict[str, Any]) -> list[Any]:
        logos = [partner.organisation.logo for partner in context["partners"]]
        return [*super().pictures(context), *logos]


class PartnerPage(NamedPage):
    """One partner, and what we offer with them. Who enrols from here is remembered as theirs."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("partner"),
        limit_choices_to={"is_partner": True},
    )

    content_panels = [
        *BasePage.content_panels[:1],
        FieldPanel("organisation"),
        *BasePage.content_panels[1:],
    ]
    named_after = "organisation"
    parent_page_types = ["home.PartnersPage"]
    subpage_types: list[str] = []
    display_relations = (*BasePage.display_relations, "organisation__logo")

    class Meta:
        verbose_name = _("partner page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        now, slug = timezone.now(), self.organisation.slug
        with_us = on_offer(now=now).filter(partner=self.organisation)
        shown = with_us.filter(course__in=courses_shown(request, self.locale_id)).with_line()
        return context | {
            "rows": [row_of(meeting, now, partner=slug) for meeting in shown],
            "register_url": portal_address("account_signup") + through(slug),
        }

    def pictures(self, context: dict[str, Any]) -> list[Any]:
        return [*super().pictures(context), self.organisation.logo]
