"""Template filters of the account screens."""

from django import template

from portal.accounts.browser_names import browser_name
from portal.accounts.devices import device_in_words

register = template.Library()


@register.filter
def device(user_agent: str) -> str:
    """A session's device in plain words: `{{ session.user_agent|device }}`."""
    return device_in_words(user_agent)


@register.filter
def in_fours(text: str) -> str:
    """A long code in groups of four, for who types it over."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@register.simple_tag(takes_context=True)
def kept_for(context: template.Context) -> str:
    """Whose marks and pages this browser keeps: see `browser_names`; empty for who is nobody."""
    request = context.get("request")
    return browser_name(request.user) if request and hasattr(request, "user") else ""
