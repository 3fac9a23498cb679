"""Cards of posts and meetings for others' pages (oEmbed 1.0, docs/decisions/0052)."""

import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import PictureFactory, PostFactory, StandardPageFactory
from tests.home.offers import ENGLISH_OFFER, address_of, on_offer
from tests.planning import CourseFactory, at

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either_database,
    pytest.mark.usefixtures("fresh_cache"),
]

SITE = "http://localhost:8000"
MAY = dt.date(2027, 5, 12)
BEFORE = at(MAY - dt.timedelta(days=40), 9)


def card(visitor: Client, path: str, **asked):
    return visitor.get("/api/oembed/", {"url": SITE + path} | asked)


def test_a_post_is_a_quotation_with_its_picture(visitor: Client):
    post = PostFactory(
        title="Vier ogen & <twee>", intro="Wat je dan ziet.", picture=PictureFactory()
    )
    answer = card(visitor, post.get_url()).json()
    assert {name: answer[name] for name in ("version", "type", "title", "provider_name")} == {
        "version": "1.0",
        "type": "rich",
        "title": "Vier ogen & <twee>",
        "provider_name": "PLUC!",
    }
    quotation = BeautifulSoup(answer["html"], "lxml").blockquote
    assert quotation["lang"] == "nl"
    assert quotation.a["href"] == post.full_url
    assert quotation.a.text == "Vier ogen & <twee>"
    assert "Wat je dan ziet." in quotation.text
    assert answer["thumbnail_url"].startswith(f"{SITE}/media/")
    assert answer["thumbnail_width"] > 0


@time_machine.travel(BEFORE, tick=False)
def test_a_meeting_says_when_and_where_in_the_language_of_its_page(visitor: Client):
    course = CourseFactory(slug="fiscaal", title="Fiscaal", title_en="Tax")
    meeting = on_offer("nl", "en", course=course, code="fiscaal-1", day=MAY)
    dutch = card(visitor, address_of(meeting)).json()
    assert "Woensdag 12 mei 2027, 13.30 tot 17.00 uur" in dutch["html"]
    english = card(visitor, f"{address_of(meeting, ENGLISH_OFFER)}?partner=x#facts").json()
    assert "Wednesday 12 May 2027, 13:30 to 17:00" in english["html"]
    assert 'lang="en"' in english["html"]


def test_a_card_holds_nothing_that_acts_or_asks(visitor: Client):
    """Text and links, of which sanitisers leave everything."""
    post = PostFactory(title="<script>alert(1)</script>", intro='<img src=x onerror="alert(1)">')
    html = BeautifulSoup(card(visitor, post.get_url()).json()["html"], "lxml")
    assert {one.name for one in html.body.find_all(True)} == {"blockquote", "p", "a", "cite"}
    assert {name for one in html.body.find_all(True) for name in one.attrs} == {
        "class",
        "lang",
        "href",
    }


def test_a_card_keeps_within_the_room_that_there_is(visitor: Client):
    post = PostFactory(picture=PictureFactory())
    wide = card(visitor, post.get_url(), maxwidth="2000").json()
    narrow = card(visitor, post.get_url(), maxwidth="300").json()
    assert (wide["type"], wide["width"]) == ("rich", 600)
    assert (narrow["type"], narrow["width"]) == ("rich", 300)
    assert narrow["height"] >= wide["height"]
    assert narrow.get("thumbnail_width", 0) <= 300
    for room in ({"maxwidth": "100"}, {"maxheight": "40"}):
        small = card(visitor, post.get_url(), **room).json()
        assert small["type"] == "link"
        assert not {"html", "width", "height"} & small.keys()


def test_a_card_comes_as_xml_too(visitor: Client):
    post = PostFactory(title="Vier ogen & <twee>")
    answer = card(visitor, post.get_url(), format="xml")
    assert answer["Content-Type"].startswith("text/xml")
    root = ElementTree.fromstring(answer.content)
    told = {one.tag: one.text for one in root}
    assert told["title"] == "Vier ogen & <twee>"
    assert told["html"].startswith("<blockquote")


def test_all_that_has_no_card_gets_one_and_the_same_answer(visitor: Client):
    draft = PostFactory(live=False)
    marked = PostFactory(not_for_api=True)
    page = StandardPageFactory()
    meeting = on_offer("nl", code="dicht-1", is_listed=False)
    course = on_offer("nl", code="open-1").course
    paths = [
        draft.get_url(),
        marked.get_url(),
        page.get_url(),
        address_of(meeting),
        f"/bijeenkomsten/{course.slug}/",
        f"/bijeenkomsten/{course.slug}/nergens/",
        "/nergens/",
        "/",
        "",
        "/blog/%00/",
        "//nergens.example/blog/",
        "/mijn/",
        "/beheer/",
    ]
    answers = [card(visitor, path) for path in paths]
    answers += [
        visitor.get("/api/oembed/", {"url": url})
        for url in ("https://nergens.example/blog/x/", "javascript:alert(1)", "x", "https://[", "")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    told = [{k: v for k, v in one.items() if k != "RateLimit"} for one in answers]
    assert all(one == told[0] for one in told)


def test_what_is_asked_wrongly_is_told_and_what_others_add_is_ignored(visitor: Client):
    post = PostFactory()
    for wrong in ({"maxwidth": "breed"}, {"maxheight": "0"}, {"format": "yaml"}):
        answer = card(visitor, post.get_url(), **wrong)
        assert answer.status_code == 422, wrong
        assert answer["Content-Type"] == "application/problem+json"
    assert visitor.get("/api/oembed/").status_code == 422
    assert card(visitor, post.get_url(), dnt="true", omit_script="1").status_code == 200


def test_pages_say_where_their_card_is(visitor: Client):
    post, meeting = PostFactory(title='Over "ons" & jou'), on_offer("nl", "en", code="latent-1")
    for path in (post.get_url(), address_of(meeting), address_of(meeting, ENGLISH_OFFER)):
        soup = BeautifulSoup(visitor.get(path).content, "lxml")
        links = soup.select("head link[type$=oembed]")
        assert [one["type"] for one in links] == ["application/json+oembed", "text/xml+oembed"]
        for link in links:
            parts = urlsplit(link["href"])
            assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{SITE}/api/oembed/"
            found = visitor.get(f"{parts.path}?{parts.query}")
            assert found.status_code == 200
            assert soup.find("link", rel="canonical")["href"] in found.content.decode()
    marked = BeautifulSoup(visitor.get(PostFactory(not_for_api=True).get_url()).content, "lxml")
    assert marked.select("link[type$=oembed]") == []
    course = BeautifulSoup(visitor.get(f"/bijeenkomsten/{meeting.course.slug}/").content, "lxml")
    assert course.select("link[type$=oembed]") == []
