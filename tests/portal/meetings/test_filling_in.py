"""The form of a meeting helps: it fills in, adds rows, makes a code, and refuses the past."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.meetings.errors import InThePast
from portal.meetings.models import Meeting
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    MeetingFactory,
    SpeakerFactory,
    at,
    in_days,
)
from tests.portal.meetings.planned import filled_in, parts_of, save, sent, session, soup_of
from tests.portal.meetings.typed import NEW, refused, row, typed_new

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def last() -> Meeting:
    """The last run of a course."""
    meeting = MeetingFactory(capacity=18, price=Decimal("195.00"), practical="Neem een pen mee.")
    meeting.speakers.add(SpeakerFactory())
    AccreditationFactory(meeting=meeting, number="NBA-7", granted_on=in_days(-9))
    return meeting


def pressed(office: Client, button: dict[str, str], **typed: Any) -> dict[str, Any]:
    """What the form holds after a button other than "Save"; nothing is stored or judged."""
    answer = office.post(NEW, filled_in(office.get(NEW), "code") | typed | button)
    assert answer.status_code == 200
    assert not soup_of(answer).select(".error-message, .w-field__errors .icon-warning")
    return filled_in(answer, "code")


def test_the_last_one_of_the_course_fills_in_what_is_empty(office: Client, last: Meeting):
    found = pressed(office, {"fill": "1"}, course=last.course_id, capacity="9")
    assert (found["price"], found["capacity"]) == (["195.00"], ["9"]), "what was typed stays"
    assert found["policy"] == [str(last.policy_id)]
    assert found["speakers"] == [str(last.speakers.get().pk)]
    assert (found["sessions-0-starts_at_0"], found["sessions-0-starts_at_1"]) == ([""], ["13:30"])
    assert found["accreditations-0-hours"] == ["3.00"]
    assert found["accreditations-0-number"] == [""], "granted once, asked for again"
    assert Meeting.objects.count() == 1


def test_a_course_that_was_never_held_takes_after_its_format(office: Client, last: Meeting):
    found = pressed(office, {"fill": "1"}, course=CourseFactory().pk, format="open")
    assert (found["price"], found["policy"]) == (["195.00"], [str(last.policy_id)])
    assert ("speakers" in found, found["practical"]) == (False, [""])


def test_an_address_with_a_course_opens_a_form_that_is_filled_in(office: Client, last: Meeting):
    found = filled_in(office.get(f"{NEW}?course={last.course_id}"), "code")
    assert (found["course"], found["capacity"]) == ([str(last.course_id)], ["18"])
    assert found["is_listed"] == ["on"]
    for hostile in ("x", "-1", "9" * 30, "0", ""):
        assert office.get(NEW, {"course": hostile}).status_code == 200


def test_rows_are_added_as_they_are_needed(office: Client):
    found = pressed(office, {"add": "sessions"}, code="peer", **row(0))
    assert found["sessions-TOTAL_FORMS"] == ["2"]
    assert found["sessions-0-starts_at_1"] == ["13:30"]
    assert (found["sessions-1-starts_at_0"], found["sessions-1-counts"]) == ([""], ["on"])
    assert pressed(office, {"add": "accreditations"})["accreditations-TOTAL_FORMS"] == ["2"]
    assert pressed(office, {"add": "x"})["sessions-TOTAL_FORMS"] == ["1"]


def test_an_end_without_a_day_is_on_the_same_day(office: Client):
    typed = typed_new(**{"sessions-0-ends_at_0": ""})
    assert sent(office, NEW, "code", **typed).status_code == 302
    assert Meeting.objects.get().ends_at == at(in_days(30), 17)


def test_a_code_is_made_of_course_and_day(office: Client):
    course = CourseFactory(slug="peren-tellen")
    for _ in range(2):
        sent(office, NEW, "code", **typed_new(code="", course=course.pk))
    codes = Meeting.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == [f"peren-tellen-{in_days(30)}", f"peren-tellen-{in_days(30)}-2"]


def test_nothing_is_planned_in_the_past(office: Client):
    answer = sent(office, NEW, "code", **typed_new(**row(0, in_days(-1))))
    refused(answer, "This day is over. Choose one that is still to come.")
    assert not Meeting.objects.exists()
    meeting = MeetingFactory()
    with pytest.raises(InThePast):
        save(meeting, parts={"sessions": [session(in_days(-1))]})


def test_of_what_has_begun_the_past_may_be_put_right():
    meeting = MeetingFactory()
    with time_machine.travel(meeting.starts_at + dt.timedelta(days=1)):
        longer = [session(meeting.starts_on, end=(18, 0))]
        save(meeting, parts=parts_of(meeting) | {"sessions": longer})
    assert Meeting.objects.get().ends_at == at(meeting.starts_on, 18)
