"""The one way a PDF is written: tagged (PDF/UA-1), in the site's look, from our own files only."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from pluc.documents.child import RENDERER
from pluc.documents.fetching import STATIC_BASE


def render_pdf(template: str, context: dict[str, Any], *, language: str) -> bytes:
    """The template as a PDF/UA-1 document in a language.

    The template needs a `lang`, a `<title>` and headings in order. Raises `ForbiddenAddress` when
    it names anything but static files, `DocumentNotMade` when it cannot be rendered or takes more
    time or memory than a document may (docs/decisions/0018). Never called within a transaction:
    it may last, and others wait for the database meanwhile.
    """
    with translation.override(language):
        html = render_to_string(template, context | {"static_base": STATIC_BASE})
    # Links lead to the site; what a document reads is named in full.
    return RENDERER.pdf(html, base=f"{settings.SITE_URL}/")


def render_pages(
    template: str, context: dict[str, Any], *, titles: list[str], language: str
) -> list[bytes]:
    """Each page of the template as a PDF/UA-1 document of its own, with its title.

    The template makes one page for each title, no more and no less. As `render_pdf` in all else;
    for many alike it takes half the time of a document each (docs/decisions/0046).
    """
    with translation.override(language):
        html = render_to_string(template, context | {"static_base": STATIC_BASE})
    return RENDERER.pages(html, base=f"{settings.SITE_URL}/", titles=titles)
