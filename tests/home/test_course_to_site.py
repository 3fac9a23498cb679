"""From a course in the planning to its page on the site, and back."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import CoursePage
from pluc.content.translating import Untranslated, untranslated_pieces
from portal.accounts.models import User
from portal.meetings.models import Course, Meeting
from tests.factories import CoursePageFactory, offer_page
from tests.planning import CourseFactory, MeetingFactory, OrganisationFactory, SubjectFactory
from tests.portal.meetings.planned import log_of, soup_of
from tests.translating import finish

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
DRAFT = "Nog niet op de site: de pagina van deze opleiding is nog een concept."
NO_PAGE = "Nog niet op de site: deze opleiding heeft geen pagina."


@pytest.fixture
def desk(sign_in, back_office: User) -> Client:
    browser: Client = sign_in(back_office)
    return browser


def made(desk: Client) -> Course:
    """A course that the back office makes, on a site with an offer in both languages."""
    offer_page(), offer_page("en")
    typed = {"title": "Peren tellen", "title_en": "Counting pears"}
    answer = desk.post(
        "/beheer/opleidingen/new/", typed | {"subject": SubjectFactory().pk, "level": "basic"}
    )
    course = Course.objects.get()
    assert answer["Location"] == f"/beheer/opleidingen/edit/{course.pk}/"
    return course


def screen(meeting: Meeting) -> str:
    return f"/beheer/bijeenkomsten/{meeting.pk}/"


def test_a_new_course_has_a_draft_in_both_languages_for_editors(
    desk: Client, back_office: User, sign_in, editor: User
):
    course = made(desk)
    pages = CoursePage.objects.filter(course=course).order_by("locale_id")
    assert [(page.title, page.slug, page.live) for page in pages] == [
        ("Peren tellen", "peren-tellen", False),
        ("Counting pears", "peren-tellen", False),
    ]
    assert len({page.translation_key for page in pages}) == 1
    assert "Peren tellen" in sign_in(editor).get("/beheer/").text
    assert desk.get("/bijeenkomsten/peren-tellen/").status_code == 404
    desk.post(f"/beheer/opleidingen/edit/{course.pk}/", {"title": "Peren"})
    assert pages.count() == 2
    assert log_of(course)[0].user == back_office


def test_what_is_not_on_the_site_never_claims_to_be_open(desk: Client):
    meeting = MeetingFactory(course=made(desk), state=Meeting.State.DEFINITE)
    shown = {address: desk.get(address).text for address in ("/beheer/bijeenkomsten/", "/beheer/")}
    assert DRAFT in shown["/beheer/bijeenkomsten/"]
    assert "De inschrijving is open" not in shown["/beheer/bijeenkomsten/"]
    page = desk.get(screen(meeting))
    assert DRAFT in page.text
    assert f"/beheer/opleidingen/edit/{meeting.course_id}/" in page.text
    CoursePage.objects.filter(locale__language_code="nl").get().save_revision().publish()
    assert DRAFT not in desk.get(screen(meeting)).text
    assert desk.get(f"/bijeenkomsten/peren-tellen/{meeting.code}/").status_code == 200


def test_a_course_without_a_page_says_so_and_what_is_for_a_client_needs_none(desk: Client):
    course = CourseFactory()
    meeting = MeetingFactory(course=course)
    client = OrganisationFactory(is_client=True)
    closed = MeetingFactory(course=course, format=Meeting.Format.IN_COMPANY, client=client)
    assert NO_PAGE in desk.get(screen(meeting)).text
    assert NO_PAGE not in desk.get(screen(closed)).text


def test_page_and_course_lead_to_each_other(desk: Client, sign_in, superuser: User, editor: User):
    meeting = MeetingFactory()
    page = CoursePageFactory(course=meeting.course)
    editing, course = (
        f"/beheer/pages/{page.pk}/edit/",
        f"/beheer/opleidingen/edit/{page.course_id}/",
    )
    boss = sign_in(superuser)
    links = {link["href"] for link in soup_of(boss.get(editing)).select("a[href]")}
    assert {course, screen(meeting)} <= links
    assert editing in {link["href"] for link in soup_of(boss.get(course)).select("a[href]")}
    assert editing not in desk.get(course).text, "the back office changes no pages"
    assert screen(meeting) not in sign_in(editor).get(editing).text


def test_a_course_made_by_mistake_goes_with_its_drafts_and_a_page_that_was_seen_stays(
    desk: Client,
):
    course = made(desk)
    address = f"/beheer/opleidingen/delete/{course.pk}/"
    shown = " ".join(soup_of(desk.get(address)).text.split())
    assert "Gaat mee weg Conceptpagina’s op de site (2): Peren tellen; Counting pears" in shown
    assert CoursePage.objects.count() == 2
    page = CoursePage.objects.first()
    page.save_revision().publish()
    page.unpublish()
    desk.post(address)
    assert (Course.objects.count(), CoursePage.objects.count()) == (1, 2)
    CoursePage.objects.update(first_published_at=None)
    assert desk.post(address).status_code == 302
    assert (Course.objects.count(), CoursePage.objects.count()) == (0, 0)


# --- Its English page ----------------------------------------------------------------------------

INTRO, GOAL = "Peren tellen zonder te schillen.", "Je telt peren."


@pytest.fixture
def pages(desk: Client) -> tuple[CoursePage, CoursePage]:
    """The Dutch and the English draft of a new course."""
    course = made(desk)
    dutch, english = CoursePage.objects.filter(course=course).order_by("-locale__language_code")
    return dutch, english


def write_and_publish(boss: Client, page: CoursePage) -> None:
    """As an editor fills in the Dutch page, and publishes it."""
    fields = {
        "title": page.title,
        "intro": INTRO,
        "goals": streamfield([("goal", GOAL)]),
        "body": streamfield([]),
        "comments": inline_formset([]),
        "picture": "",
        "action-publish": "1",
    }
    boss.post(f"/beheer/pages/{page.pk}/edit/", nested_form_data(fields))


def publish_english(boss: Client, page: CoursePage, capture) -> str:
    """By the translation screen's own button; answers with what the screen says then."""
    address = f"/beheer/pages/{page.pk}/edit/"
    try:
        with capture(execute=True):
            boss.post(address, {"action": "publish"})
    except Untranslated as refusal:  # told after the answer, as no commit is in a test
        return refusal.sentence
    return boss.get(address).text


def test_its_english_page_goes_online_once_all_of_it_is_translated(
    pages, sign_in, superuser: User, visitor: Client, django_capture_on_commit_callbacks
):
    dutch, english = pages
    boss = sign_in(superuser)
    told = publish_english(boss, english, django_capture_on_commit_callbacks)
    assert "volgt “Peren tellen”, en die is nog niet gepubliceerd" in told
    write_and_publish(boss, dutch)
    assert untranslated_pieces(english) == [INTRO, GOAL], "its title came with the course"
    assert visitor.get("/bijeenkomsten/peren-tellen/").status_code == 200
    told = publish_english(boss, english, django_capture_on_commit_callbacks)
    assert INTRO in told
    assert visitor.get("/en/meetings/peren-tellen/").status_code == 404
    finish(english)
    publish_english(boss, english, django_capture_on_commit_callbacks)
    shown = visitor.get("/en/meetings/peren-tellen/").text
    assert "Counting pears" in shown
    assert f"EN {INTRO}" in shown
    assert f"EN {GOAL}" in shown


def test_its_english_title_is_asked_for_where_the_course_has_none(desk: Client):
    offer_page(), offer_page("en")
    typed = {"title": "Peren tellen", "subject": SubjectFactory().pk, "level": "basic"}
    desk.post("/beheer/opleidingen/new/", typed)
    english = CoursePage.objects.get(locale__language_code="en")
    assert untranslated_pieces(english) == ["Peren tellen"]


def test_what_is_seen_in_english_stays_until_it_is_published_anew(
    pages, sign_in, superuser: User, visitor: Client, django_capture_on_commit_callbacks
):
    dutch, english = pages
    boss = sign_in(superuser)
    write_and_publish(boss, dutch)
    finish(english)
    publish_english(boss, english, django_capture_on_commit_callbacks)
    dutch.refresh_from_db()
    dutch.audience = "Voor wie peren heeft."
    dutch.save_revision().publish()
    assert "Voor wie peren heeft." not in visitor.get("/en/meetings/peren-tellen/").text
    assert not english.get_latest_revision_as_object().audience
