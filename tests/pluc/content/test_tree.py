"""The pages above a page, and its translations."""

import uuid

import pytest
from django.utils import translation

from pluc.content.tree import language_links, trail_to, tree_paths
from tests.factories import PostFactory, StandardPageFactory, blog_index, home_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language", "paths"),
    [
        ("/", "nl", ["/home/"]),
        ("/en/", "en", ["/home-en/"]),
        ("/a/b/", "nl", ["/home/", "/home/a/", "/home/a/b/"]),
        ("/en/a/", "en", ["/home-en/", "/home-en/a/"]),
        ("//a//", "nl", ["/home/", "/home/a/"]),
    ],
)
def test_an_address_names_every_page_on_the_way(path: str, language: str, paths: list[str]):
    assert tree_paths(path, language) == paths


@pytest.mark.parametrize("depth", [1, 3])
def test_a_trail_costs_one_query_however_deep(depth: int, django_assert_num_queries):
    page = home_page()
    for number in range(depth):
        page = StandardPageFactory(parent=page, slug=f"laag-{number}")
    with django_assert_num_queries(1):
        trail = trail_to(page.url, "nl")
        assert trail.page == page.page_ptr
        assert len(trail.breadcrumbs) == depth


def test_breadcrumbs_lead_from_home_to_the_parent():
    post = PostFactory(slug="een-bericht")
    trail = trail_to("/blog/een-bericht/", "nl")
    assert [crumb.url for crumb in trail.breadcrumbs] == ["/", "/blog/"]
    assert trail.breadcrumbs[1].title == blog_index().title
    assert trail.page == post.page_ptr


def test_the_home_page_has_no_breadcrumbs():
    assert trail_to("/", "nl").breadcrumbs == []


def test_a_translated_page_links_to_its_translation():
    key = uuid.uuid4()
    StandardPageFactory(slug="over-ons", translation_key=key)
    StandardPageFactory(language="en", slug="about-us", translation_key=key)
    dutch, english = trail_to("/over-ons/", "nl").languages
    assert (dutch.url, dutch.current) == ("/over-ons/", True)
    assert (english.url, english.current, english.is_translation) == ("/en/about-us/", False, True)


def test_a_page_without_translation_links_to_the_other_home_page():
    StandardPageFactory(slug="over-ons")
    _, english = trail_to("/over-ons/", "nl").languages
    assert (english.url, english.is_translation) == ("/en/", False)


def test_a_translation_that_is_a_draft_is_not_linked():
    key = uuid.uuid4()
    StandardPageFactory(slug="over-ons", translation_key=key)
    StandardPageFactory(language="en", slug="about-us", translation_key=key, live=False)
    _, english = trail_to("/over-ons/", "nl").languages
    assert (english.url, english.is_translation) == ("/en/", False)


def test_an_address_without_a_page_has_a_trail_without_a_page():
    trail = trail_to("/nergens/", "nl")
    assert trail.page is None
    assert [page.url_path for page in trail.above] == ["/home/"]


def test_addresses_alike_in_every_language_link_to_each_other():
    with translation.override("en"):
        assert [link.url for link in language_links("en", "/en/zoeken/")] == [
            "/zoeken/",
            "/en/zoeken/",
        ]
