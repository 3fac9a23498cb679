"""What a place puts in somebody's own calendar, as a program that follows RFC 5546 reads it."""

import datetime as dt
import random
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from icalendar import Calendar, Event

from pluc.outbox.models import Mail
from portal.enrolments import services
from portal.enrolments.calendars import calendar_of_place
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from tests.enrolling import attendee, enrol, enrol_number
from tests.mails import newest_to, text_of
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    MeetingFactory,
    SessionFactory,
    at,
    in_days,
)
from tests.portal.enrolments.letters import GERDA, calendars_in, changed
from tests.portal.meetings.planned import save, session_as_stored

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

MAILBOX = "secretariaat@kantoor.example"
THREE = [
    attendee(first_name=name, last_name="Gast", email=MAILBOX) for name in ("Anna", "Bram", "Cor")
]


def three_sessions(**fields) -> Meeting:
    """Two sessions on one day, and one a week later."""
    meeting = MeetingFactory(**fields)
    second, third = at(in_days(30), 19), at(in_days(37), 9)
    SessionFactory(meeting=meeting, starts_at=second, ends_at=second + dt.timedelta(hours=2))
    SessionFactory(meeting=meeting, starts_at=third, ends_at=third + dt.timedelta(hours=3))
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=third + dt.timedelta(hours=3))
    meeting.refresh_from_db()
    return meeting


def entry_in(calendar: Calendar) -> Event:
    """The only entry of a file."""
    (event,) = calendar.walk("VEVENT")
    return event


def entries_to(email: str) -> list[tuple[str, Event]]:
    """Method and entry of each file in the newest mail to an address."""
    return [(str(one["METHOD"]), entry_in(one)) for one in calendars_in(newest_to(email))]


@dataclass
class Program:
    """A calendar program: of two messages about one entry it keeps the later (RFC 5546, 2.1.5)."""

    told: dict[str, tuple[tuple[int, dt.datetime], str, Event]] = field(default_factory=dict)

    def take(self, mails: list[Mail]) -> None:
        for mail in mails:
            for calendar in calendars_in(
                message_from_bytes(bytes(mail.message), policy=policy.default)
            ):
                event = entry_in(calendar)
                uid, order = str(event["UID"]), (int(event["SEQUENCE"]), event["DTSTAMP"].dt)
                if uid not in self.told or order > self.told[uid][0]:
                    self.told[uid] = (order, str(calendar["METHOD"]), event)

    @property
    def shown(self) -> set[tuple[str, dt.datetime, dt.datetime]]:
        return {
            (uid, event["DTSTART"].dt, event["DTEND"].dt)
            for uid, (_, method, event) in self.told.items()
            if method == "REQUEST"
        }


def should_be_shown() -> set[tuple[str, dt.datetime, dt.datetime]]:
    """Each session of each place that somebody has."""
    places = Enrolment.objects.filter(state=Enrolment.State.ENROLLED)
    return {
        (f"{place.pk}.{one.pk}@{settings.MAIL_DOMAIN}", one.starts_at, one.ends_at)
        for place in places
        for one in place.meeting.sessions.all()
    }


# --- Whatever happens ----------------------------------------------------------------------------


@dataclass
class Office:
    """Three colleagues at one mailbox, two dates of a course, and what can happen to them."""

    here: Meeting
    there: Meeting

    def do(self, deed: str, number: int) -> None:
        try:
            with transaction.atomic():
                getattr(self, deed)(number)
        except EnrolmentError:
            pass  # not possible now: no place, or there already

    def place_of(self, number: int) -> UUID:
        alive = Enrolment.objects.alive().filter(first_name=THREE[number].first_name)
        place = alive.order_by("asked_at", "pk").first()
        if place is None:
            raise EnrolmentError
        return place.pk

    def enrol(self, number: int) -> None:
        enrol(Meeting.objects.get(pk=self.here.pk), THREE[number])

    def cancel(self, number: int) -> None:
        services.cancel(enrolment_id=self.place_of(number), by=None)

    def move(self, number: int) -> None:
        place = Enrolment.objects.get(pk=self.place_of(number))
        other = self.there if place.meeting_id == self.here.pk else self.here
        services.move(enrolment_id=place.pk, to_meeting_id=other.pk, by=None)

    def replace(self, number: int) -> None:
        instead = THREE[(number + 1) % 3]
        services.substitute(enrolment_id=self.place_of(number), attendee=instead, by=None)

    def change(self, number: int) -> None:
        changed(self.here)

    def renew(self, number: int) -> None:
        changed(self.here, anew=True)

    def shorten(self, number: int) -> None:
        first = [session_as_stored(self.here.sessions.first())]
        save(self.here, parts={"sessions": first})


DEEDS = st.tuples(
    st.sampled_from(["enrol", "cancel", "move", "replace", "change", "renew", "shorten"]),
    st.integers(0, 2),
)


@examples(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, max_size=7), seed=st.integers(0, 99))
def test_whatever_happens_a_calendar_shows_each_session_of_each_place(
    deeds: list[tuple[str, int]], seed: int
):
    """Also where mails arrive in another order than they were sent."""
    with transaction.atomic():
        course = CourseFactory()
        here = three_sessions(course=course, capacity=2)
        office = Office(here, MeetingFactory(course=course, day=in_days(60)))
        program, late = Program(), Program()
        for deed in [("enrol", 0), ("enrol", 1), ("enrol", 2), *deeds]:
            before = set(Mail.objects.values_list("pk", flat=True))
            office.do(*deed)
            program.take(list(Mail.objects.exclude(pk__in=before).order_by("created_at")))
            assert program.shown == should_be_shown()
        everything = list(Mail.objects.all())
        random.Random(seed).shuffle(everything)
        late.take(everything)
        assert late.shown == program.shown
        transaction.set_rollback(True)


# --- One by one ----------------------------------------------------------------------------------


def test_each_session_is_a_file_and_an_entry_of_its_own():
    meeting = three_sessions()
    (place,) = enrol(meeting, GERDA)
    found = entries_to(GERDA.email)
    assert [method for method, _ in found] == ["REQUEST"] * 3
    uids = [f"{place.pk}.{one.pk}@{settings.MAIL_DOMAIN}" for one in meeting.sessions.all()]
    assert [str(event["UID"]) for _, event in found] == uids
    names = [part.get_filename() for part in newest_to(GERDA.email).iter_attachments()]
    day = f"agenda-{in_days(30):%Y-%m-%d}"
    assert names == [
        f"{day}-13.30.ics",
        f"{day}-19.00.ics",
        f"agenda-{in_days(37):%Y-%m-%d}-09.00.ics",
    ]
    assert "3 bestanden" in text_of(newest_to(GERDA.email))


def test_who_cancels_takes_nobody_else_out_of_a_calendar_that_they_share():
    meeting, program = MeetingFactory(), Program()
    anna, *others = enrol(meeting, *THREE)
    services.cancel(enrolment_id=anna.pk, by=None)
    program.take(list(Mail.objects.filter(recipient=MAILBOX)))
    assert {uid.partition(".")[0] for uid, *_ in program.shown} == {str(one.pk) for one in others}


def test_the_number_grows_with_each_message_and_its_stamp_is_the_moment_of_it():
    start = at(in_days(0), 12)
    with time_machine.travel(start, tick=False) as clock:
        meeting = MeetingFactory()
        clock.shift(60)
        (place,) = enrol(meeting, GERDA)
        found = entries_to(GERDA.email)
        clock.shift(60)
        changed(meeting)
        found += entries_to(GERDA.email)
        clock.shift(60)
        cancel_meeting(meeting_id=meeting.pk, because="Ziek.", by=None)
        found += entries_to(GERDA.email)
    assert [method for method, _ in found] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(event["UID"]).partition(".")[0] for _, event in found} == {str(place.pk)}
    assert [int(event["SEQUENCE"]) for _, event in found] == [0, 1, 2]
    minutes = [start + dt.timedelta(minutes=number) for number in (1, 2, 3)]
    assert [event["DTSTAMP"].dt for _, event in found] == minutes
    place.refresh_from_db()
    assert place.calendar_messages == 3


def test_an_entry_names_who_is_asked_and_who_asks():
    enrol(MeetingFactory(), GERDA)
    ((_, event),) = entries_to(GERDA.email)
    assert str(event["ATTENDEE"]) == f"mailto:{GERDA.email}"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Gerda Gast",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }
    assert str(event["ORGANIZER"]) == f"mailto:{settings.BACK_OFFICE_ADDRESS}"


@pytest.mark.parametrize("name", ["Titel\r\nBEGIN:VALARM", 'Komma, "punt";', "x" * 100, "é😀\x00"])
def test_a_hostile_name_stays_a_name(name: str):
    place = enrol_number(MeetingFactory(), 1)
    place.first_name = name
    services_file = Calendar.from_ical(calendar_of_place(place, language="nl"))
    assert entry_in(services_file).subcomponents == []


# --- What one needs on the day -------------------------------------------------------------------


def test_an_entry_says_what_one_needs_on_the_day_and_not_how_to_change_the_place():
    meeting = MeetingFactory(practical="Neem je laptop mee.\r\nEn een \x07pen.")
    AccreditationFactory(meeting=meeting)
    enrol(meeting, GERDA)
    ((_, event),) = entries_to(GERDA.email)
    assert str(event["DESCRIPTION"]).split("\n\n") == [
        (
            "Voor: Gerda Gast\nPE-uren: 3 PE-uren (NBA, aangevraagd)\n"
            f"Vragen: {settings.BACK_OFFICE_ADDRESS}"
        ),
        "Tien minuten lopen vanaf het station.",
        "Neem je laptop mee.\nEn een pen.",
    ]
    assert "inschrijving" not in str(event["DESCRIPTION"])


def test_the_link_to_join_is_in_the_entry_of_who_has_a_place_and_goes_with_it():
    link = "https://samen.example/geheim"
    meeting = MeetingFactory(venue=None, is_online=True, online_link=link, capacity=1)
    place, waits = enrol_number(meeting, 1), enrol_number(meeting, 2)
    ((_, event),) = entries_to(place.email)
    assert str(event["LOCATION"]) == link
    assert link in str(event["DESCRIPTION"])
    assert b"geheim" not in calendar_of_place(waits, language="nl")
    services.cancel(enrolment_id=place.pk, by=None)
    ((_, gone),) = entries_to(place.email)
    assert "geheim" not in gone.to_ical().decode().replace("\r\n ", "")


def test_what_is_online_as_well_has_the_address_as_its_place():
    meeting = MeetingFactory(is_online=True, online_link="https://video.example/x")
    ((_, event),) = entries_to(enrol_number(meeting, 1).email)
    assert str(event["LOCATION"]) == meeting.venue.address
    assert "https://video.example/x" in str(event["DESCRIPTION"])


def test_an_online_meeting_without_a_link_says_when_and_where_it_comes():
    meeting = MeetingFactory(venue=None, is_online=True)
    place = enrol_number(meeting, 1)
    words = "De link om mee te doen krijg je per mail, uiterlijk de dag voor de bijeenkomst."
    assert words in text_of(newest_to(place.email))
    ((_, event),) = entries_to(place.email)
    assert words in str(event["DESCRIPTION"])
    save(meeting, online_link="https://video.example/x")
    assert words not in text_of(newest_to(place.email))
    assert "https://video.example/x" in text_of(newest_to(place.email))


def test_the_file_on_the_page_of_a_place_holds_the_entries_of_the_mail():
    meeting = three_sessions()
    (place,) = enrol(meeting, GERDA)
    changed(meeting)
    mailed = {str(event["UID"]): event for _, event in entries_to(GERDA.email)}
    place = Enrolment.objects.get(pk=place.pk)
    fetched = Calendar.from_ical(calendar_of_place(place, language="nl")).walk("VEVENT")
    assert len(fetched) == len(mailed) == 3
    for event in fetched:
        known = mailed[str(event["UID"])]
        for name in ("SEQUENCE", "DTSTART", "DTEND", "DESCRIPTION", "SUMMARY"):
            assert event[name].to_ical() == known[name].to_ical()
        assert event["DTSTAMP"].dt >= known["DTSTAMP"].dt
    assert timezone.now() >= fetched[0]["DTSTAMP"].dt
