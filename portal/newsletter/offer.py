"""The offer in an issue: the meetings that one can still join, as they are at that moment."""

import datetime as dt
from collections.abc import Iterable
from itertools import islice

from django.utils.text import capfirst
from django.utils.translation import get_language

from pluc.content.addresses import absolute
from portal.meetings.addresses import meeting_path
from portal.meetings.deadlines import is_open
from portal.meetings.models import Meeting
from portal.meetings.on_site import pages_of
from portal.meetings.prices import price_in_a_list
from portal.meetings.queries.remembered import on_offer
from portal.meetings.wording import long_date, most_hours, place_of, takes_one_day, time_range, when
from portal.newsletter.parts import Line

CAFE = Meeting.Format.CAFE


def courses(*, now: dt.datetime, how_many: int, subject: str = "") -> list[Line]:
    """The first meetings that are no PE-café; about one subject, if one is named."""
    fitting = (
        meeting
        for meeting in joinable(now)
        if meeting.format != CAFE and subject in {"", meeting.course.subject.slug}
    )
    return [line_of(meeting) for meeting in islice(fitting, how_many)]


def cafes(*, now: dt.datetime, how_many: int, in_each_region: bool) -> list[Line]:
    """The first PE-cafés; of each region only the next one, if asked."""
    found = [meeting for meeting in joinable(now) if meeting.format == CAFE]
    chosen = first_of_each_region(found) if in_each_region else found
    return [line_of(meeting) for meeting in chosen[:how_many]]


def first_of_each_region(meetings: Iterable[Meeting]) -> list[Meeting]:
    regions: dict[object, Meeting] = {}
    for meeting in meetings:
        regions.setdefault(meeting.where, meeting)
    return list(regions.values())


def joinable(now: dt.datetime) -> list[Meeting]:
    """What one can enrol for and has places, the first one first, on the site in this language."""
    meetings = [one for one in on_offer(now=now).with_line() if is_open(one, now) and one.left > 0]
    shown = pages_of(meeting.course_id for meeting in meetings)
    language = get_language()
    return [
        meeting
        for meeting in meetings
        if any(page.is_live and page.language == language for page in shown[meeting.course_id])
    ]


def line_of(meeting: Meeting) -> Line:
    """A meeting in words. Places left are not told: who reads it next week would be misled."""
    day = meeting.starts_on
    one_day = day is not None and takes_one_day(meeting)
    facts = (
        time_range(meeting) if one_day else "",
        place_of(meeting),
        most_hours(meeting),
        price_in_a_list(meeting),
    )
    return Line(
        title=str(meeting.course),
        day=capfirst(long_date(day)) if day and one_day else capfirst(when(meeting)),
        facts=" · ".join(capfirst(fact) for fact in facts if fact),
        address=absolute(meeting_path(meeting, get_language() or "nl")),
    )
