"""The facts of a meeting in words, said alike everywhere, in the active language."""

import datetime as dt
import math
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.language import once_per_language, only_in_active_language
from portal.meetings.days import days_in, days_in_words
from portal.meetings.deadlines import is_open
from portal.meetings.models import Accreditation, Meeting, Session
from portal.meetings.models.meetings import ZONE

FEW = 3


def local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment, ZONE)


@once_per_language
def long_date(day: dt.date) -> str:
    """donderdag 12 mei 2026"""
    return formats.date_format(day, "l j F Y")


@once_per_language
def month_name(day: dt.date) -> str:
    """mei 2026"""
    return formats.date_format(day, "F Y")


@once_per_language
def label_of(choices: type[models.TextChoices], value: str) -> str:
    """The label of a value, as `get_FOO_display` gives it; that translates all labels each time."""
    return str(dict(choices.choices).get(value, value))


def clock(moment: dt.datetime) -> str:
    """13.30"""
    return formats.time_format(local(moment), "TIME_FORMAT")


@once_per_language
def between(start: dt.datetime, end: dt.datetime) -> str:
    """13.30 tot 17.00 uur"""
    return _t("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


def session_times(session: Session) -> str:
    """donderdag 12 mei 2026, 13.30 tot 17.00 uur; with both days where it ends on another one."""
    first, last = local(session.starts_at).date(), local(session.ends_at).date()
    if first == last:
        return f"{long_date(first)}, {between(session.starts_at, session.ends_at)}"
    start = f"{long_date(first)}, {clock(session.starts_at)}"
    end = f"{long_date(last)}, {clock(session.ends_at)}"
    return _t("%(start)s to %(end)s") % {"start": start, "end": end}


def time_range(meeting: Meeting) -> str:
    """From the first start to the last end, for what takes one day."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return ""
    return between(meeting.starts_at, meeting.ends_at)


def takes_one_day(meeting: Meeting) -> bool:
    return (
        meeting.starts_at is not None
        and meeting.ends_at is not None
        and local(meeting.starts_at).date() == local(meeting.ends_at).date()
    )


def when(meeting: Meeting) -> str:
    """donderdag 12 mei 2026, 13.30 tot 17.00 uur; of several days which they are, without hours."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return _t("date to be announced")
    if takes_one_day(meeting):
        return f"{long_date(local(meeting.starts_at).date())}, {time_range(meeting)}"
    return days_in_words(days_in(meeting))


def each_day(meeting: Meeting) -> list[str]:
    """Each day of a meeting that takes several, with its hours; nothing where it takes one."""
    if takes_one_day(meeting):
        return []
    days: dict[dt.date, list[Session]] = {}
    for session in meeting.sessions.all():
        days.setdefault(local(session.starts_at).date(), []).append(session)
    return [
        f"{long_date(day)}, {between(sessions[0].starts_at, max(one.ends_at for one in sessions))}"
        for day, sessions in days.items()
    ]


def place_of(meeting: Meeting) -> str:
    """Where it is, in a word: a city, a region, online."""
    if meeting.venue:
        city = meeting.venue.city
        return _t("%(city)s and online") % {"city": city} if meeting.is_online else city
    if meeting.is_online:
        return _t("Online")
    return str(meeting.region) if meeting.region else _t("place to be announced")


def full_place_of(meeting: Meeting) -> str:
    """Where it is, on one line: the address of its venue, or in a word where it has none."""
    return meeting.venue.address if meeting.venue else place_of(meeting)


def number(value: Decimal) -> str:
    """3,5: without zeros at the end."""
    shown = value.normalize()
    digits = max(0, -int(shown.as_tuple().exponent))
    return formats.number_format(shown, decimal_pos=digits)


@once_per_language
def hours(value: Decimal) -> str:
    """4 PE-uren, 3,5 PE-uren, 1 PE-uur"""
    if value == 1:
        return _t("1 PE hour")
    return _t("%(n)s PE hours") % {"n": number(value)}


def hours_in(accreditation: Accreditation) -> str:
    """4 PE-uren (NBA); says so where the scheme has not answered yet."""
    words = f"{hours(accreditation.hours)} ({accreditation.scheme.code}"
    if accreditation.granted_on is None:
        asked = _t("requested")
        return f"{words}, {asked})"
    return f"{words})"


def hours_of(meeting: Meeting) -> list[str]:
    """Per scheme."""
    return [hours_in(accreditation) for accreditation in meeting.accreditations.all()]


def most_hours(meeting: Meeting) -> str:
    """One figure for a line in a list: the most that a scheme recognises (`with_line`)."""
    return hours(meeting.most_hours) if meeting.most_hours else ""


@once_per_language
def euros(amount: Decimal) -> str:
    """€ 195,00"""
    return f"€ {formats.number_format(amount, decimal_pos=2, force_grouping=True)}"


def places_left(meeting: Meeting, now: dt.datetime | None = None) -> tuple[str, str]:
    """What is left, and how to show it: "", "few", "held", "full", "closed"."""
    if meeting.is_cancelled:
        return _t("cancelled"), "closed"
    now = now or timezone.now()
    if not is_open(meeting, now):
        return _t("enrolment closed"), "closed"
    if meeting.is_held:
        return held(meeting, now), "held"
    if meeting.is_full:
        return _t("full, waiting list"), "full"
    text = ngettext("%(n)d place left", "%(n)d places left", meeting.left) % {"n": meeting.left}
    return text, "few" if meeting.left <= FEW else ""


def held(meeting: Meeting, now: dt.datetime) -> str:
    """That the last places are held, and how many minutes at most until one knows more."""
    until = meeting.held_until or now
    minutes = max(math.ceil((until - now).total_seconds() / 60), 1)
    told = ngettext(
        "Somebody is enrolling right now. In %(n)d minute at most you know whether there is a place"
        " left.",
        "Somebody is enrolling right now. In %(n)d minutes at most you know whether there is a"
        " place left.",
        minutes,
    )
    return told % {"n": minutes}


def crowd_of(meeting: Meeting) -> str:
    """3 ingeschreven, 1 vastgehouden tot 14.05: for the back office."""
    parts = [_t("%(n)d enrolled") % {"n": meeting.enrolled}]
    if meeting.offered:
        parts.append(_t("%(n)d offered") % {"n": meeting.offered})
    if meeting.held and meeting.held_until:
        until = {"n": meeting.held, "time": clock(meeting.held_until)}
        parts.append(_t("%(n)d held until %(time)s") % until)
    if meeting.waiting:
        parts.append(_t("%(n)d waiting") % {"n": meeting.waiting})
    return ", ".join(parts)


def language_of(meeting: Meeting) -> str:
    """The language that is spoken, in the active one."""
    return str(dict(settings.LANGUAGES).get(meeting.language, meeting.language))


def soon(meeting: Meeting, now: dt.datetime) -> str:
    """Morgen om 13.30 uur: as one says it when it is next. Nothing without a day."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return ""
    if meeting.has_begun(now):
        return _t("Now, until %(end)s") % {"end": clock(meeting.ends_at)}
    day, today = local(meeting.starts_at).date(), local(now).date()
    near = {0: _t("Today at %(start)s"), 1: _t("Tomorrow at %(start)s")}
    words = near.get((day - today).days, _t("%(day)s at %(start)s"))
    told = words % {"day": long_date(day), "start": clock(meeting.starts_at)}
    return told[:1].upper() + told[1:]


def why_cancelled(meeting: Meeting) -> str:
    """In the active language; nothing in one that nobody wrote it in."""
    return only_in_active_language(meeting.cancelled_because, meeting.cancelled_because_en)


def name_with_day(meeting: Meeting) -> str:
    """By what people know it: its course and first day; its code while it has none."""
    if meeting.starts_on is None:
        return str(meeting)
    return f"{meeting.course}, {formats.date_format(meeting.starts_on)}"
