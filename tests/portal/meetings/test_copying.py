"""Planning a meeting again: the same times on the clock, asked for again, and nobody in it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.enrolments.models import Enrolment
from portal.meetings.errors import CodeTaken, NothingToCopy
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE
from portal.meetings.services import cancel_meeting, copy_meeting
from portal.meetings.services.copying import shifted
from tests.enrolling import attendee, enrol
from tests.planning import (
    AccreditationFactory,
    MeetingFactory,
    OrganisationFactory,
    RegionFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    in_days,
)
from tests.portal.meetings.planned import listening, log_of

pytestmark = pytest.mark.django_db
# The Sundays on which the clocks change.
MARCH, OCTOBER = dt.date(2027, 3, 28), dt.date(2027, 10, 31)


def copy_of(meeting: Meeting, first_day: dt.date, *, by: User | None = None) -> Meeting:
    made = copy_meeting(meeting_id=meeting.pk, code="kopie", first_day=first_day, by=by)
    return Meeting.objects.get(pk=made.pk)


def clocks_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Day and time on the wall, of each session."""
    rows = meeting.sessions.all()
    return [
        (f"{row.starts_at.astimezone(ZONE):%d-%m %H:%M}", f"{row.ends_at.astimezone(ZONE):%H:%M}")
        for row in rows
    ]


@pytest.mark.parametrize("change", [MARCH, OCTOBER])
def test_the_time_on_the_clock_stays_where_the_clocks_change_in_between(change: dt.date):
    source = MeetingFactory(day=change - dt.timedelta(days=2))
    copy = copy_of(source, change + dt.timedelta(days=2))
    day = f"{change + dt.timedelta(days=2):%d-%m}"
    assert clocks_of(copy) == [(f"{day} 13:30", "17:00")]
    assert copy.starts_at.astimezone(ZONE).utcoffset() != source.starts_at.utcoffset()


@pytest.mark.parametrize("change", [MARCH, OCTOBER])
def test_of_several_days_each_keeps_its_clock_when_the_change_comes_between_them(change: dt.date):
    source = MeetingFactory(day=dt.date(2027, 6, 1))
    SessionFactory(
        meeting=source,
        starts_at=at(dt.date(2027, 6, 4), 9),
        ends_at=at(dt.date(2027, 6, 4), 12),
        title="Tweede deel",
        counts=False,
    )
    before, after = change - dt.timedelta(days=1), change + dt.timedelta(days=2)
    copy = copy_of(source, before)
    assert clocks_of(copy) == [
        (f"{before:%d-%m} 13:30", "17:00"),
        (f"{after:%d-%m} 09:00", "12:00"),
    ]
    assert (copy.starts_on, copy.ends_at) == (before, at(after, 12))
    second = copy.sessions.last()
    assert (second.title, second.counts, second.minutes) == ("Tweede deel", False, 180 - 15)


# Any minute of fifteen years.
MOMENTS = st.integers(0, 15 * 365 * 24 * 60).map(
    lambda minutes: dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
)


@given(moment=MOMENTS, days=st.integers(-1500, 1500))
def test_whatever_the_moment_the_clock_reads_the_same_so_many_days_later(moment, days: int):
    result = shifted(moment, dt.timedelta(days=days))
    start = moment.astimezone(ZONE)
    assert result.time() == start.time()
    assert result.date() == start.date() + dt.timedelta(days=days)


@hypothesis_settings(max_examples=15)
@given(days=st.integers(1, 900))
def test_a_copy_is_never_told_of_anything_and_always_begins_on_the_day_asked(days: int):
    with transaction.atomic():
        source, day = MeetingFactory(), in_days(days)
        with listening() as heard:
            copy = copy_of(source, day)
        assert (heard, copy.starts_on) == ([], day)
        transaction.set_rollback(True)


def test_what_was_granted_is_asked_for_again():
    source = MeetingFactory()
    AccreditationFactory(
        meeting=source,
        hours=Decimal("3.5"),
        category="Vaktechniek",
        number="NBA-7",
        granted_on=dt.date(2026, 1, 5),
    )
    again = copy_of(source, in_days(60)).accreditations.get()
    assert (again.hours, again.category) == (Decimal("3.5"), "Vaktechniek")
    assert (again.number, again.granted_on) == ("", None)


def test_nobody_is_in_a_copy_and_its_life_begins_anew():
    source = MeetingFactory(capacity=2)
    enrol(source, attendee(1))
    cancel_meeting(meeting_id=source.pk, because="Ziek.", by=None)
    copy = copy_of(source, in_days(60))
    assert (copy.taken, copy.sequence, copy.state) == (0, 0, Meeting.State.PLANNED)
    assert copy.cancelled_because == ""
    assert not Enrolment.objects.filter(meeting=copy).exists()


def test_all_else_comes_along():
    organisation = OrganisationFactory(is_client=True)
    source = MeetingFactory(
        format=Meeting.Format.IN_COMPANY,
        client=organisation,
        partner=organisation,
        region=RegionFactory(),
        language="en",
        is_listed=False,
        is_online=True,
        online_link="https://samen.example/7",
        price=Decimal("12.50"),
        practical="Neem een pen mee.",
    )
    source.speakers.set([SpeakerFactory(), SpeakerFactory()])
    copy = copy_of(source, in_days(60))
    differs = {
        field.name
        for field in Meeting._meta.concrete_fields
        if getattr(copy, field.attname) != getattr(source, field.attname)
    }
    assert differs == {"id", "code", "starts_at", "ends_at", "days", "changed_at"}
    assert set(copy.speakers.all()) == set(source.speakers.all())


def test_a_copy_is_logged(back_office: User):
    (entry,) = log_of(copy_of(MeetingFactory(), in_days(60), by=back_office))
    assert (entry.action, entry.user, entry.label) == ("wagtail.create", back_office, "kopie")


def test_what_has_no_session_or_a_taken_code_is_not_copied():
    with pytest.raises(NothingToCopy) as refusal:
        copy_of(MeetingFactory(day=None), in_days(60))
    assert refusal.value.sentence.endswith(".")
    MeetingFactory(code="kopie")
    with pytest.raises(CodeTaken):
        copy_of(MeetingFactory(), in_days(60))
    assert Meeting.objects.filter(code="kopie").count() == 1
