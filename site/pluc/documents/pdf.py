"""The one way a PDF is written: tagged (PDF/UA-1), in the site's look, from our own files only."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation


def render_pdf(template: str, context: dict[str, Any], *, language: str) -> bytes:
    """The template as a PDF/UA-1 document in a language.

    The template needs a `lang`, a `<title>` and headings in order. Raises `ForbiddenAddress` when
    it names anything but static files.
    """
    # Imported when needed: it takes a second, which a start should not.
    from weasyprint import HTML

    from pluc.documents.fetching import STATIC_BASE, OwnFilesFetcher
    from pluc.documents.fonts import OwnFonts

    with translation.override(language):
        html = render_to_string(template, context | {"static_base": STATIC_BASE})
    # Links lead to the site; what a document reads is named in full.
    document = HTML(string=html, base_url=f"{settings.SITE_URL}/", url_fetcher=OwnFilesFetcher())
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", font_config=OwnFonts()))
