"""Attendance becomes final once nothing waits, and people earn their hours by it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from pytest_django.fixtures import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.attendance.models import AttendanceStep, EarnedHours, HoursRule, Photograph, WalkIn
from portal.attendance.obstacles import Kind
from portal.attendance.queries.hours import hours_of, is_final
from portal.attendance.services.finalising import (
    NothingToReopen,
    NotYet,
    ReasonMissing,
    finalise,
    reopen,
)
from portal.enrolments.errors import AttendanceIsFinal
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.services import cancel, mark_absent
from portal.meetings.errors import PartsSettled, SessionInUse, WrongState
from portal.meetings.models import Meeting
from portal.meetings.services import change_state
from tests.attended import granted, mark, over_with, places, was_there
from tests.planning import in_days
from tests.portal.meetings.planned import parts_of, save, session

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
State = Meeting.State


@pytest.fixture
def meeting(default_language: None) -> Meeting:
    """Held yesterday: one was there all the time, one for half of it, one did not come."""
    translation.activate("en")
    row = over_with(3)
    whole, half, away = places(row)
    was_there(whole)
    was_there(half, minutes=90)
    mark_absent(enrolment_ids=[away.pk], was_absent=True, by=None)
    return row


def kinds_in_the_way(meeting: Meeting) -> list[str]:
    with pytest.raises(NotYet) as refusal:
        finalise(meeting_id=meeting.pk, by=None)
    assert not EarnedHours.objects.exists()
    assert not is_final(meeting_id=meeting.pk)
    return [one.kind for one in refusal.value.obstacles]


@pytest.mark.each_database
@pytest.mark.promise("P12")
def test_final_attendance_keeps_who_earned_what_and_who_was_absent(
    meeting: Meeting, back_office: User
):
    finalise(meeting_id=meeting.pk, by=back_office)
    whole, half, away = places(meeting)
    most = granted(meeting).hours
    (line,) = hours_of(person=whole.person, meeting_id=meeting.pk)
    assert (line.hours, line.scheme) == (most, granted(meeting).scheme.code)
    assert line.explanation[-1].startswith("You were there all the time")
    (line,) = hours_of(person=half.person, meeting_id=meeting.pk)
    assert 0 < line.hours < most
    assert f"{line.minutes} minutes" in line.explanation[0]
    assert hours_of(person=away.person, meeting_id=meeting.pk) == []
    assert [one.was_absent for one in places(meeting)] == [False, False, True]
    step = AttendanceStep.objects.get()
    assert (step.kind, step.by) == ("final", back_office)
    with pytest.raises(DatabaseError), transaction.atomic():
        EarnedHours.objects.update(hours=Decimal(8))


def test_whoever_nobody_decided_about_is_in_the_way(meeting: Meeting):
    mark_absent(enrolment_ids=[places(meeting)[2].pk], was_absent=False, by=None)
    assert kinds_in_the_way(meeting) == [Kind.UNDECIDED]


def test_a_meeting_that_is_not_over_is_not_final(meeting: Meeting):
    later = timezone.now() + dt.timedelta(days=3)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=later)
    assert kinds_in_the_way(meeting) == [Kind.STATE]


@pytest.mark.parametrize("state", [State.PLANNED, State.CANCELLED])
def test_what_was_not_held_is_not_final(meeting: Meeting, state: str):
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    assert kinds_in_the_way(meeting) == [Kind.STATE]


def test_photographs_walk_ins_own_marks_and_missing_marks_are_in_the_way(meeting: Meeting):
    third = places(meeting)[2]
    start = meeting.sessions.get().starts_at
    mark(third, "in", start, source="door")
    mark(places(meeting)[1], "in", start + dt.timedelta(minutes=100), source="self")
    photograph = Photograph.objects.create(meeting=meeting, file="x.jpg")
    walk_in = WalkIn.objects.create(meeting=meeting, last_name="Braam")
    in_the_way = [Kind.PHOTOGRAPHS, Kind.WALK_INS, Kind.SELF, Kind.TIMES]
    assert kinds_in_the_way(meeting) == in_the_way
    photograph.delete()
    WalkIn.objects.filter(pk=walk_in.pk).update(dropped_because="Stond al op de lijst")
    assert kinds_in_the_way(meeting) == [Kind.SELF, Kind.TIMES]


def test_hours_follow_only_from_what_was_granted_and_has_a_rule(meeting: Meeting):
    HoursRule.objects.all().delete()
    finalise(meeting_id=meeting.pk, by=None)
    assert not EarnedHours.objects.exists()
    reopen(meeting_id=meeting.pk, reason="Nu met een regel", by=None)
    HoursRule.objects.create(scheme=granted(meeting).scheme)
    row = granted(meeting)
    row.granted_on = None
    row.save()
    finalise(meeting_id=meeting.pk, by=None)
    assert not EarnedHours.objects.exists()


def test_final_attendance_takes_a_constant_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    ContentType.objects.get_for_model(Meeting)  # remembered by Django from then on
    for number in (2, 4):
        meeting = over_with(number)
        *came, away = places(meeting)
        for place in came:
            was_there(place)
        mark_absent(enrolment_ids=[away.pk], was_absent=True, by=None)
        with django_assert_num_queries(24):
            finalise(meeting_id=meeting.pk, by=None)


def test_what_was_definite_is_held_once_it_is_final(meeting: Meeting):
    Meeting.objects.filter(pk=meeting.pk).update(state=State.DEFINITE)
    finalise(meeting_id=meeting.pk, by=None)
    meeting.refresh_from_db()
    assert meeting.state == State.HELD


# --- What follows from it ------------------------------------------------------------------------


def test_a_meeting_is_completed_only_once_its_attendance_is_final(meeting: Meeting):
    with pytest.raises(WrongState, match="not final yet"):
        change_state(meeting_id=meeting.pk, to=State.COMPLETED, by=None)
    finalise(meeting_id=meeting.pk, by=None)
    with pytest.raises(WrongState, match="say why"):
        change_state(meeting_id=meeting.pk, to=State.DEFINITE, by=None)
    change_state(meeting_id=meeting.pk, to=State.COMPLETED, by=None)
    with pytest.raises(WrongState, match="say why"):
        change_state(meeting_id=meeting.pk, to=State.HELD, by=None)


def test_what_was_completed_before_goes_back_as_it_did(meeting: Meeting):
    Meeting.objects.filter(pk=meeting.pk).update(state=State.COMPLETED)
    assert change_state(meeting_id=meeting.pk, to=State.HELD, by=None).state == State.HELD


def test_it_is_opened_again_only_with_a_reason_and_then_its_hours_count_no_more(
    meeting: Meeting, back_office: User
):
    with pytest.raises(NothingToReopen):
        reopen(meeting_id=meeting.pk, reason="Zomaar", by=back_office)
    finalise(meeting_id=meeting.pk, by=back_office)
    change_state(meeting_id=meeting.pk, to=State.COMPLETED, by=back_office)
    with pytest.raises(ReasonMissing):
        reopen(meeting_id=meeting.pk, reason=" \n", by=back_office)
    step = reopen(meeting_id=meeting.pk, reason="Een lijst was zoek.", by=back_office)
    assert (step.reason, is_final(meeting_id=meeting.pk)) == ("Een lijst was zoek.", False)
    meeting.refresh_from_db()
    assert meeting.state == State.HELD
    whole = places(meeting)[0]
    assert EarnedHours.objects.filter(enrolment=whole).count() == 1
    assert hours_of(person=whole.person, meeting_id=meeting.pk) == []
    finalise(meeting_id=meeting.pk, by=back_office)
    assert EarnedHours.objects.filter(enrolment=whole).count() == 2
    assert len(hours_of(person=whole.person, meeting_id=meeting.pk)) == 1


def test_nobody_notes_absence_once_it_is_final(meeting: Meeting):
    finalise(meeting_id=meeting.pk, by=None)
    events = EnrolmentEvent.objects.count()
    with pytest.raises(AttendanceIsFinal):
        mark_absent(enrolment_ids=[places(meeting)[0].pk], was_absent=True, by=None)
    assert EnrolmentEvent.objects.count() == events
    assert not Enrolment.objects.get(pk=places(meeting)[0].pk).was_absent


def test_once_it_is_final_no_place_is_given_up_and_no_session_changed(meeting: Meeting):
    finalise(meeting_id=meeting.pk, by=None)
    place = places(meeting)[0]
    with pytest.raises(AttendanceIsFinal):
        cancel(enrolment_id=place.pk, by=None, as_staff=True)
    with pytest.raises(PartsSettled):
        save(meeting, parts={**parts_of(meeting), "sessions": [session(day=in_days(40))]})
    with pytest.raises(PartsSettled):
        save(meeting, parts={**parts_of(meeting), "accreditations": []})
    place.refresh_from_db()
    assert place.state == Enrolment.State.ENROLLED
    save(meeting, parts=parts_of(meeting))  # what earns nobody anything may be put right


@pytest.mark.promise("P13")
def test_nobody_sees_the_hours_of_somebody_else(meeting: Meeting, participant: User):
    finalise(meeting_id=meeting.pk, by=None)
    assert hours_of(person=participant.person, meeting_id=meeting.pk) == []


def test_a_session_that_people_were_marked_in_stays(meeting: Meeting):
    later = session(day=in_days(40))
    with pytest.raises(SessionInUse):
        save(meeting, parts={**parts_of(meeting), "sessions": [later]})
    assert meeting.sessions.count() == 1
