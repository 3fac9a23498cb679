"""What the form of a meeting fills in by itself, from the last one like it.

Only what is still empty: nothing that somebody typed is overwritten.
"""

import datetime as dt
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from portal.meetings.forms.meetings import WholeMeeting
from portal.meetings.forms.rows import ROWS_AT_FIRST
from portal.meetings.models import Meeting, Session
from portal.meetings.models.meetings import ZONE
from portal.meetings.queries.staff import meeting_like

FILL = "fill"  # the button that fills in
# Of any meeting of this format, and of one of the same course alone.
BY_FORMAT = ("capacity", "price", "policy_id")
BY_COURSE = ("language", "practical", "practical_en", "client_id", "partner_id")


def filled_in(meeting: Meeting, sent: QueryDict) -> WholeMeeting:
    """The form as it was sent, or as an address names a course, with what can be filled in."""
    data = sent.copy()
    for prefix in ("sessions", "accreditations"):
        data.setdefault(f"{prefix}-TOTAL_FORMS", str(ROWS_AT_FIRST))
        data.setdefault(f"{prefix}-INITIAL_FORMS", "0")
    course, form = data.get("course", ""), data.get("format", "")
    if form not in Meeting.Format.values:
        form = ""
    source = meeting_like(course_id=number_in(course), form=form)
    if source is not None:
        data.setdefault("format", source.format)
        fill(data, facts_of(source, is_same_course=str(source.course_id) == course))
        if is_without_sessions(data):
            fill_rows(data, "sessions", [typed_session(one) for one in source.sessions.all()])
        if str(source.course_id) == course:
            fill_speakers(data, source)
            fill_rows(data, "accreditations", [hours_asked(o) for o in source.accreditations.all()])
    if "is_listed" not in sent and "csrfmiddlewaretoken" not in sent:
        data["is_listed"] = "on"  # as an empty form has it
    whole = WholeMeeting(meeting, data)
    whole.leave_unjudged()
    return whole


def number_in(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def facts_of(source: Meeting, *, is_same_course: bool) -> dict[str, Any]:
    names = BY_FORMAT + (BY_COURSE if is_same_course else ())
    return {name.removesuffix("_id"): getattr(source, name) for name in names}


def fill(data: QueryDict, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if data.get(name) in (None, "", "0") and value not in (None, ""):
            data[name] = str(value)


def is_without_sessions(data: QueryDict) -> bool:
    typed = (name for name in data if name.startswith("sessions-") and "_FORMS" not in name)
    return not any(data[name] for name in typed if not name.endswith("-counts"))


def fill_rows(data: QueryDict, prefix: str, rows: list[dict[str, Any]]) -> None:
    """Rows of sessions or accreditations, into those that are still empty."""
    total = f"{prefix}-TOTAL_FORMS"
    data[total] = str(max(len(rows), number_in(str(data[total])) or 0))
    for number, row in enumerate(rows):
        fill(data, {f"{prefix}-{number}-{name}": value for name, value in row.items()})


def fill_speakers(data: QueryDict, source: Meeting) -> None:
    if not data.getlist("speakers"):
        data.setlist("speakers", [str(one.pk) for one in source.speakers.all()])


def typed_session(session: Session) -> dict[str, Any]:
    """A session's hours, without its day."""
    return {
        "starts_at_1": clock_of(session.starts_at),
        "ends_at_1": clock_of(session.ends_at),
        "break_minutes": session.break_minutes,
        "title": session.title,
        "title_en": session.title_en,
        "counts": "on" if session.counts else "",
    }


def clock_of(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment, ZONE):%H:%M}"


def hours_asked(one: Any) -> dict[str, Any]:
    """What a scheme is asked for again; it has granted nothing yet."""
    return {"scheme": one.scheme_id, "hours": one.hours, "category": one.category}
