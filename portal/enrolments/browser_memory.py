"""What a browser remembers while somebody enrols: held places, what was typed, what was booked.

The session of a guest holds ids, what they were told, and what they typed while they are away to
sign in.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from portal.enrolments.services import Outcome
from portal.meetings.models import Meeting

HOLDS, TYPED, BOOKED = "held_places", "typed_enrolment", "booked"
KEPT = 20  # meetings; a session is no archive
TYPED_KEPT = 2  # meetings that one is away from to sign in
LONGEST = 300  # letters of what was typed in one field: more than any of them takes
MOST_TYPED = 4000  # letters of a whole form: ten people with all their fields
NOT_TYPED = {"csrfmiddlewaretoken", "do", "form_id", "price", "expects", "website"}


def remember(request: HttpRequest, drawer: str, meeting: Meeting, value: Any) -> None:
    """Puts a value for a meeting in one of the session's drawers; none takes it out."""
    values = {code: kept for code, kept in drawer_of(request, drawer) if code != meeting.code}
    if value is not None:
        values[meeting.code] = value
    if values or drawer in request.session:
        kept = TYPED_KEPT if drawer == TYPED else KEPT
        request.session[drawer] = dict(list(values.items())[-kept:])


def drawer_of(request: HttpRequest, drawer: str) -> list[tuple[str, Any]]:
    return list(request.session.get(drawer, {}).items())


def recall(request: HttpRequest, drawer: str, meeting: Meeting) -> Any:
    return dict(drawer_of(request, drawer)).get(meeting.code)


def held_in(request: HttpRequest, meeting: Meeting) -> UUID | None:
    """The hold that this browser has in a meeting, which may have run out since."""
    held = recall(request, HOLDS, meeting)
    return UUID(held) if held else None


def remember_hold(request: HttpRequest, meeting: Meeting, hold_id: UUID | None) -> None:
    remember(request, HOLDS, meeting, str(hold_id) if hold_id else None)


def booked_in(request: HttpRequest, meeting: Meeting) -> list[dict[str, Any]] | None:
    """What this browser was told when it last enrolled somebody in a meeting."""
    told: list[dict[str, Any]] | None = recall(request, BOOKED, meeting)
    return told


def remember_booking(request: HttpRequest, meeting: Meeting, outcome: Outcome) -> None:
    """Keeps what was told, not the booking: it may be somebody else's that was there before."""
    remember(request, BOOKED, meeting, [asdict(told) for told in outcome.told])


def remember_typed(request: HttpRequest, meeting: Meeting, typed: Mapping[str, Any]) -> None:
    """Keeps what was typed for whoever is away to sign in or to make an account.

    `typed` are fields of the form; those that do not fit in `MOST_TYPED` letters are left out.
    """
    kept: dict[str, str] = {}
    room = MOST_TYPED
    for name, value in typed.items():
        text = str(value)[:LONGEST]
        room -= len(name) + len(text)
        if text and room >= 0 and name not in NOT_TYPED:
            kept[name] = text
    remember(request, TYPED, meeting, kept)


def typed_in(request: HttpRequest, meeting: Meeting) -> dict[str, str]:
    """What was typed before; given back once."""
    typed: dict[str, str] = recall(request, TYPED, meeting) or {}
    if typed:
        remember(request, TYPED, meeting, None)
    return typed
