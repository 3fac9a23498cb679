"""The pages of the public site as visitors get them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from home.models import BlogIndexPage, BlogPostPage
from pluc.content.tasks import publish_due
from tests.factories import (
    BlogIndexPageFactory,
    ContactPageFactory,
    FullPostFactory,
    OfferPageFactory,
    PostFactory,
    StandardPageFactory,
    TopicFactory,
    blog_index,
    home_page,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def soup_of(visitor: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(visitor.get(address).text, "lxml")


def only(soup: BeautifulSoup, selector: str) -> Tag:
    (found,) = soup.select(selector)
    return found


# --- What is not there ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/onbekend/",
        "/en/unknown/",
        "/blog/onbekend/",
        "/blog/?pagina=0",
        "/blog/?pagina=-1",
        "/blog/?pagina=2",
        "/blog/?pagina=1.5",
        "/blog/?pagina=een",
        "/blog/?page=9999",
        "/blog/?page=x",
        "/blog/?pagina=",
        "/blog/?pagina=²",
        "/blog/?pagina=" + "9" * 5_000,
        "/blog/?onderwerp=onbekend",
        "/zoeken/?pagina=2",
        "/zoeken/?pagina=nul",
        "/zoeken/?q=x&pagina=" + "9" * 5_000,
        "/privacyverklaring/2018-02-31/",
        "/privacyverklaring/1999-01-01/",
        "/privacyverklaring/18-05-16/",
    ],
)
def test_what_is_not_there_is_a_404_that_helps_one_on(visitor: Client, address: str):
    PostFactory()
    response = visitor.get(address)
    assert response.status_code == 404
    soup = BeautifulSoup(response.text, "lxml")
    assert soup.select('a[href="/"], a[href="/en/"]')
    assert soup.select("h1")
    assert soup.html["lang"] == ("en" if address.startswith("/en/") else "nl")


def test_a_draft_is_not_found(visitor: Client):
    StandardPageFactory(slug="schets", live=False)
    assert visitor.get("/schets/").status_code == 404


def test_a_page_that_was_unpublished_is_not_found(visitor: Client):
    page = StandardPageFactory(slug="weg")
    assert visitor.get("/weg/").status_code == 200
    page.unpublish()
    assert visitor.get("/weg/").status_code == 404


def test_an_error_page_needs_neither_database_nor_request(settings):
    from django.test import RequestFactory

    from pluc.errors import server_error

    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "<h1" in response.text


# --- Planned publishing --------------------------------------------------------------------------


def test_the_worker_publishes_and_unpublishes_what_was_planned(visitor: Client):
    now = timezone.now()
    page = StandardPageFactory(slug="later", live=False)
    page.go_live_at, page.expire_at = now + timedelta(hours=1), now + timedelta(hours=2)
    page.save_revision().publish()
    for hours, status in [(0, 404), (1.1, 200), (2.1, 404)]:
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            publish_due()
            publish_due()
            assert visitor.get("/later/").status_code == status


# --- Every page ----------------------------------------------------------------------------------


@pytest.fixture
def addresses(db: None) -> list[str]:
    """The addresses of a page of every type."""
    FullPostFactory(slug="een-bericht", topics=[TopicFactory()])
    pages = [StandardPageFactory(), OfferPageFactory(), ContactPageFactory(), blog_index()]
    return ["/", "/en/", "/blog/een-bericht/", *(page.url for page in pages)]


def test_every_page_has_one_heading_of_the_first_level_and_skips_none(
    visitor: Client, addresses: list[str]
):
    for address in addresses:
        levels = [int(tag.name[1]) for tag in soup_of(visitor, address).select("h1,h2,h3,h4,h5,h6")]
        assert levels.count(1) == 1, address
        assert all(b - a <= 1 for a, b in pairwise(levels)), (address, levels)


def test_every_page_tells_search_engines_where_it_stands(visitor: Client, addresses: list[str]):
    for address in addresses:
        soup = soup_of(visitor, address)
        assert only(soup, 'link[rel="canonical"]')["href"] == f"http://localhost:8000{address}"
        assert only(soup, 'meta[name="description"]')["content"]
        assert only(soup, 'meta[property="og:url"]')["content"] == f"http://localhost:8000{address}"
        assert only(soup, "head > title").get_text()
        assert soup.html["lang"] == ("en" if address == "/en/" else "nl")


def test_a_page_with_a_translation_names_both_for_search_engines(visitor: Client):
    soup = soup_of(visitor, "/")
    found = {tag["hreflang"]: tag["href"] for tag in soup.select('link[rel="alternate"][hreflang]')}
    assert found["nl"] == "http://localhost:8000/"
    assert found["en"] == "http://localhost:8000/en/"


def test_a_post_describes_itself_to_machines(visitor: Client):
    import json

    FullPostFactory(slug="een-bericht", title="</script><b>Titel</b>", date=date(2026, 5, 12))
    script = only(soup_of(visitor, "/blog/een-bericht/"), 'script[type="application/ld+json"]')
    data = json.loads(script.get_text())
    assert data["headline"] == "</script><b>Titel</b>"
    assert data["datePublished"] == "2026-05-12"
    assert data["@type"] == "BlogPosting"


def test_every_picture_has_an_alternative_and_a_size(visitor: Client, addresses: list[str]):
    for address in addresses:
        for image in soup_of(visitor, address).select("img"):
            assert image.has_attr("alt"), (address, image)
            assert image.has_attr("width"), (address, image)
            assert image.has_attr("height"), (address, image)


# --- Query counts: literal, and the same with one and with three rows ----------------------------


@pytest.fixture(params=[1, 3])
def posts(request: pytest.FixtureRequest, db: None) -> list[BlogPostPage]:
    """One post, then three: each with author, portrait, picture and a shared topic."""
    topic = TopicFactory(slug="belasting")
    return [
        FullPostFactory(slug=f"bericht-{number}", topics=[topic]) for number in range(request.param)
    ]


# With a cache that keeps nothing, and with what every page shows remembered.
COSTS = [
    ("/", 8, 3),
    ("/blog/", 9, 6),
    ("/blog/?onderwerp=belasting", 9, 6),
    ("/blog/bericht-0/", 8, 5),
    ("/blog/feed/", 2, 3),
    ("/sitemap.xml", 2, 2),
    ("/zoeken/?q=bericht", 7, 4),
]


def test_a_list_costs_the_same_however_long_it_is(
    without_cache: None, visitor: Client, posts: list[BlogPostPage], django_assert_num_queries
):
    for address, queries, _ in COSTS:
        visitor.get(address)  # makes the renditions
        with django_assert_num_queries(queries, info=address):
            assert visitor.get(address).status_code == 200


def test_what_every_page_shows_is_asked_for_once(
    visitor: Client, posts: list[BlogPostPage], django_assert_num_queries
):
    for address, _, queries in COSTS:
        visitor.get(address)
        with django_assert_num_queries(queries, info=address):
            assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("factory", [StandardPageFactory, OfferPageFactory, ContactPageFactory])
def test_a_page_of_text_costs_few_queries(
    without_cache: None, visitor: Client, factory, django_assert_num_queries
):
    page = factory()
    with django_assert_num_queries(6 if factory is OfferPageFactory else 5):
        visitor.get(page.url)


# --- The blog ------------------------------------------------------------------------------------


def titles_on(visitor: Client, address: str) -> list[str]:
    return [tag.get_text(strip=True) for tag in soup_of(visitor, address).select(".posts h3")]


def test_the_blog_shows_posts_newest_first_in_pages(visitor: Client):
    size = BlogIndexPage.POSTS_A_PAGE
    for day in range(1, size + 3):
        PostFactory(title=f"Dag {day}", date=date(2026, 1, day))
    first = [f"Dag {day}" for day in range(size + 2, 2, -1)]
    assert titles_on(visitor, "/blog/") == first
    assert titles_on(visitor, "/blog/?pagina=2") == ["Dag 2", "Dag 1"]
    soup = soup_of(visitor, "/blog/?pagina=2")
    assert [a["href"] for a in soup.select('nav a[href*="pagina"], nav a[rel="prev"]')]


def test_pages_of_a_topic_keep_the_topic(visitor: Client):
    topic = TopicFactory(slug="belasting")
    for _ in range(BlogIndexPage.POSTS_A_PAGE + 1):
        PostFactory(topics=[topic])
    soup = soup_of(visitor, "/blog/?onderwerp=belasting")
    links = [a["href"] for a in soup.select("a[href*='pagina=2']")]
    assert links
    assert all("onderwerp=belasting" in link for link in links)


def test_an_empty_blog_says_so(visitor: Client):
    BlogIndexPageFactory()
    response = visitor.get("/blog/")
    assert response.status_code == 200
    assert titles_on(visitor, "/blog/") == []


def test_a_post_shows_who_wrote_it_and_when(visitor: Client):
    post = FullPostFactory(slug="een-bericht", date=date(2026, 5, 12))
    soup = soup_of(visitor, "/blog/een-bericht/")
    time = only(soup, "time[datetime='2026-05-12']")
    assert time.get_text() == "12 mei 2026"
    assert post.author.name in soup.get_text()


def test_a_post_without_anything_optional_still_renders(visitor: Client):
    PostFactory(slug="kaal", intro="", author=None, picture=None)
    assert visitor.get("/blog/kaal/").status_code == 200


# --- Staff ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["editor", "writer", "superuser"])
def test_the_dashboard_opens_for_all_staff(request, sign_in, who: str):
    user = request.getfixturevalue(who)
    StandardPageFactory(live=False, has_unpublished_changes=True)
    assert sign_in(user).get("/beheer/").status_code == 200


def test_an_editor_can_preview_a_draft(sign_in, editor):
    page = StandardPageFactory(slug="schets", live=False, title="Een schets")
    page.save_revision()
    response = sign_in(editor).get(f"/beheer/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert "Een schets" in response.text
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]


def test_the_tree_of_pages_is_sound():
    PostFactory()
    home_page()
    call_command("fixtree", interactive=False, verbosity=0)
