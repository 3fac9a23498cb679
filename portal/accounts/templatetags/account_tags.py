"""Template filters of the account screens."""

from django import template

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
