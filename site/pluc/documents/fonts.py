"""The typefaces of a document: ours, from our own static files, whatever the machine has."""

from typing import Any

from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher


class OwnFonts(FontConfiguration):
    """Passes over `local()`: it is for browsers, and would read a font file of the machine."""

    def add_font_face(self, rule_descriptors: dict[str, Any], url_fetcher: URLFetcher) -> None:
        sources = [source for source in rule_descriptors["src"] if source[0] != "local"]
        if sources:
            super().add_font_face({**rule_descriptors, "src": sources}, url_fetcher)
