"""What the public site tells of a meeting: in a line, and on its own page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from pluc.links import portal_address
from portal.meetings.addresses import meeting_path
from portal.meetings.deadlines import closes_at, is_open
from portal.meetings.models import Course, Meeting, Speaker
from portal.meetings.prices import price_in_a_list, price_of
from portal.meetings.programme import Part, programme_of
from portal.meetings.rows import Row
from portal.meetings.terms import terms_of
from portal.meetings.wording import (
    hours_of,
    label_of,
    language_of,
    local,
    long_date,
    month_name,
    most_hours,
    place_of,
    places_left,
    takes_one_day,
    time_range,
    when,
)


def row_of(meeting: Meeting, now: dt.datetime, *, partner: str = "", by: str = "") -> Row:
    """The line of a meeting (`with_line`); `partner` is through whose page one found it.

    `by` is "day" where the course is known and the day stands in its place, "region" where one
    looks for what is near.
    """
    day, place = meeting.starts_on, place_of(meeting)
    region = str(meeting.where or "") if by == "region" else ""
    places, state = places_left(meeting, now)
    return Row(
        date=day,
        title=capfirst(long_date(day)) if day and by == "day" else str(meeting.course),
        url=meeting_path(meeting, get_language() or "nl") + through(partner),
        format="" if by == "region" else capfirst(format_of(meeting)),
        region=region,
        place="" if place == region else place,
        time=time_range(meeting) if takes_one_day(meeting) else when(meeting),
        hours=most_hours(meeting),
        places=capfirst(places),
        state=state,
        price=capfirst(price_in_a_list(meeting)),
    )


def format_of(meeting: Meeting) -> str:
    """What kind of meeting it is; of a partner's, with whom."""
    if meeting.format == Meeting.Format.PARTNER and meeting.partner:
        return _t("With %(name)s") % {"name": meeting.partner.name}
    return label_of(Meeting.Format, meeting.format)


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of the timetable: its name in the address of a heading, its label, its lines."""

    name: str
    label: str
    rows: list[Row]


def by_month(rows: Iterable[Row]) -> list[Month]:
    """The timetable in months. Lines stand in the order of their days."""
    dated = [(row.date, row) for row in rows if row.date]
    return [
        Month(
            name=f"{first:%Y-%m}",
            label=month_name(first),
            rows=[row for _, row in group],
        )
        for first, group in groupby(dated, key=lambda pair: pair[0].replace(day=1))
    ]


def through(partner: str) -> str:
    """The query with the short name of the partner through whose page a visitor came, if any."""
    return f"?partner={partner}" if partner else ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All that a meeting's page tells beside the text of its course. Without a `label` there is no
    way in, and `note` says why; without a `calendar_url` there is nothing to put in a calendar.
    """

    date: dt.date | None
    when: str
    place: str
    price: str
    facts: list[tuple[str, str]]
    more: list[tuple[str, str]]
    label: str
    url: str
    note: str
    programme: list[Part]
    calendar_url: str
    is_cancelled: bool
    terms: list[str]
    speakers: list[Speaker] = field(default_factory=list)


def sheet_of(meeting: Meeting, now: dt.datetime, *, partner: str = "") -> Sheet:
    label, note = way_in(meeting, now)
    path = meeting_path(meeting, get_language() or "nl")
    is_to_come = not meeting.is_cancelled and not meeting.has_begun(now)
    return Sheet(
        date=meeting.starts_on,
        when=when(meeting),
        place=place_of(meeting),
        price=price_in_a_list(meeting),
        facts=facts_card(meeting, now),
        more=more_facts(meeting, now),
        label=label,
        url=portal_address("enrol", code=meeting.code) + through(partner) if label else "",
        note=note,
        programme=programme_of(meeting),
        calendar_url=f"{path.rstrip('/')}.ics" if is_to_come else "",
        is_cancelled=meeting.is_cancelled,
        terms=terms_of(meeting, meeting.policy, now, costs=meeting.is_invoiced) if label else [],
        speakers=list(meeting.speakers.all()),
    )


def facts_card(meeting: Meeting, now: dt.datetime) -> list[tuple[str, str]]:
    """What one decides by, above the button: labels and values, without the empty ones.

    A value may have several lines.
    """
    facts = [
        (_t("When"), day_and_time(meeting)),
        (_t("Where"), where_lines(meeting)),
        (_t("Price"), price_of(meeting)),
        (_t("Places"), places_left(meeting, now)[0] if is_open(meeting, now) else ""),
    ]
    return [(label, value) for label, value in facts if value]


def more_facts(meeting: Meeting, now: dt.datetime) -> list[tuple[str, str]]:
    """The rest of the card, below the button."""
    closing = closes_at(meeting) if is_open(meeting, now) else None
    facts = [
        (_t("PE hours"), "\n".join(hours_of(meeting))),
        (_t("Enrol until"), last_day(closing) if closing else ""),
        (_t("Level"), label_of(Course.Level, meeting.course.level)),
        (_t("Language"), language_of(meeting)),
    ]
    return [(label, value) for label, value in facts if value]


def day_and_time(meeting: Meeting) -> str:
    """The day, and below it the time; of several days which they are."""
    if meeting.starts_on and takes_one_day(meeting):
        return f"{long_date(meeting.starts_on)}\n{time_range(meeting)}"
    return when(meeting)


def where_lines(meeting: Meeting) -> str:
    """The address as on an envelope; what is online too, says so below it."""
    if meeting.venue is None:
        return place_of(meeting)
    venue = meeting.venue
    lines = [venue.name, venue.street, f"{venue.postal_code} {venue.city}"]
    return "\n".join([*lines, _t("and online")] if meeting.is_online else lines)


def last_day(closing: dt.datetime) -> str:
    """The day on which one can still enrol: a deadline is the midnight after it."""
    shown = local(closing)
    at_midnight = shown.hour == shown.minute == 0
    return long_date(shown.date() - dt.timedelta(days=1) if at_midnight else shown.date())


def way_in(meeting: Meeting, now: dt.datetime) -> tuple[str, str]:
    """What the button says (nothing: there is none), and the line below it."""
    if meeting.is_cancelled:
        return "", _t("Nobody can enrol any more.")
    if meeting.is_over(now):
        return "", _t("This meeting is over.")
    if meeting.has_begun(now):
        return "", _t("This meeting has begun.")
    if not is_open(meeting, now):
        return "", _t("Enrolment is closed.")
    if meeting.is_full:
        return _t("Join the waiting list"), _t("Places that come free are offered in order.")
    return _t("Enrol"), _t("No account needed.")
