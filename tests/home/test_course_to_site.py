"""From a course in the planning to its page on the site, and back."""

import pytest
from django.test import Client

from home.models import CoursePage
from portal.accounts.models import User
from portal.meetings.models import Course, Meeting
from tests.factories import CoursePageFactory, offer_page
from tests.planning import CourseFactory, MeetingFactory, OrganisationFactory, SubjectFactory
from tests.portal.meetings.planned import log_of, soup_of

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
