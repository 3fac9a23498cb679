"""The difference between two versions, marked by elements and by words (STANDARDS 4.4)."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st

from legal.statements.difference import difference
from tests.legal.versions import days_from_now, make_editions

WHAT_MAY_COME_OUT = {
    *("a", "b", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "li"),
    *("ol", "p", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "tr", "ul"),
}


def parsed(old: str, new: str) -> BeautifulSoup:
    """The difference, as an HTML parser mends it: what is misplaced would be moved."""
    return BeautifulSoup(difference(old, new), "html.parser")


def without_cues(tag: Tag) -> str:
    text = BeautifulSoup(str(tag), "html.parser")
    for cue in text.select(".hidden-visually"):
        cue.extract()
    return " ".join(text.get_text(" ").split())


def one_side(old: str, new: str, *, left_out: str) -> list[str]:
    """The words of one of both texts, in order, as the difference holds them."""
    result = parsed(old, new)
    for tag in result.select(left_out):
        tag.extract()
    return without_cues(result).split()


# --- By example ----------------------------------------------------------------------------------


def test_a_changed_word_is_removed_and_added():
    result = parsed("<p>We bewaren je naam.</p>", "<p>We bewaren je adres.</p>")
    assert [without_cues(tag) for tag in result.select("del")] == ["naam."]
    assert [without_cues(tag) for tag in result.select("ins")] == ["adres."]
    assert without_cues(result) == "We bewaren je naam. adres."


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_change_is_said_in_words_too(language: str):
    with translation.override(language):
        result = parsed("<p>Eerst dit.</p>", "<p>Eerst dat.</p>")
    for tag in result.select("ins, del"):
        start, end = tag.select(".hidden-visually")
        assert tag.get_text().startswith(start.text)
        assert tag.get_text().endswith(end.text)
        assert start.text.strip()
        assert start.text.strip() != end.text.strip()


def test_the_cues_follow_the_language_of_the_page():
    for language in ("en", "nl", "en"):
        with translation.override(language):
            result = difference("<p>Eerst dit.</p>", "<p>Eerst dat.</p>")
            assert gettext("added:") in result
            assert gettext("removed:") in result


def test_equal_texts_have_no_difference():
    text = "<h2>Kop</h2><p>We bewaren <strong>niets</strong>.</p><ul><li>Echt</li></ul>"
    result = parsed(text, text)
    assert not result.select("ins, del")
    assert without_cues(result) == "Kop We bewaren niets . Echt"


def test_a_paragraph_that_is_new_is_added_whole():
    result = parsed("<p>Een.</p><p>Drie.</p>", "<p>Een.</p><p>Twee is nieuw.</p><p>Drie.</p>")
    assert [without_cues(p) for p in result.select("p:has(ins)")] == ["Twee is nieuw."]
    assert not result.select("del")


def test_list_items_stay_in_lists_and_rows_in_tables():
    old = "<p>Lijst</p><ul><li>a b c</li><li>weg ermee</li></ul>"
    old += "<table><tr><th>Wie</th><td>Waar</td></tr></table>"
    new = "<h2>Kop</h2><ul><li>a b d</li><li>x y z</li></ul><p>Tussendoor</p>"
    new += "<table><tr><th>Wie</th><td>Daar</td></tr><tr><th>Nieuw</th><td>Hier</td></tr></table>"
    result = parsed(old, new)
    assert all(item.parent.name in {"ul", "ol"} for item in result.select("li"))
    assert all(cell.parent.name == "tr" for cell in result.select("th, td"))
    assert not result.select("tr > ins, tr > del, ul > ins, ul > del, table > ins, table > del")
    assert [without_cues(cell) for cell in result.select("th > ins")] == ["Nieuw"]


def test_a_table_keeps_its_name_and_its_headers():
    table = "<table><caption>Ontvangers</caption><thead><tr><th>Wie</th><th>Waar</th></tr></thead>"
    table += "<tbody><tr><th>Bizway</th><td>{}</td></tr></tbody></table>"
    result = parsed(table.format("Nederland"), table.format("België"))
    assert [cell["scope"] for cell in result.select("th")] == ["col", "col", "row"]
    assert result.select_one("[tabindex='0']")["aria-label"] == "Ontvangers"


def test_a_link_that_leads_elsewhere_is_a_change():
    result = parsed('<p>Zie <a href="/x/">hier</a>.</p>', '<p>Zie <a href="/y/">hier</a>.</p>')
    assert result.select_one("del a")["href"] == "/x/"
    assert result.select_one("ins a")["href"] == "/y/"


def test_a_sign_after_a_link_stays_against_it():
    text = '<p>Zie <a href="/x/">deze pagina</a>, en dan verder.</p>'
    assert "deze pagina</a>, en" in difference(text, text)


@pytest.mark.parametrize(
    "word", [' id="5"', "&lt;ins&gt;", "&amp;lt;", "<ins>", "{{ 7 }}", "%s", "\\"]
)
def test_no_word_is_lost_or_taken_for_markup(word: str):
    text = f"<p>Er staat {escape(word)} hier.</p>"
    result = parsed("<p>Er staat iets hier.</p>", text)
    assert without_cues(result.select_one("ins")) == " ".join(word.split())


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> <a href='javascript:1'>&</a>"


def test_hostile_text_stays_text():
    result = parsed("<p>Niets</p>", f"<p>{escape(HOSTILE)}</p>")
    assert {tag.name for tag in result.find_all()} <= WHAT_MAY_COME_OUT
    assert not result.select("a, img, script")
    assert without_cues(result.select_one("ins")) == " ".join(HOSTILE.split())


def test_even_hostile_markup_comes_out_as_ours():
    result = parsed("<p>Niets</p>", f"<div onclick=x>{HOSTILE}<style>p</style></div>")
    assert {tag.name for tag in result.find_all()} <= WHAT_MAY_COME_OUT
    assert not re.search(r"\son\w+=", difference("", f"<p onclick='x'>a</p>{HOSTILE}"))


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "<p>a</p>"), ("<p>a</p>", ""), ("a", "b")])
def test_empty_and_bare_texts_are_texts_too(old: str, new: str):
    assert one_side(old, new, left_out="del") == one_side(new, new, left_out="del")


# --- In general ----------------------------------------------------------------------------------

words = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="\x00"),
    min_size=1,
    max_size=8,
)
paragraphs = st.lists(words, min_size=1, max_size=12)
tags = st.sampled_from(["p", "h2", "li"])
blocks = st.lists(st.tuples(tags, paragraphs), max_size=6)


def as_html(text: list[tuple[str, list[str]]]) -> str:
    parts = []
    for tag, inside in text:
        block = f"<{tag}>{escape(' '.join(inside))}</{tag}>"
        parts.append(f"<ul>{block}</ul>" if tag == "li" else block)
    return "".join(parts)


def words_in(text: list[tuple[str, list[str]]]) -> list[str]:
    return [word for _, inside in text for word in inside]


@given(old=blocks, new=blocks)
def test_both_texts_can_be_read_from_the_difference(old, new):
    before, after = as_html(old), as_html(new)
    assert one_side(before, after, left_out="ins") == words_in(old)
    assert one_side(before, after, left_out="del") == words_in(new)


@given(text=blocks)
def test_a_text_does_not_differ_from_itself(text):
    assert not parsed(as_html(text), as_html(text)).select("ins, del")


@given(old=st.text(max_size=60), new=st.text(max_size=60))
def test_any_text_at_all_gives_a_difference(old: str, new: str):
    result = parsed(f"<p>{escape(old)}</p>", f"<p>{escape(new)}</p>")
    assert {tag.name for tag in result.find_all()} <= WHAT_MAY_COME_OUT


# --- The page ------------------------------------------------------------------------------------


@pytest.fixture
def versions(db: None) -> tuple[str, str]:
    old = make_editions(
        days_from_now(-9), html="<p>We bewaren je naam.</p>", key_points=["Oud punt"]
    )
    new = make_editions(
        days_from_now(-3), html="<p>We bewaren je adres.</p>", key_points=["Nieuw punt"]
    )
    return old["nl"].version, new["nl"].version


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_shows_what_changed_and_is_no_search_result(visitor, versions, prefix: str):
    old, new = versions
    response = visitor.get(f"{prefix}/privacyverklaring/verschil/{old}/{new}/")
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert [without_cues(tag) for tag in page.select(".difference p del")] == ["naam."]
    assert [without_cues(tag) for tag in page.select(".difference p ins")] == ["adres."]


def test_the_page_shows_the_points_in_short_too(visitor, versions):
    text = visitor.get("/privacyverklaring/verschil/{}/{}/".format(*versions)).text
    page = BeautifulSoup(text, "html.parser")
    assert [without_cues(tag) for tag in page.select(".difference li del")] == ["Oud"]


def test_the_page_compares_either_way(visitor, versions):
    text = visitor.get("/privacyverklaring/verschil/{1}/{0}/".format(*versions)).text
    page = BeautifulSoup(text, "html.parser")
    assert [without_cues(tag) for tag in page.select(".difference p ins")] == ["naam."]


def test_a_version_compared_with_itself_has_no_changes(visitor, versions):
    text = visitor.get("/privacyverklaring/verschil/{0}/{0}/".format(*versions)).text
    assert not BeautifulSoup(text, "html.parser").select(".difference ins, .difference del")
