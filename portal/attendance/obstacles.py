"""What stands in the way of declaring attendance final, each in a sentence."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from portal.attendance.queries.sheets import Row, Sheet
from portal.meetings.models import Meeting

MOST_NAMED = 5
CAN_BE_FINAL = (Meeting.State.DEFINITE, Meeting.State.HELD, Meeting.State.COMPLETED)


class Kind(StrEnum):
    """What it is about: the screens lead to where it is put right."""

    STATE = "state"
    PHOTOGRAPHS = "photographs"
    SELF = "self"
    WALK_INS = "walk-ins"
    TIMES = "times"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    kind: Kind
    sentence: str


def obstacles_to(sheet: Sheet, now: dt.datetime) -> list[Obstacle]:
    """What has to be done first; the order in which it is best done."""
    rows = sheet.rows
    # While it goes on, people are in, and others have still to come.
    done = rows if sheet.meeting.is_over(now) else []
    found = {
        Kind.STATE: about_state(sheet, now),
        Kind.PHOTOGRAPHS: about_photographs(sheet.photographs),
        Kind.WALK_INS: about_walk_ins(len(sheet.walk_ins)),
        Kind.SELF: about_own_marks([row for row in rows if row.is_unconfirmed]),
        Kind.TIMES: about_times([row for row in done if row.times_are_wrong]),
        Kind.UNDECIDED: about_undecided([row for row in done if not row.is_known]),
    }
    return [Obstacle(kind=kind, sentence=words) for kind, words in found.items() if words]


def about_state(sheet: Sheet, now: dt.datetime) -> str:
    if sheet.is_final:
        return _t("Attendance is final already.")
    if sheet.meeting.state not in CAN_BE_FINAL:
        return _t("This meeting is not definite, or it is cancelled.")
    return "" if sheet.meeting.is_over(now) else _t("The meeting is not over yet.")


def about_photographs(number: int) -> str:
    words = ngettext(
        "%(n)d photograph of a signed list has not been gone through.",
        "%(n)d photographs of signed lists have not been gone through.",
        number,
    )
    return words % {"n": number} if number else ""


def about_walk_ins(number: int) -> str:
    words = ngettext(
        "Of %(n)d walk-in nobody has said what becomes of it.",
        "Of %(n)d walk-ins nobody has said what becomes of them.",
        number,
    )
    return words % {"n": number} if number else ""


def about_own_marks(rows: list[Row]) -> str:
    words = ngettext(
        "%(n)d person marked themselves, and nobody has confirmed it: %(names)s.",
        "%(n)d people marked themselves, and nobody has confirmed it: %(names)s.",
        len(rows),
    )
    return words % said_of(rows) if rows else ""


def about_times(rows: list[Row]) -> str:
    words = ngettext(
        "Of %(n)d person one mark is missing, in or out: %(names)s.",
        "Of %(n)d people one mark is missing, in or out: %(names)s.",
        len(rows),
    )
    return words % said_of(rows) if rows else ""


def about_undecided(rows: list[Row]) -> str:
    words = ngettext(
        "Of %(n)d person nobody has said whether they came: %(names)s.",
        "Of %(n)d people nobody has said whether they came: %(names)s.",
        len(rows),
    )
    return words % said_of(rows) if rows else ""


def said_of(rows: list[Row]) -> dict[str, object]:
    names = [row.enrolment.full_name for row in rows[:MOST_NAMED]]
    more = [_t("and more")] if len(rows) > MOST_NAMED else []
    return {"n": len(rows), "names": ", ".join([*names, *more])}
