"""Pages that blocks and rich text point at: one query for all, in the reader's language."""

import uuid

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from pluc.content.references import load_pages, loading, page_ids_in, referenced_page
from tests.factories import StandardPageFactory


@pytest.fixture
def translated(db: None) -> tuple[Page, Page]:
    """A page in Dutch and in English."""
    key = uuid.uuid4()
    dutch = StandardPageFactory(slug="over-ons", translation_key=key)
    english = StandardPageFactory(language="en", slug="about-us", translation_key=key)
    return dutch, english


def test_ids_are_found_in_choosers_and_in_rich_text_however_deep():
    raw = [
        {
            "type": "text",
            "value": '<p><a linktype="page" id="7">x</a> <a href="https://a.b">y</a></p>',
        },
        {"type": "cards", "value": {"cards": [{"value": {"link": {"page": 8, "url": ""}}}]}},
        {"type": "questions", "value": [{"answer": '<a id="9" linktype="page">z</a>'}]},
    ]
    assert set(page_ids_in(raw)) == {7, 8, 9}


@pytest.mark.parametrize(
    "html",
    [
        '<a linktype="document" id="7">x</a>',
        '<embed linktype="page" id="7"/>',
        '<a linktype="page">x</a>',
        '<a linktype="page" id="seven">x</a>',
        'linktype="page" id="7"',
    ],
)
def test_what_only_looks_like_a_link_to_a_page_is_none(html: str):
    assert list(page_ids_in(html)) == []


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("page"), inner),
    max_leaves=20,
)


@given(raw=json)
def test_any_stored_data_can_be_read(raw: object):
    assert all(isinstance(page_id, int) for page_id in page_ids_in(raw))


def test_a_reference_leads_to_the_page_in_the_readers_language(translated: tuple[Page, Page]):
    dutch, english = translated
    assert referenced_page(dutch.pk) == dutch.page_ptr
    with translation.override("en"):
        assert referenced_page(dutch.pk) == english.page_ptr
        assert referenced_page(english.pk) == english.page_ptr


def test_a_reference_leads_to_the_original_where_the_translation_is_a_draft(
    translated: tuple[Page, Page],
):
    dutch, english = translated
    english.unpublish()
    with translation.override("en"):
        assert referenced_page(dutch.pk) == dutch.page_ptr


def test_a_draft_whose_translation_is_live_leads_to_that(translated: tuple[Page, Page]):
    dutch, english = translated
    dutch.unpublish()
    with translation.override("en"):
        assert referenced_page(dutch.pk) == english.page_ptr


def test_a_page_that_is_gone_or_a_draft_is_nothing(db: None):
    draft = StandardPageFactory(live=False)
    assert referenced_page(draft.pk) is None
    assert referenced_page(987_654) is None
    assert load_pages([draft.pk, 987_654]) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_all_pages_together_cost_one_query(db: None, number: int, django_assert_num_queries):
    pages = [StandardPageFactory() for _ in range(number)]
    html = "".join(f'<a linktype="page" id="{page.pk}">x</a>' for page in pages)
    with django_assert_num_queries(1), loading([{"value": html}]):
        assert [referenced_page(page.pk) for page in pages] == [page.page_ptr for page in pages]


def test_nothing_referenced_costs_nothing(db: None, django_assert_num_queries):
    with django_assert_num_queries(0), loading([{"value": "<p>Geen links.</p>"}]):
        pass


def test_a_page_that_is_gone_is_not_asked_for_again(db: None, django_assert_num_queries):
    with loading([{"page": 987_654}]), django_assert_num_queries(0):
        assert referenced_page(987_654) is None


def test_what_was_loaded_is_forgotten_afterwards(db: None, django_assert_num_queries):
    page = StandardPageFactory()
    with loading([{"page": page.pk}]):
        pass
    with django_assert_num_queries(1):
        referenced_page(page.pk)
