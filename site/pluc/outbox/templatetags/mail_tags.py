"""The elements that a template of `templates/mails/` puts in its letter, in order.

What has no value is left out, so a template need not ask whether there is one.
"""

from typing import Any

from django import template
from django.template import Context

from pluc.outbox.elements import Button, Link, Paragraph, Quote, by_paragraph, one_line

register = template.Library()


@register.simple_block_tag(takes_context=True)
def part(context: Context, content: str, name: str) -> str:
    """Fills in a field of `Letter` that stands around the elements: `{% part "why" %}`."""
    setattr(context["letter"], name, content.strip())  # plain, so that HTML escapes it
    return ""


@register.simple_block_tag(takes_context=True)
def paragraph(context: Context, content: str) -> str:
    """Sentences of the template itself. Its line breaks mean nothing."""
    if text := one_line(content):
        context["letter"].elements.append(Paragraph(text))
    return ""


@register.simple_tag(takes_context=True)
def typed(context: Context, text: str) -> str:
    """What somebody typed, with its line breaks: `{% typed practical %}`."""
    context["letter"].elements += map(Paragraph, by_paragraph(text))
    return ""


@register.simple_tag(takes_context=True)
def quoted(context: Context, text: str) -> str:
    """What the reader typed themselves, or somebody in their name: `{% quoted text %}`."""
    context["letter"].elements += map(Quote, by_paragraph(text))
    return ""


@register.simple_tag(takes_context=True)
def fact(context: Context, name: str, value: Any) -> str:
    """A name and its value, below the fact before it: `{% fact _("When") when %}`."""
    if shown := one_line(value):
        context["letter"].add_fact(one_line(name), shown)
    return ""


@register.simple_tag(takes_context=True)
def button(context: Context, label: str, address: str) -> str:
    """The one thing to do: `{% button _("Take the place") address %}`."""
    context["letter"].elements.append(Button(one_line(label), address))
    return ""


@register.simple_tag(takes_context=True)
def link(context: Context, label: str, address: str) -> str:
    """Something else to read or do: `{% link _("Go to your settings") address %}`."""
    if address:
        context["letter"].elements.append(Link(one_line(label), address))
    return ""
