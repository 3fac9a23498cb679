"""What machines ask for: robots.txt, sitemap, security.txt, the feed."""

import uuid
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from home.feeds import NEWEST
from portal.meetings.models import Meeting
from tests.factories import FullPostFactory, PostFactory, StandardPageFactory
from tests.home.offers import on_offer
from tests.planning import CourseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_robots_may_read_everything_but_searches(visitor: Client):
    response = visitor.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /zoeken/" in response.text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in response.text


def test_the_sitemap_names_every_live_page_with_its_translations(visitor: Client):
    key = uuid.uuid4()
    StandardPageFactory(slug="over-ons", translation_key=key)
    StandardPageFactory(language="en", slug="about-us", translation_key=key)
    StandardPageFactory(slug="schets", live=False)
    response = visitor.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)
    found = {
        url.findtext(f"{SITEMAP}loc"): {
            link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")
        }
        for url in root
    }
    base = "http://localhost:8000"
    assert {f"{base}/", f"{base}/en/", f"{base}/over-ons/", f"{base}/en/about-us/"} <= set(found)
    assert f"{base}/schets/" not in found
    assert found[f"{base}/over-ons/"]["nl"] == f"{base}/over-ons/"
    assert found[f"{base}/over-ons/"]["en"] == f"{base}/en/about-us/"


@pytest.mark.parametrize("month", range(1, 13))
def test_security_txt_never_expires_within_a_month_nor_lasts_a_year(visitor: Client, month: int):
    for day in (1, 28):
        now = datetime(2027, month, day, 12, tzinfo=UTC)
        with time_machine.travel(now, tick=False):
            response = visitor.get("/.well-known/security.txt")
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        fields = dict(line.split(": ", 1) for line in response.text.splitlines() if line)
        assert {"Contact", "Expires", "Canonical"} <= set(fields)
        expires = datetime.fromisoformat(fields["Expires"])
        assert now + timedelta(days=30) < expires < now + timedelta(days=365)


def test_the_feed_is_atom_with_the_newest_posts_of_its_language(visitor: Client):
    post = FullPostFactory(
        title="Dutch & <proper>", slug="een-bericht", intro="Waar het over gaat."
    )
    PostFactory(live=False)
    PostFactory(language="en", slug="a-post")
    response = visitor.get("/blog/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Dutch & <proper>"
    assert entry.find(f"{ATOM}link").get("href") == "http://localhost:8000/blog/een-bericht/"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == post.author.name
    english = ElementTree.fromstring(visitor.get("/en/blog/feed/").content)
    assert english.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert len(english.findall(f"{ATOM}entry")) == 1


def test_the_feed_has_an_end(visitor: Client):
    for _ in range(NEWEST + 1):
        PostFactory()
    root = ElementTree.fromstring(visitor.get("/blog/feed/").content)
    assert len(root.findall(f"{ATOM}entry")) == NEWEST


def test_an_empty_feed_is_still_a_feed(visitor: Client):
    assert ElementTree.fromstring(visitor.get("/blog/feed/").content).tag == f"{ATOM}feed"


def ids_in(visitor: Client, address: str) -> list[str | None]:
    root = ElementTree.fromstring(visitor.get(address).content)
    return [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]


def test_an_entry_keeps_its_id_when_its_address_changes(visitor: Client):
    post = PostFactory(slug="oud")
    PostFactory(language="en", slug="old", translation_key=post.translation_key)
    before = ids_in(visitor, "/blog/feed/")
    post.slug = "nieuw"
    post.save_revision().publish()
    assert "/blog/nieuw/" in visitor.get("/blog/feed/").text
    assert ids_in(visitor, "/blog/feed/") == before
    assert str(before[0]).startswith("urn:uuid:")
    assert ids_in(visitor, "/en/blog/feed/") != before


def met_again(visitor: Client, address: str, response: HttpResponse) -> list[int]:
    """The answers to what a reader kept of an earlier one: by its ETag, and by its date alone."""
    kept = [
        {"If-None-Match": response["ETag"], "If-Modified-Since": response["Last-Modified"]},
        {"If-Modified-Since": response["Last-Modified"]},
    ]
    return [visitor.get(address, headers=headers).status_code for headers in kept]


@pytest.mark.parametrize(
    "address", ["/blog/feed/", "/bijeenkomsten/agenda.ics", "/bijeenkomsten/fiscaal/een.ics"]
)
def test_a_feed_is_not_sent_again_to_who_has_it(visitor: Client, address: str):
    post, meeting = PostFactory(), on_offer(code="een", course=CourseFactory(slug="fiscaal"))
    first = visitor.get(address)
    assert met_again(visitor, address, first) == [304, 304]
    # A change that leaves no newer date in the list, within the same second.
    post.unpublish()
    Meeting.objects.filter(pk=meeting.pk).update(sequence=7)
    assert met_again(visitor, address, first) == [200, 200]
    assert met_again(visitor, address, visitor.get(address)) == [304, 304]
