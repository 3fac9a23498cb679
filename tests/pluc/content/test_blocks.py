"""Blocks of pages: checked before they are public, and harmless with any content."""

from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.models import Page

from pluc.content.blocks import (
    BodyBlock,
    LinkBlock,
    TableBlock,
    TextBlock,
    skipped_headings,
)
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.either_database

words = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|"), min_size=1)


def errors_in(block: Any, raw: Any) -> dict[Any, Any]:
    """What cleaning a block's raw data complains of, by part."""
    with pytest.raises((StructBlockValidationError, StreamBlockValidationError)) as caught:
        block.clean(block.to_python(raw))
    return dict(caught.value.block_errors)


def html_of(block: Any, raw: Any) -> str:
    return str(block.render(block.to_python(raw)))


# --- Headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "skipped"),
    [
        ([], []),
        ([2], []),
        ([2, 2, 3, 3, 2, 3], []),
        ([3], [0]),
        ([3, 2, 3], [0]),
        ([2, 4], [1]),
        ([2, 3, 4, 2, 4], [4]),
    ],
)
def test_a_heading_may_not_skip_a_level(levels: list[int], skipped: list[int]):
    assert skipped_headings(list(enumerate(levels))) == skipped


@given(levels=st.lists(st.integers(2, 6)))
def test_what_is_reported_is_exactly_what_goes_down_by_more_than_one(levels: list[int]):
    before = [1, *levels]
    expected = [i for i, level in enumerate(levels) if level - before[i] > 1]
    assert skipped_headings(list(enumerate(levels))) == expected


@given(levels=st.lists(st.integers(2, 6), min_size=1))
def test_lifting_every_reported_heading_in_turn_leaves_nothing_to_report(levels: list[int]):
    while found := skipped_headings(list(enumerate(levels))):
        levels[found[0]] -= 1
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))


def heading(level: int) -> dict[str, Any]:
    return {"type": "heading", "value": {"level": str(level), "text": f"Kop {level}"}}


TEXT = {"type": "text", "value": "<p>Tekst.</p>"}


@pytest.mark.django_db
def test_the_body_says_which_heading_skips_a_level():
    assert set(errors_in(BodyBlock(), [TEXT, heading(3), TEXT, heading(2)])) == {1}


@pytest.mark.django_db
def test_a_body_in_good_order_is_clean():
    block = BodyBlock()
    block.clean(block.to_python([TEXT, heading(2), heading(3), TEXT, heading(2)]))


# --- Tables --------------------------------------------------------------------------------------


def table(cells: str, header: str = "row") -> dict[str, str]:
    return {"caption": "Tarieven", "header": header, "cells": cells}


@given(rows=st.integers(1, 6), columns=st.integers(2, 6), data=st.data(), tabs=st.booleans())
def test_a_table_holds_the_cells_that_were_typed(
    rows: int, columns: int, data: st.DataObject, tabs: bool
):
    cells = [[data.draw(words) for _ in range(columns)] for _ in range(rows)]
    text = "\n".join(("\t" if tabs else " | ").join(row) for row in cells)
    TableBlock().clean(TableBlock().to_python(table(text)))
    lines = BeautifulSoup(html_of(TableBlock(), table(text)), "lxml").select("tr")
    assert [[cell.get_text() for cell in line.select("th, td")] for line in lines] == cells


@given(st.lists(st.integers(2, 5), min_size=2, max_size=6).filter(lambda w: len(set(w)) > 1))
def test_a_row_of_another_width_is_named(widths: list[int]):
    text = "\n".join("|".join("x" * width) for width in widths)
    (error,) = errors_in(TableBlock(), table(text)).values()
    wrong = next(i for i, width in enumerate(widths, start=1) if width != widths[0])
    assert str(wrong) in error.messages[0]
    assert str(widths[wrong - 1]) in error.messages[0]


@pytest.mark.parametrize(
    "cells", ["a|b\nc|d", "| a | b |\n| c | d |", "a\tb\n\n  \nc\td\n", "a | b\r\nc | d"]
)
def test_a_table_reads_what_people_paste(cells: str):
    assert TableBlock().to_python(table(cells)).lines == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize(
    ("header", "head", "column"),
    [("row", ["a", "b"], False), ("column", [], True), ("both", ["a", "b"], True)],
)
def test_a_table_says_what_names_its_cells(header: str, head: list[str], column: bool):
    value = TableBlock().to_python(table("a|b\nc|d", header))
    assert value.head == head
    assert value.first_column_is_header is column
    html = html_of(TableBlock(), table("a|b\nc|d", header))
    assert ('scope="col"' in html) is bool(head)
    assert ('scope="row"' in html) is column
    assert "<caption" in html


@pytest.mark.parametrize("cells", ["", " \n\t\n", "|"])
def test_an_empty_table_breaks_nothing(cells: str):
    html_of(TableBlock(), table(cells))


# --- Links ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_link_is_a_page_or_an_address_and_not_both():
    page = StandardPageFactory()
    assert set(errors_in(LinkBlock(), {"page": page.pk, "url": "https://elders.example/"})) == {
        "url"
    }
    assert set(errors_in(LinkBlock(), {"page": None, "url": ""})) == {"page"}
    block = LinkBlock(required=False)
    block.clean(block.to_python({"page": None, "url": ""}))


@pytest.mark.django_db
def test_a_link_to_a_draft_is_refused_and_leads_nowhere():
    draft = StandardPageFactory(live=False)
    chosen = {"page": draft, "url": ""}
    value = LinkBlock().normalize(chosen)
    with pytest.raises(StructBlockValidationError) as caught:
        LinkBlock().clean(value)
    assert set(caught.value.block_errors) == {"page"}
    assert value.address == ""


@pytest.mark.django_db
def test_a_link_to_a_page_leads_to_its_address():
    page = StandardPageFactory(slug="over-ons")
    value = LinkBlock().to_python({"page": page.pk, "url": ""})
    assert value.address == "/over-ons/"
    assert not value.is_external


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/pad", "elders"])
def test_an_address_elsewhere_is_a_web_address(url: str):
    assert set(errors_in(LinkBlock(), {"page": None, "url": url})) == {"url"}


@pytest.mark.django_db
def test_text_names_its_broken_links():
    live, draft = StandardPageFactory(), StandardPageFactory(live=False)
    html = "".join(
        f'<p><a linktype="page" id="{page_id}">{text}</a></p>'
        for page_id, text in [(live.pk, "goed"), (draft.pk, "een <b>schets</b>"), (987_654, "weg")]
    )
    block = TextBlock()
    with pytest.raises(ValidationError) as caught:
        block.clean(block.to_python(html))
    (message,) = caught.value.messages
    assert "“een schets”" in message
    assert "“weg”" in message
    assert "goed" not in message


@pytest.mark.django_db
def test_a_link_to_a_page_that_went_stays_as_text():
    page = StandardPageFactory(slug="weg")
    raw = f'<p>Lees <a linktype="page" id="{page.pk}">meer</a>.</p>'
    assert 'href="/weg/"' in html_of(TextBlock(), raw)
    Page.objects.get(pk=page.pk).delete()
    html = html_of(TextBlock(), raw)
    assert "href" not in html
    assert "meer" in html


# --- Links to others (P33) -----------------------------------------------------------------------

ELSEWHERE = "https://elders.example/pad?a=1&b=2"


@pytest.mark.promise("P33")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("text", f'<p><a href="{ELSEWHERE}">elders</a></p>'),
        ("button", {"label": "Elders", "link": {"page": None, "url": ELSEWHERE}}),
        (
            "call_to_action",
            {"heading": "Kom", "label": "Elders", "link": {"page": None, "url": ELSEWHERE}},
        ),
        (
            "cards",
            {
                "cards": [
                    {"heading": "Een", "text": "Een.", "link": {"page": None, "url": ELSEWHERE}},
                    {"heading": "Twee", "text": "Twee.", "link": {"page": None, "url": ""}},
                ]
            },
        ),
        (
            "questions",
            {"questions": [{"question": "Wat?", "answer": f'<a href="{ELSEWHERE}">elders</a>'}]},
        ),
    ],
)
def test_a_link_to_another_site_is_recognisable_in_every_block(type_: str, value: Any):
    html = html_of(BodyBlock(), [{"type": type_, "value": value}])
    (link,) = BeautifulSoup(html, "lxml").select(f'a[href^="{ELSEWHERE[:20]}"]')
    assert link["href"] == ELSEWHERE
    assert "noopener" in link["rel"]
    assert "external" in link["class"]


@pytest.mark.promise("P33")
@pytest.mark.django_db
def test_a_video_is_a_link_that_says_it_plays_elsewhere():
    film = {"title": "Film", "url": ELSEWHERE, "description": ""}
    soup = BeautifulSoup(html_of(BodyBlock(), [{"type": "video", "value": film}]), "lxml")
    assert not soup.select("iframe, video, img, script")
    assert "noopener" in soup.select_one("a")["rel"]
    assert len(soup.get_text(" ", strip=True)) > len("Film") + 20


@pytest.mark.promise("P33")
@pytest.mark.django_db
def test_a_link_to_our_own_site_is_not_marked_as_anothers():
    html = html_of(TextBlock(), '<p><a href="http://localhost:8000/blog/">blog</a></p>')
    assert "external" not in html


# --- Whatever editors type -----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("heading", {"level": "2", "text": "{0}"}),
        ("quote", {"text": "{0}", "name": "{0}", "role": "{0}"}),
        ("button", {"label": "{0}", "link": {"page": None, "url": "https://elders.example/"}}),
        ("table", {"caption": "{0}", "header": "both", "cells": "{0}|b\n{0}|d"}),
        ("video", {"title": "{0}", "url": "https://elders.example/", "description": "{0}"}),
    ],
)
def test_typed_markup_is_shown_and_never_run(type_: str, value: dict[str, Any]):
    attack = "<script>alert(1)</script>\" onload='x"
    filled = {
        name: part.format(attack) if isinstance(part, str) else part for name, part in value.items()
    }
    html = html_of(BodyBlock(), [{"type": type_, "value": filled}])
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert '" onload=' not in html


@pytest.mark.django_db
def test_a_picture_that_was_deleted_breaks_nothing():
    html_of(BodyBlock(), [{"type": "picture", "value": {"picture": None, "caption": "Weg"}}])
    html_of(
        BodyBlock(),
        [
            {
                "type": "picture",
                "value": {
                    "picture": {"image": 987_654, "alt_text": "x", "decorative": False},
                    "caption": "Weg",
                },
            }
        ],
    )
