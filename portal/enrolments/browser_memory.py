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
# Special data (AVG 9) is kept once somebody is enrolled, and nowhere before.
NOT_TYPED |= {"diet", "access", "wishes_consent"}


def remember(request: HttpRequest, key: str, meeting: Meeting, value: Any) -> None:
    """Keeps a value for a meeting under a key of the session; `None` removes it."""
    values = {code: kept for code, kept in values_under(request, key) if code != meeting.code}
    if value is not None:
        values[meeting.code] = value
    if values or key in request.session:
        kept = TYPED_KEPT if key == TYPED else KEPT
        request.session[key] = dict(list(values.items())[-kept:])


def values_under(request: HttpRequest, key: str) -> list[tuple[str, Any]]:
    return list(request.session.get(key, {}).items())


def recall(request: HttpRequest, key: str, meeting: Meeting) -> Any:
    return dict(values_under(request, key)).get(meeting.code)


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
    """Keeps what was told, not the booking, which may be an earlier one of somebody else.

    `again`: this browser enrolled these people before, in another tab or by going back.
    """
    before = {(one["name"], one["email"]) for one in booked_in(request, meeting) or []}
    again = outcome.all_stood and all((one.name, one.email) in before for one in outcome.told)
    told = [asdict(one) | {"again": again} for one in outcome.told]
    remember(request, BOOKED, meeting, told)


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
    """Returns what was typed before, and forgets it."""
    typed: dict[str, str] = recall(request, TYPED, meeting) or {}
    if typed:
        remember(request, TYPED, meeting, None)
    return typed
