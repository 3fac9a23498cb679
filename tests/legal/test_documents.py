"""PDFs are accessible, in the site's look, and read our own files only (STANDARDS 5.6, 6.23)."""

import logging
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from legal.statements.demo.load import load_statement
from legal.statements.models import Edition
from legal.statements.services import put_in_force
from pluc.documents import child, pdf
from pluc.documents.errors import DocumentNotMade, ForbiddenAddress
from pluc.documents.fetching import STATIC_BASE, static_file
from tests.factories import StandardPageFactory, home_page
from tests.legal.versions import days_from_now, make_recipient, write_version
from tests.tools import verapdf

pytestmark = [pytest.mark.either_database, pytest.mark.thorough, pytest.mark.renders]
LANGUAGES = ["nl", "en"]
# Descriptors for browsers alone, of the fallback fonts: documents do not use these fonts.
FOR_BROWSERS = "descriptor not supported"


@pytest.fixture
def warnings(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What WeasyPrint has complained of: missing alt text or language is only logged."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    return lambda: [text for text in caplog.messages if FOR_BROWSERS not in text]


def made_of(html: str, monkeypatch: pytest.MonkeyPatch, language: str = "nl") -> bytes:
    """A document with a text of our own."""
    page = '<!doctype html><html lang="nl"><head><title>Proef</title></head><body>{}</body></html>'
    monkeypatch.setattr(pdf, "render_to_string", lambda *args, **kwargs: page.format(html))
    return pdf.render_pdf("proef.html", {}, language=language)


EVERY_BLOCK = [
    {"type": "heading", "value": {"level": "2", "text": "Een kop"}},
    {
        "type": "text",
        "value": "<p>Een <b>vette</b> en <i>schuine</i> <a href='https://elders.example/'>link</a>.</p>"
        "<ul><li>een</li><li>twee</li></ul><ol><li>eerst</li><li>dan</li></ol>",
    },
    {"type": "heading", "value": {"level": "3", "text": "Een deel"}},
    {"type": "table", "value": {"caption": "Rij", "header": "row", "cells": "a|b\n1|2\n3|4"}},
    {"type": "table", "value": {"caption": "Kolom", "header": "column", "cells": "a|1\nb|2"}},
    {
        "type": "table",
        "value": {"caption": "Beide", "header": "both", "cells": "x|a|b\nc|1|2\nd|3|4"},
    },
    {"type": "registry_table", "value": {"table": "recipients"}},
    {"type": "registry_table", "value": {"table": "cookies"}},
    {
        "type": "questions",
        "value": {"questions": [{"question": "Mag dat?", "answer": "<p>Ja, dat mag.</p>"}]},
    },
]
LONG_TABLE = [
    {"type": "heading", "value": {"level": "2", "text": "Lang"}},
    {
        "type": "table",
        "value": {
            "caption": "Een tabel van meer dan een bladzijde",
            "header": "both",
            "cells": "\n".join(f"rij {number}|waarde|nog een" for number in range(90)),
        },
    },
]


# --- PDF/UA --------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.promise("P39")
def test_the_demos_documents_and_whatever_an_editor_writes_are_accessible(warnings):
    load_statement({code: home_page(code) for code in LANGUAGES})
    page = write_version(days_from_now(0), body=[*EVERY_BLOCK, *LONG_TABLE])["nl"]
    put_in_force(page=page, by=None)
    editions = list(Edition.objects.all())
    assert len(editions) == 6
    assert warnings() == []
    wrong = wrong_documents()
    reports = verapdf.check(*(edition.pdf for edition in editions), *wrong)
    for edition, report in zip(editions, reports, strict=False):
        assert report.failures == [], edition
        assert report.is_compliant
    for report in reports[-len(wrong) :]:
        assert report.failures, "the checker sees nothing"
        assert not report.is_compliant


def wrong_documents() -> list[bytes]:
    """Two that are not accessible: without tags, and with a picture without alternative text."""
    from weasyprint import HTML

    untagged = HTML(string="<p>Niets is gelabeld").write_pdf()
    no_alt = HTML(
        string="<html lang=nl><title>a</title><svg></svg><img src='data:image/png;base64,"
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='>"
    ).write_pdf(pdf_variant="pdf/ua-1")
    return [untagged, no_alt]


# --- What a reader's program is told -------------------------------------------------------------


@cache
def make_documents() -> dict[str, bytes]:
    """A version's document, by language; made once."""
    make_recipient(name="Bizway")
    page = write_version(date(2026, 5, 12), body=EVERY_BLOCK)["nl"]
    editions = put_in_force(page=page, by=None, today=date(2026, 5, 12))
    return {edition.language: bytes(edition.pdf) for edition in editions}


@pytest.fixture
def documents(db: None) -> dict[str, PdfReader]:
    return {code: PdfReader(BytesIO(content)) for code, content in make_documents().items()}


def elements(node: object) -> list[DictionaryObject]:
    """A document's structure elements, from the top down."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, list):
        return [element for child in node for element in elements(child)]
    if not isinstance(node, DictionaryObject):
        return []
    return [node, *elements(node.get("/K"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_has_a_title_and_a_language(documents, language: str):
    document = documents[language]
    assert document.metadata.title == "Privacyverklaring PLUC!"
    assert document.metadata.author == "PLUC!"
    assert document.trailer["/Root"]["/Lang"] == language
    assert document.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_a_document_has_headings_in_order_and_tables_with_headers(documents):
    found = elements(documents["nl"].trailer["/Root"]["/StructTreeRoot"])
    tags = [element.get("/S") for element in found]
    assert [tag for tag in tags if tag in {"/H1", "/H2", "/H3"}][:3] == ["/H1", "/H2", "/H3"]
    headers = {element["/ID"] for element in found if element.get("/S") == "/TH"}
    cells = [element for element in found if element.get("/S") == "/TD"]
    assert headers
    for cell in cells:
        assert cell["/A"]["/Headers"]
        assert set(cell["/A"]["/Headers"]) <= headers


def test_a_table_over_several_pages_is_one_table(db, monkeypatch):
    """For who hears it read."""
    rows = "".join(f"<tr><th scope=row>r {n}</th><td>{'waarde ' * 40}</td></tr>" for n in range(40))
    head = "<thead><tr><th scope=col>Wat</th><th scope=col>Waarvoor</th></tr></thead>"
    table = f"<div><table><caption>{{}}</caption>{head}<tbody>{rows}</tbody></table></div>"
    content = made_of(table.format("Een") + table.format("Twee"), monkeypatch)
    document = PdfReader(BytesIO(content))
    assert len(document.pages) > 3
    tags = [one.get("/S") for one in elements(document.trailer["/Root"]["/StructTreeRoot"])]
    assert (tags.count("/Table"), tags.count("/THead"), tags.count("/TBody")) == (2, 2, 2)


def test_a_documents_fonts_are_ours_and_inside_it(documents):
    names = set()
    for page in documents["nl"].pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(str(descriptor["/FontName"]).partition("+")[2])
    assert names
    assert all(name.startswith(("Pluc-Sans", "Pluc-Serif")) for name in names), names


def test_a_document_has_the_sites_look(documents):
    page = documents["nl"].pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    text = page.extract_text()
    assert "1 / " in text  # the foot of the page: pdf.css is applied
    assert "12 mei 2026" in text


def test_a_document_holds_the_text_and_the_tables(documents):
    text = "".join(page.extract_text() for page in documents["en"].pages)
    for part in ("Een kop", "Bizway", "Hosts the database", "Mag dat?", "Ja, dat mag."):
        assert part in text


def test_a_link_to_a_page_of_ours_works_outside_the_site(db):
    page = StandardPageFactory(slug="een-pagina")
    link = f'<p>Zie <a linktype="page" id="{page.pk}">deze pagina</a>.</p>'
    body = [
        {"type": "heading", "value": {"level": "2", "text": "Kop"}},
        {"type": "text", "value": link},
    ]
    edition, _ = put_in_force(page=write_version(days_from_now(0), body=body)["nl"], by=None)
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in PdfReader(BytesIO(edition.pdf)).pages
        for annotation in page.get("/Annots", [])
    ]
    assert links == [f"{settings.SITE_URL}/een-pagina/"]


# --- What a document may read --------------------------------------------------------------------

FORBIDDEN = [
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "FILE:///etc/passwd",
    "http://localhost:8000/static/css/pdf.css",
    "http://169.254.169.254/latest/meta-data/",
    "https://elders.example/beeld.png",
    "//elders.example/beeld.png",
    "ftp://elders.example/beeld.png",
    "gopher://127.0.0.1:6379/_INFO",
    "/etc/passwd",
    "/media/none.png",
    "beeld-dat-er-niet-is.png",
    f"{STATIC_BASE}beeld-dat-er-niet-is.png",
    f"{STATIC_BASE}../pluc.sqlite3",
    f"{STATIC_BASE}%2e%2e/%2e%2e/secret-key",
    f"{STATIC_BASE}/etc/passwd",
    f"{STATIC_BASE}//etc/passwd",
    f"{STATIC_BASE}css/..\\..\\secret-key",
    "https://static.invalid.elders.example/css/pdf.css",
    "https://user@static.invalid/css/pdf.css",
    "https://static.invalid:8443/css/pdf.css",
    f"{STATIC_BASE}css",
    STATIC_BASE,
]
WAYS = {
    "picture": '<img src="{}" alt="">',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "style": '<p style="background-image: url({})">tekst</p>',
    "font": '<style>@font-face {{ font-family: x; src: url("{}") }}</style>',
    "import": '<style>@import url("{}");</style>',
    "object": '<object data="{}">tekst</object>',
    "attachment": '<a rel="attachment" href="{}">bijlage</a>',
}


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_document_reads_static_files_alone(monkeypatch, address: str):
    with pytest.raises(ForbiddenAddress):
        made_of(WAYS["picture"].format(address), monkeypatch)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:1/x"])
def test_a_document_reads_nothing_else_by_any_way(monkeypatch, way: str, address: str):
    with pytest.raises(ForbiddenAddress):
        made_of(WAYS[way].format(address), monkeypatch)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:1/x"])
def test_a_drawing_reads_nothing_else(monkeypatch, warnings, address: str):
    """WeasyPrint leaves such a drawing out and goes on."""
    drawing = f'<svg width="9" height="9"><image href="{address}" width="9" height="9"/></svg>'
    document = PdfReader(BytesIO(made_of(f"<p>tekst</p>{drawing}", monkeypatch)))
    assert not document.pages[0].get("/Resources", {}).get("/XObject")
    assert any("SVG" in text for text in warnings())


def test_a_document_may_read_a_static_file():
    path = static_file(f"{STATIC_BASE}brand/mark.svg")
    assert b"<svg" in path.read_bytes()


def test_a_font_of_the_machine_is_not_read(monkeypatch):
    """As `local()` would, for which WeasyPrint reads the font's own file."""
    style = '<style>@font-face {{ font-family: x; src: local("{}") }}</style>'
    for name in ("Liberation Sans", "DejaVu Sans", "Arial"):
        assert made_of(style.format(name) + "<p>tekst</p>", monkeypatch)


@pytest.mark.django_db
def test_a_title_with_markup_is_a_title():
    edition = Edition(title="<img src='file:///etc/passwd'> & co", version="2026-05-12")
    edition.language, edition.effective_from, edition.key_points = "nl", date(2026, 5, 12), []
    text = render_to_string(
        "statements/pdf.html", {"edition": edition, "html": mark_safe("<p>a</p>")}
    )
    assert "<img src='file" not in text
    context = {"edition": edition, "html": mark_safe("<h2>Kop</h2><p>a</p>")}
    document = PdfReader(BytesIO(pdf.render_pdf("statements/pdf.html", context, language="nl")))
    assert document.metadata.title == edition.title


# --- What a document may cost --------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "most"), [("CPU_SECONDS", 1), ("MEBIBYTES", 96), ("SECONDS", 0)])
def test_a_document_that_costs_too_much_is_not_made_and_the_next_one_is(
    monkeypatch, limit: str, most: int
):
    renderer = child.Renderer()
    monkeypatch.setattr(child, limit, most)
    with pytest.raises(DocumentNotMade):
        renderer.pdf("<p>tekst</p>" * 40_000, base="https://pluc.example/")
    monkeypatch.undo()
    assert renderer.pdf("<p>tekst</p>", base="https://pluc.example/").startswith(b"%PDF")
    renderer.stop()


def test_what_renders_knows_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    one = child.Child()
    place, end = Path(f"/proc/{one.process.pid}/environ"), time.monotonic() + 20
    while not (environment := place.read_bytes()) and time.monotonic() < end:
        time.sleep(0.05)  # it is empty for as long as the program has not begun
    one.end()
    assert b"geheim" not in environment
    assert b"PYTHONPATH" in environment
