"""Meetings as calendar files (RFC 5545): one to look at, and a feed of the whole offer.

An entry per session, so that a lunch is free in somebody's calendar. Here its UID is the session's
and never changes; SEQUENCE grows with each change that people are told of. What somebody's own
place puts in their calendar is `portal.enrolments.calendars`.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from pluc.links import site_address
from portal.meetings.addresses import meeting_path
from portal.meetings.models import Meeting, Session
from portal.meetings.models.meetings import ZONE
from portal.meetings.wording import full_place_of

CONTENT_TYPE = "text/calendar; charset=utf-8"
# Calendars ask again after this long.
REFRESH = dt.timedelta(hours=6)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
WINTER, SUMMER = dt.timedelta(hours=1), dt.timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """By what a calendar knows an entry again, and which of two messages about it is the later."""

    uid: str
    sequence: int
    stamp: dt.datetime


def new_calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.PRODUCT}//{settings.MAIL_DOMAIN}//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def finished(calendar: Calendar) -> bytes:
    """The calendar as a file, with the rules of our time zone (VTIMEZONE, RFC 5545 3.6.5)."""
    calendar.add_component(zone())
    return calendar.to_ical()


@cache
def zone() -> Timezone:
    """The time zone by its two yearly rules, which Outlook reads; it reads no lists of dates.

    A rule begins by the clock that it ends: summer at 02.00, winter at 03.00.
    """
    last_sunday = {"freq": "yearly", "byday": "-1su"}
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    summer.add("dtstart", dt.datetime.combine(dt.date(1996, 3, 31), dt.time(2)))
    summer.add("rrule", last_sunday | {"bymonth": 3})
    winter.add("dtstart", dt.datetime.combine(dt.date(1996, 10, 27), dt.time(3)))
    winter.add("rrule", last_sunday | {"bymonth": 10})
    rules = ((summer, "CEST", WINTER, SUMMER), (winter, "CET", SUMMER, WINTER))
    found = Timezone()
    found.add("tzid", settings.TIME_ZONE)
    for rule, name, before, after in rules:
        rule.add("tzname", name)
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", after)
        found.add_component(rule)
    return found


def entry(meeting: Meeting, session: Session, *, language: str, mark: Mark | None = None) -> Event:
    """One session as a calendar entry: as everybody may see it, unless it gets a mark of its own.

    Of what is public the stamp is the last change, so that a file stays the same until then.
    """
    changed_at = meeting.changed_at.astimezone(dt.UTC)
    uid = f"{session.pk}@{settings.MAIL_DOMAIN}"
    mark = mark or Mark(uid=uid, sequence=meeting.sequence, stamp=changed_at)
    event = Event()
    event.add("uid", mark.uid)
    event.add("sequence", mark.sequence)
    event.add("dtstamp", mark.stamp.astimezone(dt.UTC))
    event.add("last-modified", changed_at)
    event.add("dtstart", timezone.localtime(session.starts_at, ZONE))
    event.add("dtend", timezone.localtime(session.ends_at, ZONE))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    with translation.override(language):
        event.add("summary", one_line(summary_of(meeting, session)))
        event.add("location", one_line(full_place_of(meeting)))
    if meeting.is_public:
        event.add("url", site_address(meeting_path(meeting, language)))
    return event


def one_line(text: str) -> str:
    """The text without control characters: RFC 5545 allows none, and CR may begin a new line."""
    return " ".join(CONTROL.sub(" ", text).split())


def summary_of(meeting: Meeting, session: Session) -> str:
    part = session.heading
    return f"{meeting.course}: {part}" if part else str(meeting.course)


def calendar_answer(content: bytes, name: str) -> HttpResponse:
    """The answer with a calendar file in it, such as "agenda.ics", for a browser to store."""
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition}
    )


def calendar_of(meeting: Meeting, *, language: str) -> bytes:
    """One meeting as a calendar file, for anybody to import."""
    calendar = new_calendar("PUBLISH")
    for session in meeting.sessions.all():
        calendar.add_component(entry(meeting, session, language=language))
    return finished(calendar)


def feed(meetings: Iterable[Meeting], *, language: str) -> bytes:
    """Meetings as a calendar to subscribe to; the cancelled ones among them say so."""
    calendar = new_calendar("PUBLISH")
    calendar.add("x-wr-calname", settings.PRODUCT)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for meeting in meetings:
        for session in meeting.sessions.all():
            calendar.add_component(entry(meeting, session, language=language))
    return finished(calendar)
