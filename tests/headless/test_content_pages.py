"""Pages of the content API: what they tell, how they are found, what a list costs."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headless.content.schemas.pages import BY_KIND
from headless.content.telling.pages import FIELDS
from pluc.content.blocks import BodyBlock
from pluc.content.for_api import kinds_of_page
from pluc.content.pictures import WIDTHS
from tests.factories import (
    AuthorFactory,
    CoursePageFactory,
    FullPostFactory,
    PartnerPageFactory,
    PostFactory,
    StandardPageFactory,
    TopicFactory,
    blog_index,
    home_page,
)
from tests.headless.content_pages import (
    a_document,
    api,
    asked,
    every_block,
    focused_picture,
    full_page,
    small_picture,
)
from tests.houses import House
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
# Of a list with all fields of pages of seven types.
MOST_QUERIES = 23
INTERNAL = ("linktype", "embedtype", "wagtail://", "/nooit/", "original_images", "db_html")


@pytest.mark.either_database
def test_every_page_type_is_told_or_is_never_public():
    kinds = {kind._meta.label for kind in kinds_of_page()}
    assert kinds - BY_KIND.keys() == {"statements.VersionPage"}  # editions are told instead
    for kind, answer in BY_KIND.items():
        assert {"id", "type", "meta", *FIELDS[kind]} == set(answer.model_fields)


def test_every_block_is_told_with_its_type(house: House):
    target = StandardPageFactory(slug="doel", title="Doel")
    page, host = full_page(target, focused_picture()), settings.SITE_URL
    answer = api(f"/pages/{page.pk}/")
    told = {block["type"]: block["value"] for block in answer.json()["body"]}
    assert set(told) == set(BodyBlock().child_blocks)
    assert told["heading"] == {"level": 2, "text": "Een kop"}
    assert f'<a href="{host}/doel/">daar</a>' in told["text"]
    assert f'<a href="{host}/documenten/' in told["text"]
    assert f'<a href="{host}/blog/">de blog</a>' in told["text"]
    assert told["questions"]["questions"] == [{"question": "Hoe?", "answer": told["text"]}]
    assert told["picture"]["picture"]["alt"] == "Een mand"
    assert [one["width"] for one in told["picture"]["picture"]["sizes"]] == list(WIDTHS)
    assert told["picture"]["picture"]["focal_point"]["x"] == 0.5
    button = told["button"]["link"]
    assert button["url"] == button["page"]["html_url"] == f"{host}/doel/"
    assert button["page"]["detail_url"] == f"{host}/api/v2/pages/{target.pk}/"
    assert told["call_to_action"]["link"] == {"url": "https://elders.example/", "page": None}
    assert [card["link"] is None for card in told["cards"]["cards"]] == [False, True]
    assert told["table"]["head"] == ["Dag", "Uren"]
    assert told["table"]["rows"] == [["ma", "4"]]
    assert not any(word in answer.content.decode() for word in INTERNAL)


def test_html_that_an_import_left_tells_nothing_of_how_it_is_stored():
    raw = '<p><A LINKTYPE="page" ID="15">daar</A> <IMG src="/media/original_images/x.jpg"></p>'
    page = StandardPageFactory(body=[{"type": "text", "value": raw}])
    told = asked(f"/pages/{page.pk}/")["body"][0]["value"]
    assert "daar" in told
    assert not any(word in told.lower() for word in INTERNAL)


@pytest.mark.either_database
def test_a_page_names_its_translations_and_its_place():
    dutch = StandardPageFactory(slug="over-ons", title="Over ons")
    english = StandardPageFactory(
        language="en", slug="about", translation_key=dutch.translation_key
    )
    told = asked("/pages/find/", html_path="/en/about/")
    assert (told["id"], told["type"], told["meta"]["locale"]) == (
        english.pk,
        "home.StandardPage",
        "en",
    )
    assert [one["id"] for one in told["meta"]["translations"]] == [dutch.pk]
    assert told["meta"]["parent"]["id"] == home_page("en").pk
    assert api(f"/pages/{english.pk}/")["Content-Language"] == "en"
    assert api(f"/pages/{dutch.pk}/")["Content-Language"] == "nl"


@pytest.mark.either_database
def test_a_link_leads_to_the_page_in_the_language_of_the_text():
    dutch = StandardPageFactory(slug="doel")
    english = StandardPageFactory(language="en", slug="goal", translation_key=dutch.translation_key)
    block = {"type": "button", "value": {"label": "Go", "link": {"page": dutch.pk, "url": ""}}}
    page = StandardPageFactory(language="en", body=[block])
    assert asked(f"/pages/{page.pk}/")["body"][0]["value"]["link"]["page"]["id"] == english.pk


@pytest.mark.either_database
def test_posts_courses_and_partners_tell_what_the_site_shows_of_them():
    topic = TopicFactory(name="Belasting", slug="belasting")
    author = AuthorFactory(name="Auteur Appel", bio="Schrijft.", picture=small_picture())
    post = FullPostFactory(topics=[topic], author=author, picture=None)
    told = asked(f"/pages/{post.pk}/")
    assert (told["author"]["name"], told["author"]["bio"]) == ("Auteur Appel", "Schrijft.")
    assert told["author"]["picture"]["sizes"]
    assert [one["slug"] for one in told["topics"]] == ["belasting"]
    assert told["reading_minutes"] == 1
    partner = PartnerPageFactory()
    course = CoursePageFactory(goals=[("goal", "Kunnen aansluiten")])
    meeting = MeetingFactory(course=course.course, partner=partner.organisation)
    told = asked(f"/pages/{course.pk}/")
    assert [one["value"] for one in told["goals"]] == ["Kunnen aansluiten"]
    assert [one["code"] for one in told["meetings"]] == [meeting.code]
    assert told["meetings"][0]["html_url"].startswith(told["meta"]["html_url"])
    told = asked(f"/pages/{partner.pk}/")
    assert told["partner"]["name"] == partner.organisation.name
    assert [one["code"] for one in told["meetings"]] == [meeting.code]
    assert f"partner={partner.organisation.slug}" in told["meetings"][0]["html_url"]


def numbers(**query: Any) -> list[int]:
    return [page["id"] for page in asked("/pages/", **query)["items"]]


def test_pages_are_found_as_a_front_end_of_wagtail_asks_for_them():
    tax = TopicFactory(slug="belasting")
    old = PostFactory(date="2026-01-01", title="Zwarte bes", topics=[tax])
    new = PostFactory(date="2026-06-01", title="Aalbes", slug="aalbes")
    english = PostFactory(language="en", translation_key=new.translation_key)
    blog, home = blog_index(), home_page()
    kind = "home.BlogPostPage"
    assert numbers(type=kind, order="date") == [old.pk, new.pk]
    assert numbers(type=kind, order="-date") == [new.pk, old.pk]
    assert numbers(type=kind, order="title") == [new.pk, old.pk]
    assert numbers(type=kind, locale="en") == [english.pk]
    assert numbers(child_of=blog.pk) == [old.pk, new.pk]
    assert numbers(type=kind, descendant_of="root") == [old.pk, new.pk]
    assert numbers(ancestor_of=old.pk) == [home.pk, blog.pk]
    assert numbers(translation_of=new.pk) == [english.pk]
    assert numbers(slug="aalbes") == [new.pk]
    assert numbers(topic="belasting") == [old.pk]
    assert numbers(search="aalbes") == [new.pk]
    assert numbers(type=f"{kind},home.BlogIndexPage") == [blog.pk, old.pk, new.pk]


def test_a_list_is_told_in_parts():
    StandardPageFactory.create_batch(3)
    first = asked("/pages/", type="home.StandardPage", limit=2)
    assert first["meta"]["total_count"] == 3
    assert first["meta"]["next"].startswith(f"{settings.SITE_URL}/api/v2/pages/?")
    second = api(first["meta"]["next"].partition("/api/v2")[2]).json()
    assert second["meta"]["next"] is None
    assert len({one["id"] for one in first["items"] + second["items"]}) == 3


@pytest.mark.either_database
def test_fields_are_those_that_are_asked_for():
    page = StandardPageFactory(intro="Waarom.")
    always = {"id", "type", "meta"}

    def names(path: str, **query: Any) -> set[str]:
        told = asked(path, **query)
        return set(told["items"][0] if "items" in told else told) - always

    one, several = f"/pages/{page.pk}/", "/pages/"
    every = set(FIELDS["home.StandardPage"])
    assert names(one) == names(one, fields="*") == every
    assert names(several, type="home.StandardPage") == {"title"}
    assert names(several, type="home.StandardPage", fields="intro,author") == {"title", "intro"}
    assert names(several, type="home.StandardPage", fields="*") == every
    most = "*,-body,-meetings"
    assert names(several, type="home.StandardPage", fields=most) == every - {"body", "meetings"}
    assert names(several, type="home.StandardPage", fields="_,intro") == {"intro"}
    assert names(several, type="home.StandardPage", fields="_") == set()


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/pages/", {"typo": "x"}, 422),
        ("/pages/", {"type": "home.Nothing"}, 422),
        ("/pages/", {"type": "auth.User"}, 422),
        ("/pages/", {"fields": "owner"}, 422),
        ("/pages/", {"fields": "body(text)"}, 422),
        ("/pages/", {"order": "owner__email"}, 422),
        ("/pages/", {"order": "random"}, 422),
        ("/pages/", {"limit": "1000000000000000000000"}, 422),
        ("/pages/", {"limit": "-1"}, 422),
        ("/pages/", {"offset": "99999999999999999999999"}, 422),
        ("/pages/", {"locale": "de"}, 422),
        ("/pages/", {"slug": "a\0b"}, 422),
        ("/pages/", {"search": "\0"}, 422),
        ("/pages/", {"search": "x" * 200}, 422),
        ("/pages/", {"child_of": "99999999999999999999"}, 422),
        ("/pages/", {"child_of": "999999"}, 404),
        ("/pages/", {"rich_text_format": "db_html"}, 422),
        ("/pages/99999999999999999999999/", {}, 422),
        ("/pages/nul/", {}, 422),
        ("/pages/1/", {"fields": "owner"}, 422),
        ("/pages/", {"show_in_menus": "misschien"}, 422),
        ("/pages/999999/", {}, 404),
        ("/pages/1/", {}, 404),
        ("/pages/find/", {}, 422),
        ("/pages/find/", {"html_path": "/bestaat-niet/"}, 404),
        ("/pages/find/", {"html_path": "/" + "é" * 2000}, 422),
        ("/pages/find/", {"html_path": "/ünïcödé/日本/"}, 404),
        ("/images/0/", {}, 422),
        ("/documents/", {"order": "file"}, 422),
        ("/menus/", {"locale": "xx"}, 422),
        ("/statement/", {}, 404),
        ("/statement/editions/2026-13-45/", {}, 404),
        ("/statement/diff/", {"from": "gisteren", "to": "2026-01-01"}, 422),
        ("/preview/x.y/", {}, 404),
        ("/preview/" + "x" * 300 + "/", {}, 422),
    ],
)
def test_what_cannot_be_is_a_problem_with_a_sentence(path: str, query: dict, status: int):
    answer = api(path, **query)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].endswith((".", "errors", "…"))


def test_a_list_of_any_words_answers_whatever_is_typed():
    for words in ("'\"()*", "de en het", "日本 🍑", "AND OR NOT", "a:b -c", "%"):
        assert api("/pages/", search=words).status_code == 200, words


def test_a_list_costs_as_many_queries_for_one_page_as_for_five(without_cache: None):
    target = StandardPageFactory()
    picture, document = small_picture(), a_document()
    course = CoursePageFactory()

    def add(number: int) -> None:
        topics = [TopicFactory() for _ in range(number)]
        for topic in topics:
            FullPostFactory(
                topics=[topic],
                author=AuthorFactory(picture=picture),
                picture=picture,
                body=every_block(target, picture, document),
            )
            StandardPageFactory(dates_of="open", body=every_block(target, picture, document))
            PartnerPageFactory()
            MeetingFactory(course=course.course)

    def cost() -> int:
        query = {"fields": "*", "limit": 100}
        api("/pages/", **query)  # makes sizes of pictures that were not there yet
        with CaptureQueriesContext(connection) as queries:
            assert api("/pages/", **query).status_code == 200
        return len(queries)

    add(1)
    before = cost()
    add(4)
    assert cost() == before == MOST_QUERIES
