"""A meeting as the API tells it: what its page on the site says, in the active language."""

import datetime as dt
from collections.abc import Hashable
from typing import Any, cast

from headless.offer import schemas
from headless.offer.words import language, moment, named
from home.offer import format_of, through, way_in
from pluc.content.addresses import absolute
from pluc.links import portal_address
from portal.meetings.addresses import course_path, meeting_path
from portal.meetings.deadlines import closes_at, is_open
from portal.meetings.models import Accreditation, Course, Meeting, Session, Speaker, Vat, Venue
from portal.meetings.models.vat import RATE
from portal.meetings.prices import price_of
from portal.meetings.terms import terms_of
from portal.meetings.wording import hours_in, local, place_of, places_left, when

Facts = dict[str, Any]
MOST_KNOWN = 50


def meeting_told(
    meeting: Meeting,
    now: dt.datetime,
    *,
    partner: str = "",
    known: dict[Hashable, Facts] | None = None,
) -> schemas.Meeting:
    """A meeting (`queries.in_full`) with a day; `partner` is through whose page one came.

    `known` keeps what stays as it is for the rest of the day.
    """
    known = {} if known is None else known
    key = (language(), partner, meeting.state, local(now).date())
    facts = known.get(key)
    if facts is None:
        if len(known) >= MOST_KNOWN:
            known.clear()
        facts = known[key] = facts_of_day(meeting, now, partner)
    return schemas.Meeting(**facts | facts_of_moment(meeting, now, facts))


def facts_of_day(meeting: Meeting, now: dt.datetime, partner: str) -> Facts:
    """What stays while the meeting is not changed; its terms change at midnight."""
    path = meeting_path(meeting, language())
    return {
        "code": meeting.code,
        "url": absolute(path) + through(partner),
        "enrol_url": portal_address("enrol", code=meeting.code) + through(partner),
        "calendar_url": absolute(f"{path.rstrip('/')}.ics"),
        "course": course_in_short(meeting.course),
        "format": meeting.format,
        "format_name": format_of(meeting),
        "state": meeting.state,
        "language": meeting.language,
        "starts_at": moment(cast(dt.datetime, meeting.starts_at)),
        "ends_at": moment(cast(dt.datetime, meeting.ends_at)),
        "days": [dt.date.fromisoformat(day) for day in meeting.days],
        "when": when(meeting),
        "place": place_told(meeting),
        "price": price_told(meeting),
        "pe_hours": [hours_told(one) for one in meeting.accreditations.all()],
        "speakers": [speaker_told(one) for one in meeting.speakers.all()],
        "sessions": [session_told(one) for one in meeting.sessions.all()],
        "partner": partner_of(meeting),
        "terms": terms_of(meeting, meeting.policy, now, costs=meeting.is_invoiced),
    }


def facts_of_moment(meeting: Meeting, now: dt.datetime, facts: Facts) -> Facts:
    """Places, and whether one can enrol. Without a way in there are no terms."""
    label, note = way_in(meeting, now)
    is_to_come = not meeting.is_cancelled and not meeting.has_begun(now)
    return {
        "places": places_told(meeting, now),
        "terms": facts["terms"] if label else [],
        "enrol_url": facts["enrol_url"] if label else None,
        "enrol_text": label or note,
        "calendar_url": facts["calendar_url"] if is_to_come else None,
    }


def course_in_short(course: Course) -> schemas.CourseInShort:
    return schemas.CourseInShort(
        code=course.slug,
        title=str(course),
        subject=named(course.subject),
        level=cast(Any, course.level),
        url=absolute(course_path(course, language())),
    )


def place_told(meeting: Meeting) -> schemas.Place:
    venue = meeting.venue
    return schemas.Place(
        text=place_of(meeting),
        is_online=meeting.is_online,
        region=named(meeting.where) if meeting.where else None,
        venue=venue_told(venue) if venue else None,
    )


def venue_told(venue: Venue) -> schemas.Venue:
    return schemas.Venue(
        name=venue.name, street=venue.street, postal_code=venue.postal_code, city=venue.city
    )


def price_told(meeting: Meeting) -> schemas.Price:
    vat = meeting.applied_vat
    return schemas.Price(
        amount=meeting.price,
        vat=cast(Any, vat),
        vat_rate=None if vat == Vat.EXEMPT else RATE,
        to_pay=Vat.to_pay(meeting.price, vat),
        text=price_of(meeting),
    )


def places_told(meeting: Meeting, now: dt.datetime) -> schemas.Places:
    """Places that are only held count as left: who holds them may not come."""
    text, state = places_left(meeting, now)
    closing = closes_at(meeting) if is_open(meeting, now) else None
    return schemas.Places(
        left=max(meeting.left, meeting.held if meeting.is_held else 0),
        state=cast(Any, state or "open"),
        text=text,
        closes_at=moment(closing) if closing else None,
    )


def hours_told(one: Accreditation) -> schemas.Hours:
    return schemas.Hours(
        scheme=one.scheme.code,
        hours=one.hours,
        is_granted=one.granted_on is not None,
        text=hours_in(one),
    )


def speaker_told(one: Speaker) -> schemas.Speaker:
    return schemas.Speaker(name=one.name, role=one.introduction)


def session_told(one: Session) -> schemas.Session:
    return schemas.Session(
        title=one.heading,
        starts_at=moment(one.starts_at),
        ends_at=moment(one.ends_at),
        break_minutes=one.break_minutes,
        counts=one.counts,
    )


def partner_of(meeting: Meeting) -> schemas.Named | None:
    """Whoever has a page of their own on the site."""
    if meeting.partner is None or not meeting.partner.is_partner:
        return None
    return schemas.Named(slug=meeting.partner.slug, name=meeting.partner.name)
