"""Meetings as calendar files (RFC 5545): one to look at, a feed, and invitations that change.

An entry per session, so that a lunch is free in somebody's calendar. Its UID is the session's and
never changes; SEQUENCE grows with each change that people are told of.
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from pluc.links import site_address
from portal.meetings.addresses import meeting_path
from portal.meetings.models import Meeting, Session
from portal.meetings.models.meetings import ZONE
from portal.meetings.wording import full_place_of

CONTENT_TYPE = "text/calendar; charset=utf-8"
# Calendars ask again after this long.
REFRESH = "PT6H"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


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
    """The rules of our time zone, worked out once per process: that is most of a file's time."""
    return Timezone.from_tzid(settings.TIME_ZONE)


def entry(meeting: Meeting, session: Session, *, language: str, with_link: bool = False) -> Event:
    """One session as a calendar entry; with the link to join only `with_link`, for participants."""
    event = Event()
    event.add("uid", f"{session.pk}@{settings.MAIL_DOMAIN}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(dt.UTC))
    event.add("last-modified", meeting.changed_at.astimezone(dt.UTC))
    event.add("dtstart", timezone.localtime(session.starts_at, ZONE))
    event.add("dtend", timezone.localtime(session.ends_at, ZONE))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    with translation.override(language):
        event.add("summary", one_line(summary_of(meeting, session)))
        event.add("location", one_line(location_of(meeting, with_link=with_link)))
    if with_link and meeting.venue and meeting.online_link:
        event.add("description", meeting.online_link)
    if meeting.is_public:
        event.add("url", site_address(meeting_path(meeting, language)))
    return event


def one_line(text: str) -> str:
    """The text without control characters: RFC 5545 allows none, and CR may begin a new line."""
    return " ".join(CONTROL.sub(" ", text).split())


def summary_of(meeting: Meeting, session: Session) -> str:
    part = session.heading
    return f"{meeting.course}: {part}" if part else str(meeting.course)


def location_of(meeting: Meeting, *, with_link: bool) -> str:
    """The address of the venue; without a venue, the link to join where `with_link` allows it."""
    link = meeting.online_link if with_link and not meeting.venue else ""
    return link or full_place_of(meeting)


def calendar_answer(content: bytes, name: str) -> HttpResponse:
    """The answer with a calendar file in it, such as "agenda.ics", for a browser to store."""
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition}
    )


def calendar_of(meeting: Meeting, *, language: str, with_link: bool = False) -> bytes:
    """One meeting as a calendar file, for somebody to import."""
    calendar = new_calendar("PUBLISH")
    for session in meeting.sessions.all():
        calendar.add_component(entry(meeting, session, language=language, with_link=with_link))
    return finished(calendar)


def feed(meetings: Iterable[Meeting], *, language: str) -> bytes:
    """Meetings as a calendar to subscribe to; the cancelled ones among them say so."""
    calendar = new_calendar("PUBLISH")
    calendar.add("x-wr-calname", settings.PRODUCT)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"}, encode=False)
    calendar.add("x-published-ttl", REFRESH)
    for meeting in meetings:
        for session in meeting.sessions.all():
            calendar.add_component(entry(meeting, session, language=language))
    return finished(calendar)


def invitation(
    meeting: Meeting,
    *,
    name: str,
    email: str,
    method: str,
    language: str,
    removed: Iterable[Session] = (),
) -> bytes:
    """The calendar file of a mail: REQUEST adds or changes entries, CANCEL takes them away.

    A file has one method (RFC 5546), so sessions that were `removed` are told with CANCEL alone.
    """
    calendar = new_calendar(method)
    sessions = list(removed) if removed else list(meeting.sessions.all())
    for session in sessions:
        event = entry(meeting, session, language=language, with_link=method == "REQUEST")
        if method == "CANCEL":
            event["status"] = vText("CANCELLED")
        event["organizer"] = organizer()
        event.add("attendee", attendee(name, email), encode=False)
        calendar.add_component(event)
    return finished(calendar)


def organizer() -> vCalAddress:
    address = vCalAddress(f"mailto:{settings.BACK_OFFICE_ADDRESS}")
    address.params["CN"] = vText(settings.PRODUCT)
    return address


def attendee(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(one_line(name))
    address.params["PARTSTAT"] = vText("ACCEPTED")
    address.params["RSVP"] = vText("FALSE")
    return address
