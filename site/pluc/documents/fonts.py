"""The typefaces of a document: ours, from our own static files, whatever the machine has."""

import unicodedata
from io import BytesIO
from typing import Any

from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from pluc.fonts import drawn_by

# The size of an em, and the box that stands for a sign which no typeface here can draw.
EM, LEFT, RIGHT, TOP, LINE = 1000, 80, 920, 720, 60
# Between two such signs Pango takes the space of the same typeface.
SPACES = {0x20: EM // 4, 0xA0: EM // 4}


class OwnFonts(FontConfiguration):
    """Passes over `local()`: it is for browsers, and would read a font file of the machine.

    Names come in every script. A sign that neither our typefaces nor the machine's have is drawn
    as an empty box of its own, so that the document stays PDF/UA and its text can be copied.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        if signs := beyond_our_alphabet(text):
            face = {"font_family": "Pluc Rest", "src": [("external", "rest:")]}
            super().add_font_face(face, OneFile(font_of_boxes(signs)))

    def add_font_face(self, rule_descriptors: dict[str, Any], url_fetcher: URLFetcher) -> None:
        sources = [source for source in rule_descriptors["src"] if source[0] != "local"]
        if sources:
            super().add_font_face({**rule_descriptors, "src": sources}, url_fetcher)


class OneFile(URLFetcher):
    """Answers every question with the same file."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        return URLFetcherResponse(url, self.content, {"Content-Type": "font/ttf"})


def beyond_our_alphabet(text: str) -> list[int]:
    """The signs of a text that our typefaces lack and that can be seen."""
    if text.isascii():
        return []
    signs = set(map(ord, set(text))) - drawn_by("sans") - drawn_by("serif")
    return sorted(one for one in signs if unicodedata.category(chr(one))[0] != "C")


def font_of_boxes(signs: list[int]) -> bytes:
    """A typeface in which each of these signs is an empty box."""
    from fontTools.fontBuilder import FontBuilder

    widths = SPACES | dict.fromkeys(signs, EM)
    names = {sign: f"u{sign:x}" for sign in widths}
    drawn = {names[sign]: width == EM for sign, width in widths.items()}
    advances = {names[sign]: (width, 0) for sign, width in widths.items()}
    box, nothing = box_glyph(), empty_glyph()
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder([".notdef", *drawn])
    font.setupCharacterMap(names)
    glyphs = {name: box if is_drawn else nothing for name, is_drawn in drawn.items()}
    font.setupGlyf({".notdef": box} | glyphs)
    font.setupHorizontalMetrics({".notdef": (EM, 0)} | advances)
    font.setupHorizontalHeader(ascent=TOP, descent=LINE - TOP)
    font.setupNameTable({"familyName": "Pluc Rest", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(target := BytesIO())
    return target.getvalue()


def box_glyph() -> Any:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    outside = [(LEFT, 0), (LEFT, TOP), (RIGHT, TOP), (RIGHT, 0)]
    inside = [
        (RIGHT - LINE, LINE),
        (RIGHT - LINE, TOP - LINE),
        (LEFT + LINE, TOP - LINE),
        (LEFT + LINE, LINE),
    ]
    for outline in (outside, inside):
        pen.moveTo(outline[0])
        for point in outline[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def empty_glyph() -> Any:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    return TTGlyphPen(None).glyph()
