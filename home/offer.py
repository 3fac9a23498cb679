"""What the public site tells of a meeting: in a line, and on its own page."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from pluc.links import portal_address
from portal.meetings.addresses import course_path, meeting_path
from portal.meetings.models import Meeting, Session
from portal.meetings.policy import closes_at, is_open
from portal.meetings.wording import (
    between,
    hours_of,
    language_of,
    local,
    long_date,
    most_hours,
    place_of,
    places_left,
    price_of,
    takes_one_day,
    time_range,
    when,
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A meeting as a line of the timetable. All but the date is words."""

    title: str
    url: str
    date: dt.date | None
    format: str
    place: str
    time: str
    hours: str
    places: str
    state: str
    price: str


def row_of(meeting: Meeting, now: dt.datetime, *, partner: str = "") -> Row:
    """The line of a meeting; `partner` is through whose page one found it."""
    places, state = places_left(meeting, now)
    return Row(
        title=str(meeting.course),
        url=meeting_path(meeting, get_language() or "nl") + through(partner),
        date=meeting.starts_on,
        format=str(meeting.get_format_display()),
        place=place_of(meeting),
        time=time_range(meeting) if takes_one_day(meeting) else when(meeting),
        hours=most_hours(meeting),
        places=places,
        state=state,
        price=price_of(meeting),
    )


def through(partner: str) -> str:
    """How an address remembers the partner through whose page somebody came."""
    return f"?partner={partner}" if partner else ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A session in the programme."""

    day: str
    time: str
    title: str
    pause: str
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All that a meeting's page tells beside the text of its course."""

    title: str
    facts: list[tuple[str, str]]
    label: str
    url: str
    note: str
    programme: list[Part]
    calendar_url: str
    course_url: str
    is_cancelled: bool
    places: str
    state: str
    speakers: list[object] = field(default_factory=list)


def sheet_of(meeting: Meeting, now: dt.datetime, *, partner: str = "") -> Sheet:
    language = get_language() or "nl"
    label, note = way_in(meeting, now)
    places, state = places_left(meeting, now)
    path = meeting_path(meeting, language)
    return Sheet(
        title=str(meeting.course),
        facts=facts_of(meeting, now),
        label=label,
        url=portal_address("enrol", code=meeting.code) + through(partner) if label else "",
        note=note,
        programme=[part_of(session, meeting) for session in meeting.sessions.all()],
        calendar_url=f"{path.rstrip('/')}.ics",
        course_url=course_path(meeting.course, language),
        is_cancelled=meeting.is_cancelled,
        places=places,
        state=state,
        speakers=list(meeting.speakers.all()),
    )


def facts_of(meeting: Meeting, now: dt.datetime) -> list[tuple[str, str]]:
    """Labels and values, without those that are empty."""
    closing = closes_at(meeting)
    facts = [
        (_t("When"), when(meeting)),
        (_t("Where"), meeting.venue.address if meeting.venue else place_of(meeting)),
        (_t("PE hours"), ", ".join(hours_of(meeting))),
        (_t("Price"), price_of(meeting)),
        (_t("Places"), places_left(meeting, now)[0]),
        (_t("Level"), str(meeting.course.get_level_display())),
        (_t("Language"), language_of(meeting)),
    ]
    if closing and is_open(meeting, now):
        facts.insert(5, (_t("Enrol until"), last_day(closing)))
    return [(label, value) for label, value in facts if value]


def last_day(closing: dt.datetime) -> str:
    """The day on which one can still enrol: a deadline is the midnight after it."""
    shown = local(closing)
    at_midnight = shown.hour == shown.minute == 0
    return long_date(shown.date() - dt.timedelta(days=1) if at_midnight else shown.date())


def way_in(meeting: Meeting, now: dt.datetime) -> tuple[str, str]:
    """What the button says (nothing: there is none), and the line below it."""
    if meeting.is_cancelled:
        return "", _t("This meeting is cancelled.")
    if meeting.starts_at and meeting.starts_at <= now:
        return "", _t("This meeting has been. Below are the dates to come.")
    if not is_open(meeting, now):
        return "", _t("Enrolment is closed.")
    if meeting.left <= 0:
        return _t("Join the waiting list"), _t("Places that come free are offered in order.")
    return _t("Enrol"), _t("No account needed.")


def part_of(session: Session, meeting: Meeting) -> Part:
    is_english = get_language() == "en"
    title = (session.title_en if is_english else "") or session.title
    pause = _t("%(n)d minutes’ break") % {"n": session.break_minutes}
    one_day = takes_one_day(meeting)
    return Part(
        day="" if one_day else long_date(local(session.starts_at).date()),
        time=between(session.starts_at, session.ends_at),
        title=title or str(meeting.course),
        pause=pause if session.break_minutes else "",
        counts=session.counts,
    )
