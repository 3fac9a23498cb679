"""A participant's own day, and their hours afterwards: theirs and nobody else's (P13)."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.attendance.services.finalising import finalise, reopen
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting, Session
from tests.attended import mark, over_with, places, was_there
from tests.enrolling import attendee, enrol
from tests.planning import MeetingFactory, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


def today_with(participant: User) -> Meeting:
    """A meeting that began an hour ago, with a place for the participant and for somebody else."""
    meeting: Meeting = MeetingFactory(state=Meeting.State.DEFINITE, day=in_days(5))
    enrol(meeting, attendee(is_payer=True, email=participant.email), user=participant)
    enrol(meeting, attendee(2))
    now = timezone.now()
    times = {"starts_at": now - timezone.timedelta(hours=1), "ends_at": now}
    times["ends_at"] += timezone.timedelta(hours=2)
    Session.objects.filter(meeting=meeting).update(**times)
    days = [timezone.localdate(now).isoformat()]
    Meeting.objects.filter(pk=meeting.pk).update(**times, days=days)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.mark.promise("P13")
def test_the_day_shows_ones_own_marks_and_nobody_elses(sign_in, participant: User, colleague: User):
    meeting = today_with(participant)
    own, other = places(meeting)
    start = meeting.sessions.get().starts_at
    mark(own, "in", start, source="self")
    mark(other, "out", start + timezone.timedelta(minutes=33))
    browser: Client = sign_in(participant)
    page = browser.get(day_of(meeting)).text
    assert "Dit gaf je zelf aan" in page
    assert page.index('class="own-code"') < page.index('id="times"')  # in a phone's first screen
    assert timezone.localtime(start).strftime("%H.%M") in page
    assert timezone.localtime(start + timezone.timedelta(minutes=33)).strftime("%H.%M") not in page
    assert other.last_name not in page
    assert sign_in(colleague).get(day_of(meeting)).status_code == 404


def day_of(meeting: Meeting) -> str:
    return f"/mijn/bijeenkomsten/{meeting.code}/dag/"


def test_the_way_to_the_day_stands_on_home_and_on_the_place(sign_in, participant: User):
    meeting = today_with(participant)
    browser: Client = sign_in(participant)
    for page in ("/mijn/", f"/mijn/bijeenkomsten/{meeting.code}/"):
        assert f'href="{day_of(meeting)}"' in browser.get(page).text
    later = {"days": [in_days(3).isoformat()]}
    Meeting.objects.filter(pk=meeting.pk).update(**later)
    assert day_of(meeting) not in browser.get("/mijn/").text


def test_who_gave_up_their_place_has_no_day(sign_in, participant: User):
    meeting = today_with(participant)
    Enrolment.objects.filter(person=participant.person).update(state=Enrolment.State.CANCELLED)
    assert sign_in(participant).get(day_of(meeting)).status_code == 302


def test_hours_stand_with_the_place_once_they_are_final(sign_in, participant: User):
    meeting = over_with(2)
    own, other = places(meeting)
    Enrolment.objects.filter(pk=own.pk).update(person=participant.person)
    was_there(own, minutes=90)
    was_there(other)
    browser: Client = sign_in(participant)
    address = f"/mijn/bijeenkomsten/{meeting.code}/"
    assert "wordt nagekeken" in browser.get(address).text
    finalise(meeting_id=meeting.pk, by=None)
    page = browser.get(address).text
    assert "je was er 90 minuten" in page
    assert "PE-" in browser.get("/mijn/").text
    assert "PE-uren die je" in browser.get("/mijn/gegevens/").text
    reopen(meeting_id=meeting.pk, reason="Een lijst was zoek", by=None)
    assert "wordt nagekeken" in browser.get(address).text


def test_of_a_meeting_that_is_over_the_hours_stand_first(sign_in, participant: User):
    meeting = over_with(1, practical="Neem een laptop mee.")
    (own,) = places(meeting)
    Enrolment.objects.filter(pk=own.pk).update(person=participant.person)
    was_there(own, minutes=90)
    finalise(meeting_id=meeting.pk, by=None)
    page = sign_in(participant).get(f"/mijn/bijeenkomsten/{meeting.code}/").text
    heads = [head.get_text() for head in BeautifulSoup(page, "lxml").select("main h2")]
    assert heads[0] == "Je PE-uren"
    assert "De bijeenkomst" in heads
    for only_for_the_day in ("Op de dag zelf", "laptop", "In je agenda zetten", "Op de kaart"):
        assert only_for_the_day not in page
