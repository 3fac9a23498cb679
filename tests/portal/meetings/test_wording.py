"""The facts of a meeting in words: dates, hours, prices, places."""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone, translation

from portal.meetings import prices, wording
from portal.meetings.days import days_in_words
from portal.meetings.models import Accreditation, Course, Meeting, Policy, Region, Scheme, Venue
from tests.planning import AccreditationFactory, MeetingFactory, SchemeFactory, at

pytestmark = pytest.mark.either_database

MAY = dt.date(2026, 5, 12)
UTRECHT = Venue(city="Utrecht", region=Region(name="Midden"))


def in_both(say) -> tuple[str, str]:
    """In Dutch and in English."""
    found = []
    for language in ("nl", "en"):
        with translation.override(language):
            found.append(say())
    return found[0], found[1]


def meeting_with(**fields: object) -> Meeting:
    """One that is not stored, on an afternoon in May, open a month before."""
    plain = {"starts_at": at(MAY, 13, 30), "ends_at": at(MAY, 17), "capacity": 12}
    return Meeting(**plain | {"policy": Policy(closing_days=1)} | fields)


def test_a_day_is_told_in_full():
    assert in_both(lambda: wording.long_date(MAY)) == ("dinsdag 12 mei 2026", "Tuesday 12 May 2026")


def test_a_time_is_told_by_the_clock_in_the_netherlands():
    moment = dt.datetime(2026, 5, 12, 11, 30, tzinfo=dt.UTC)
    assert in_both(lambda: wording.clock(moment)) == ("13.30", "13:30")


def test_when_is_a_day_with_its_times_or_the_days_that_it_takes():
    one_day = meeting_with()
    dutch, english = in_both(lambda: wording.when(one_day))
    assert dutch.startswith("dinsdag 12 mei 2026, 13.30 ")
    assert english == "Tuesday 12 May 2026, 13:30 to 17:00"
    days = ["2026-05-12", "2026-05-13", "2026-05-14"]
    more = meeting_with(ends_at=at(dt.date(2026, 5, 14), 17), days=days)
    told = ("12 tot en met 14 mei 2026", "12 to 14 May 2026")
    assert in_both(lambda: wording.when(more)) == told
    assert in_both(lambda: wording.when(Meeting()))[1] == "date to be announced"


@pytest.mark.parametrize(
    ("days", "dutch", "english"),
    [
        ("0107 0114", "7 en 14 januari 2027", "7 and 14 January 2027"),
        ("0107 0108", "7 en 8 januari 2027", "7 and 8 January 2027"),
        ("0107 0114 0121", "7, 14 en 21 januari 2027", "7, 14 and 21 January 2027"),
        ("0107 0108 0109", "7 tot en met 9 januari 2027", "7 to 9 January 2027"),
        ("0128 0204", "28 januari en 4 februari 2027", "28 January and 4 February 2027"),
        (
            "0107 0108 0109 0121 0204",
            "7 tot en met 9 en 21 januari en 4 februari 2027",
            "7 to 9 and 21 January and 4 February 2027",
        ),
        (
            "0130 0131 0201",
            "30 januari tot en met 1 februari 2027",
            "30 January to 1 February 2027",
        ),
    ],
)
def test_days_are_told_as_they_are_and_only_a_row_of_them_as_a_stretch(days, dutch, english):
    found = [dt.date.fromisoformat(f"2027{day}") for day in days.split()]
    assert in_both(lambda: days_in_words(found)) == (dutch, english)


def test_days_of_two_years_name_both():
    loose = [dt.date(2026, 12, 17), dt.date(2027, 1, 7)]
    assert in_both(lambda: days_in_words(loose))[0] == "17 december 2026 en 7 januari 2027"
    row = [dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 1, 2)]
    assert in_both(lambda: days_in_words(row)) == (
        "31 december 2026 tot en met 2 januari 2027",
        "31 December 2026 to 2 January 2027",
    )


def test_what_ends_after_midnight_takes_two_days():
    late = meeting_with(ends_at=at(dt.date(2026, 5, 13), 0, 30))
    assert not wording.takes_one_day(late)
    assert wording.takes_one_day(meeting_with(ends_at=at(MAY, 23, 59)))
    assert not wording.takes_one_day(Meeting())
    assert wording.time_range(Meeting()) == ""


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        ("195", "€ 195,00", "€ 195.00"),
        ("195.00", "€ 195,00", "€ 195.00"),
        ("0.5", "€ 0,50", "€ 0.50"),
        ("1295.5", "€ 1.295,50", "€ 1,295.50"),
        ("999999.99", "€ 999.999,99", "€ 999,999.99"),
    ],
)
def test_an_amount_has_its_cents_and_its_own_comma(amount: str, dutch: str, english: str):
    assert in_both(lambda: wording.euros(Decimal(amount))) == (dutch, english)


@pytest.mark.parametrize(
    ("course", "own", "dutch", "line"),
    [
        ("exempt", "", "€ 195,00, vrijgesteld van btw", "€ 195,00 btw-vrij"),
        ("included", "", "€ 195,00, inclusief 21% btw", "€ 195,00 incl. btw"),
        ("included", "exempt", "€ 195,00, vrijgesteld van btw", "€ 195,00 btw-vrij"),
        (
            "exempt",
            "on top",
            "€ 195,00, exclusief 21% btw (€ 235,95 inclusief btw)",
            "€ 195,00 excl. btw",
        ),
    ],
)
def test_a_price_says_how_vat_applies_by_the_meeting_and_else_by_its_course(
    course: str, own: str, dutch: str, line: str
):
    meeting = Meeting(price=Decimal(195), vat=own, course=Course(vat=course))
    assert in_both(lambda: prices.price_of(meeting))[0] == dutch
    assert in_both(lambda: prices.price_in_a_list(meeting))[0] == line


def test_what_is_free_or_paid_by_a_client_says_nothing_of_vat():
    inside = Meeting(price=Decimal(195), format=Meeting.Format.IN_COMPANY)
    for told in (prices.price_of, prices.price_in_a_list):
        assert in_both(partial(told, Meeting(price=Decimal(0))))[1] == "free"
        assert in_both(partial(told, inside)) == ("", "")


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        ("4", "4 ", "4 PE hours"),
        ("4.00", "4 ", "4 PE hours"),
        ("3.5", "3,5 ", "3.5 PE hours"),
        ("3.50", "3,5 ", "3.5 PE hours"),
        ("0.25", "0,25 ", "0.25 PE hours"),
        ("10", "10 ", "10 PE hours"),
        ("40.00", "40 ", "40 PE hours"),
        ("1", "1 ", "1 PE hour"),
        ("1.00", "1 ", "1 PE hour"),
        ("1.5", "1,5 ", "1.5 PE hours"),
    ],
)
def test_hours_have_no_zeros_at_the_end_and_one_is_one(value: str, dutch: str, english: str):
    said = in_both(lambda: wording.hours(Decimal(value)))
    assert said[0].startswith(dutch)
    assert said[1] == english


def test_hours_name_their_scheme_and_say_when_they_are_only_asked_for():
    scheme = Scheme(code="NBA")
    granted = Accreditation(scheme=scheme, hours=Decimal("3.50"), granted_on=MAY)
    asked = Accreditation(scheme=scheme, hours=Decimal(1))
    assert in_both(lambda: wording.hours_in(granted))[1] == "3.5 PE hours (NBA)"
    assert in_both(lambda: wording.hours_in(asked))[1] == "1 PE hour (NBA, requested)"


def test_a_line_in_a_list_names_the_most_hours(db):
    meeting = MeetingFactory()
    told = Meeting.objects.with_line()
    assert in_both(lambda: wording.most_hours(told.get(pk=meeting.pk))) == ("", "")
    AccreditationFactory(meeting=meeting, hours=Decimal(3))
    AccreditationFactory(
        meeting=meeting, hours=Decimal("3.5"), scheme=SchemeFactory(code="RB", position=2)
    )
    with translation.override("en"):
        assert wording.most_hours(told.get(pk=meeting.pk)) == "3.5 PE hours"
        assert wording.hours_of(meeting) == [
            "3 PE hours (NBA, requested)",
            "3.5 PE hours (RB, requested)",
        ]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"venue": UTRECHT}, "Utrecht"),
        ({"venue": UTRECHT, "is_online": True}, "Utrecht and online"),
        ({"is_online": True}, "Online"),
        ({"is_online": True, "region": Region(name_en="South")}, "Online"),
        ({"region": Region(name="Zuid", name_en="South")}, "South"),
        ({}, "place to be announced"),
    ],
)
def test_where_it_is_takes_a_word(fields, says: str):
    assert in_both(lambda: wording.place_of(Meeting(**fields)))[1] == says


@pytest.mark.parametrize(
    ("fields", "says", "mark"),
    [
        ({}, "12 places left", ""),
        ({"taken": 8}, "4 places left", ""),
        ({"taken": 9}, "3 places left", "few"),
        ({"taken": 11}, "1 place left", "few"),
        ({"taken": 12}, "full, waiting list", "full"),
        ({"state": "cancelled"}, "cancelled", "closed"),
        ({"state": "held"}, "enrolment closed", "closed"),
        ({"starts_at": None}, "enrolment closed", "closed"),
        ({"policy": Policy(closing_days=60)}, "enrolment closed", "closed"),
        ({"policy": Policy(closing_days=60), "taken": 12}, "enrolment closed", "closed"),
    ],
)
def test_what_is_left_is_told_with_how_to_show_it(fields, says: str, mark: str):
    a_month_before = at(dt.date(2026, 4, 12), 12)
    with translation.override("en"):
        assert wording.places_left(meeting_with(**fields), a_month_before) == (says, mark)


def test_what_is_left_is_told_of_now():
    with translation.override("en"):
        gone = meeting_with(starts_at=timezone.now() - dt.timedelta(days=1))
        assert wording.places_left(gone) == ("enrolment closed", "closed")


def test_the_language_that_is_spoken_is_named_in_the_active_one():
    spoken = [Meeting(language=code) for code in ("nl", "en")]
    with translation.override("en"):
        assert [wording.language_of(one) for one in spoken] == ["Dutch", "English"]
