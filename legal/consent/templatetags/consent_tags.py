"""The tracking code's place in a page."""

from typing import Any

from django import template

from legal.consent.decision import Measurement, decision_about

register = template.Library()


@register.simple_tag(takes_context=True)
def measurement(context: dict[str, Any], page_title: str) -> Measurement | None:
    """What the tracking code needs, or `None`; the policy header follows what this answers.

    `page_title` is a fixed name for the kind of page, never its real title (STANDARDS 1.16).
    """
    request = context.get("request")
    if request is None:
        return None
    found = decision_about(request).measurement(page_title)
    request.is_measured = found is not None
    return found
