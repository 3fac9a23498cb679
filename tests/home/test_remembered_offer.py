"""What is remembered of the offer is never out of date: places at once, facts with their change."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from home.models import BlogPostPage, CoursePage
from pluc import generation
from portal.meetings.models import Meeting
from portal.meetings.services import save_meeting
from portal.meetings.services.saving import Parts
from tests.factories import FullPostFactory, PictureFactory
from tests.home.offers import OFFER, address_of, on_offer, soup_of, words
from tests.planning import AccreditationFactory, OrganisationFactory, SpeakerFactory, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db: None) -> Meeting:
    """With a row of each kind that pages tell of, and a post beside it."""
    partner = OrganisationFactory(name="Gilde", is_partner=True)
    meeting = on_offer(format="partner", partner=partner, capacity=12, day=in_days(20))
    meeting.speakers.add(SpeakerFactory(name="Roos Kers", picture=PictureFactory()))
    AccreditationFactory(meeting=meeting, hours=Decimal(3))
    FullPostFactory()
    return meeting


def pages_of(meeting: Meeting) -> tuple[str, str, str]:
    return ("/", OFFER, address_of(meeting))


def places_on(visitor: Client, meeting: Meeting) -> list[str]:
    """What the home page, the timetable and the meeting's page say is left, where they say it."""
    soups = [soup_of(visitor, address) for address in pages_of(meeting)]
    lines = [words(tag) for soup in soups for tag in soup.select(".agenda-row-places")]
    facts = {words(one.dt): words(one.dd) for one in soups[-1].select(".facts-card dl > div")}
    return [*lines, facts["Plekken"]]


def test_places_are_those_of_the_moment_though_nothing_tells_of_their_change(
    visitor: Client, meeting: Meeting
):
    held_until = timezone.now() + timedelta(minutes=10)
    for columns, left, pages in [
        ({}, "Nog 12 plekken", 3),
        ({"taken": 7}, "Nog 5 plekken", 3),
        ({"capacity": 9}, "Nog 2 plekken", 3),
        ({"taken": 9}, "Vol, wachtlijst", 2),  # the home page shows what has places
        ({"held": 1, "held_until": held_until}, "Er is nu iemand aan het aanmelden.", 2),
        ({"waiting": 1}, "Vol, wachtlijst", 2),
    ]:
        # As places are counted: without a signal, and without `changed_at`.
        Meeting.objects.filter(pk=meeting.pk).update(**columns)
        told = places_on(visitor, meeting)
        assert len(told) == pages, columns
        assert all(text.startswith(left) for text in told), (columns, told)


@pytest.mark.parametrize("column", [{"state": "cancelled"}, {"is_listed": False}])
def test_what_is_cancelled_or_hidden_is_gone_at_once(
    visitor: Client, meeting: Meeting, column: dict[str, object]
):
    assert soup_of(visitor, OFFER).select(".agenda-row")
    Meeting.objects.filter(pk=meeting.pk).update(**column)
    for address in ("/", OFFER):
        assert not soup_of(visitor, address).select(".agenda-row")
    if "state" in column:
        assert "geannuleerd" in visitor.get(address_of(meeting)).text
    else:
        soup_of(visitor, address_of(meeting), status=404)


def test_a_change_shows_though_no_generation_was_begun(visitor: Client, meeting: Meeting):
    """The cache may be away when a meeting changes: its `changed_at` tells of it all the same."""
    for address in pages_of(meeting):
        visitor.get(address)
    parts = Parts.of(meeting)
    meeting.price = Decimal("234.00")
    sessions = [replace(one, title="Over pruimen") for one in parts.sessions]
    hours = [replace(one, hours=Decimal("7.25")) for one in parts.accreditations]
    save_meeting(meeting=meeting, sessions=sessions, accreditations=hours, by=None)
    for address in pages_of(meeting):
        page = visitor.get(address).text
        assert "€ 234,00" in page, address
        assert "7,25 PE-uren" in page, address
    assert "Over pruimen" in page
    assert "Roos Kers" not in page


def test_a_change_of_what_pages_tell_of_begins_a_generation(
    visitor: Client, meeting: Meeting, django_capture_on_commit_callbacks
):
    accreditation, speaker = meeting.accreditations.get(), meeting.speakers.get()
    post = BlogPostPage.objects.get()
    rows = [
        *(meeting, meeting.course, meeting.course.subject, meeting.venue, meeting.venue.region),
        *(meeting.policy, meeting.partner, meeting.sessions.get(), accreditation),
        *(accreditation.scheme, speaker, speaker.picture, post.author, post.picture),
    ]
    for row in rows:
        before = generation.present()
        with django_capture_on_commit_callbacks(execute=True):
            row.save()
        assert generation.present() != before, row
    for change in (lambda: meeting.speakers.remove(speaker), accreditation.delete):
        before = generation.present()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        assert generation.present() != before


def test_a_new_name_and_a_course_taken_from_the_site_show_at_once(
    visitor: Client, meeting: Meeting, django_capture_on_commit_callbacks
):
    visitor.get(OFFER)
    meeting.course.title = "Pruimen tellen"
    with django_capture_on_commit_callbacks(execute=True):
        meeting.course.save()
    assert "Pruimen tellen" in visitor.get(OFFER).text
    with django_capture_on_commit_callbacks(execute=True):
        CoursePage.objects.get(course=meeting.course).unpublish()
    assert not soup_of(visitor, OFFER).select(".agenda-row")
