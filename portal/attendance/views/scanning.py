"""What the QR code of a participant opens, on the phone of whoever stands at the door."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_members
from portal.attendance.codes import place_in
from portal.attendance.door_hours import session_now
from portal.attendance.door_lines import line_of, read_pressed
from portal.attendance.models import Mark
from portal.attendance.queries.door import person_at, place_at_door
from portal.attendance.views.door import mark_now, shown_at_door
from portal.enrolments.models import Enrolment
from portal.meetings.models import Session


@for_members
def person(request: SignedInRequest, code: str) -> HttpResponse:
    """Who it is, in the session of now, and a button. For others it does not exist."""
    key = or_not_found(place_in(code))
    place = or_not_found(place_at_door(user=request.user, enrolment_id=key))
    sessions = list(Session.objects.filter(meeting=place.meeting).order_by("starts_at"))
    session = session_now(sessions, timezone.now())
    pressed = read_pressed(request.POST.get("mark", ""))
    if session and pressed and pressed.of == place.pk and not pressed.is_walk_in:
        mark_now(request, session, pressed, source=Mark.Source.SCAN)
        return redirect("door_person", code)
    return show(request, place, session, sessions)


def show(
    request: SignedInRequest, place: Enrolment, session: Session | None, sessions: list[Session]
) -> HttpResponse:
    now, line = timezone.now(), None
    if session:
        session.meeting = place.meeting
        line = line_of(
            person_at(session=session, enrolment=place), user_id=request.user.pk, now=now
        )
    context = {
        "place": place,
        "meeting": place.meeting,
        "session": session,
        "sessions": sessions,
        "line": line,
    }
    response = render(request, "attendance/person.html", context)
    shown_at_door(request, place.meeting, [place.pk] if line else [])
    return response
