"""Addresses of pages are worked out from the tree alone."""

from typing import Any, cast

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from home.models import StandardPage
from pluc.content.addresses import absolute, home_path, page_path
from tests.factories import PostFactory, StandardPageFactory, home_page
from tests.houses import House

slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda slug: len(slug) < 30)


class Place:
    """All of a page that its address depends on."""

    def __init__(self, url_path: str) -> None:
        self.url_path = url_path


@pytest.mark.parametrize(
    ("url_path", "address"),
    [
        ("/home/", "/"),
        ("/home-en/", "/en/"),
        ("/home/contact/", "/contact/"),
        ("/home-en/contact/", "/en/contact/"),
        ("/home/blog/een-bericht/", "/blog/een-bericht/"),
        ("/home-en/blog/a-post/", "/en/blog/a-post/"),
        ("/home/home-en/", "/home-en/"),
    ],
)
def test_a_page_has_the_address_of_its_place(url_path: str, address: str):
    assert page_path(cast(Any, Place(url_path))) == address


@given(language=st.sampled_from(["nl", "en"]), path=st.lists(slugs, max_size=4))
def test_every_place_in_a_language_has_an_address_of_its_own(language: str, path: list[str]):
    url_path = home_path(language) + "".join(f"{slug}/" for slug in path)
    address = page_path(cast(Any, Place(url_path)))
    assert address.startswith("/")
    assert address.endswith("/")
    assert "//" not in address
    assert address.removeprefix("/en/" if language == "en" else "/") == url_path.removeprefix(
        home_path(language)
    )


def test_an_absolute_address_comes_from_the_settings(two_hosts: House):
    assert absolute("/blog/") == "http://pluc.localhost:8000/blog/"


@pytest.mark.django_db
def test_an_address_costs_no_query(django_assert_num_queries):
    page = StandardPageFactory(parent=home_page("en"), slug="about-us")
    with django_assert_num_queries(0):
        assert page.url == "/en/about-us/"
        assert page.get_url() == "/en/about-us/"
        assert page.full_url == "http://localhost:8000/en/about-us/"


@pytest.mark.django_db
def test_links_to_pages_cross_hosts_where_there_are_two(two_hosts: House):
    page = StandardPageFactory(slug="over-ons")
    assert page.url == "http://pluc.localhost:8000/over-ons/"


@pytest.mark.django_db
def test_the_address_that_a_page_says_is_where_it_is_served(visitor: Client):
    for language in ("nl", "en"):
        post = PostFactory(language=language)
        below = StandardPageFactory(parent=StandardPageFactory(language=language))
        for page in (home_page(language), post, below):
            response = visitor.get(page.url)
            assert response.status_code == 200
            assert page.title in response.text


@pytest.mark.django_db
def test_moving_a_page_moves_its_address_and_leaves_a_redirect(visitor: Client):
    above = StandardPageFactory(slug="boven")
    page = StandardPageFactory(slug="pagina")
    page.move(above, pos="last-child")
    assert StandardPage.objects.get(pk=page.pk).url == "/boven/pagina/"
    assert visitor.get("/boven/pagina/").status_code == 200
    moved = visitor.get("/pagina/")
    assert (moved.status_code, moved["Location"]) == (301, "/boven/pagina/")
