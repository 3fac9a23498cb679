"""Template tags that every page uses."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from pluc import periods
from pluc.content.addresses import absolute, language_prefix, page_path
from pluc.content.checks_panel import preview_bar
from pluc.content.models import Picture
from pluc.content.pictures import in_all_widths, renditions_of
from pluc.content.tree import LanguageLink, home_address, language_links
from pluc.content.typography import unbroken, unbroken_html
from pluc.hosts import Door
from pluc.links import portal_address, portal_origin, public_address, site_base
from pluc.portal_header import entries_for

register = template.Library()
# As Django's own `json_script`: nothing in the data can end the element.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def portal_entries(context: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What the portal's header leads to: `{% portal_entries as entries %}`."""
    return entries_for(context["request"])


@register.simple_tag(takes_context=True)
def preview_tools(context: template.Context) -> str:
    """What an editor sees in a preview beside the page: the bar, and the checks that it runs."""
    return preview_bar(context, context.get("page"))


@register.simple_tag
def period(name: str) -> str:
    """A period of `pluc.periods` in words: `{% period "ANSWER" as answer %}`."""
    return periods.in_words(getattr(periods, name))


@register.filter
def address(page: Page) -> str:
    """A page's path: `{{ post|address }}`."""
    return page_path(page)


register.filter("unbroken", unbroken)
register.filter("unbroken_html", unbroken_html)


@register.filter(name="absolute")
def absolute_address(path: str) -> str:
    """A path as an absolute address on the public site."""
    return absolute(path)


@register.simple_tag
def picture(image: Picture, sizes: str, alt: str = "", eager: bool = False) -> SafeString:
    """A picture that a browser picks the fitting width of; `eager` for one in the first screen.

    Nothing where it cannot be shown.
    """
    renditions = in_all_widths(image)
    if not renditions:
        return SafeString()
    widest = renditions[-1]
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" {}>',
        widest.url,
        ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions),
        sizes,
        widest.width,
        widest.height,
        alt,
        mark_safe('fetchpriority="high"' if eager else 'loading="lazy"'),  # noqa: S308  constants
    )


@register.simple_tag
def small_picture(image: Picture, size: str, alt: str = "", lazy: bool = True) -> SafeString:
    """A picture in one of Wagtail's sizes (`fill-240x240`); nothing if it cannot be shown."""
    return format_html_join(
        "",
        '<img src="{}" width="{}" height="{}" alt="{}"{}>',
        (
            (one.url, one.width, one.height, alt, mark_safe(' loading="lazy"') if lazy else "")
            for one in renditions_of(image, f"{size}|format-webp")
        ),
    )


@register.simple_tag(takes_context=True)
def public_url(context: dict[str, Any], name: str) -> str:
    """The address of a named public view; absolute where the portal has a host of its own."""
    return public_address(context["request"], name)


@register.simple_tag(takes_context=True)
def portal_url(context: dict[str, Any], name: str) -> str:
    """The address of a named portal view; absolute where the public site is on another host."""
    is_elsewhere = not settings.ONE_HOST and context["request"].door is Door.PUBLIC
    address = portal_address(name)
    return address if is_elsewhere else address.removeprefix(portal_origin())


@register.simple_tag(takes_context=True)
def home_url(context: dict[str, Any]) -> str:
    """The home page in the active language, as seen from the request's host."""
    return home_address(site_base(context["request"]))


@register.simple_tag
def blog_url() -> str:
    """The blog's path in the active language; its slug is fixed (CONTRACT, Public addresses)."""
    return f"{language_prefix(get_language() or settings.LANGUAGE_CODE)}/blog/"


@register.simple_tag
def home_languages() -> list[LanguageLink]:
    """The home page in every language: for what stands at no address of its own."""
    language = get_language() or settings.LANGUAGE_CODE
    return language_links(language, f"{language_prefix(language)}/")


@register.simple_tag
def json_ld(items: list[dict[str, Any]]) -> SafeString:
    """Structured data as script elements that no browser runs."""
    texts = (json.dumps(item, ensure_ascii=False).translate(JSON_ESCAPES) for item in items)
    scripts = (
        format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
        for text in texts
    )
    return mark_safe("".join(scripts))  # noqa: S308  made by format_html
