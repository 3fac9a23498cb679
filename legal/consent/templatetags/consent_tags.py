"""The tracking code's place in a page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from wagtail.models import Page

from legal.consent.decision import IS_MEASURED, Measurement, decision_about

register = template.Library()
NOT_FOUND = "not_found"


def kind_of_page(context: Mapping[str, Any], request: HttpRequest) -> str:
    """A fixed name for pages of a kind, never a page's own title (STANDARDS 1.16)."""
    page = context.get("page")
    if isinstance(page, Page):
        return str(page._meta.model_name)
    name = request.resolver_match and request.resolver_match.url_name
    return NOT_FOUND if name in {None, "wagtail_serve"} else str(name)


@register.simple_tag(takes_context=True)
def measurement(context: dict[str, Any]) -> Measurement | None:
    """What the tracking code needs, or `None`; the policy header follows what this answers."""
    request = context.get("request")
    if request is None:
        return None
    found = decision_about(request).measurement(kind_of_page(context, request))
    IS_MEASURED.put(request, found is not None)
    return found
