"""The door of a meeting, on the phone of staff or its speaker: a list, and a press per person.

It works by plain forms; `static/js/door.js` makes it quick, and keeps marks while there is no
connection. Who may be there: `queries.door`; for everybody else it does not exist.
"""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_members
from portal.attendance import refusals
from portal.attendance.door_hours import session_now
from portal.attendance.door_lines import Pressed, line_of, read_pressed, said_of_kind
from portal.attendance.forms.walking_in import WalkInForm
from portal.attendance.kept_pages import kept
from portal.attendance.models import Mark
from portal.attendance.permissions import may_take
from portal.attendance.queries.door import DoorRow, door_of, people_at
from portal.attendance.queries.marks import final_among
from portal.attendance.services.disclosing import record_list_shown
from portal.attendance.services.marking import NewMark, take_marks
from portal.attendance.services.walking_in import add_walk_in
from portal.attendance.views.marks import milliseconds
from portal.meetings.models import Meeting, Session


def session_or_404(request: SignedInRequest, code: str, session_id: UUID) -> Session:
    """A session of a meeting at whose door one may stand, with that meeting."""
    meeting = or_not_found(door_of(user=request.user, code=code))
    sessions = {one.pk: one for one in meeting.sessions.all()}
    return or_not_found(sessions.get(session_id))


@for_members
def choose(request: SignedInRequest, code: str) -> HttpResponse:
    """The sessions of a meeting; the door itself where there is one only, or one is open now."""
    meeting = or_not_found(door_of(user=request.user, code=code))
    sessions = list(meeting.sessions.all())
    if len(sessions) == 1:
        return redirect("door_session", code, sessions[0].pk)
    open_now = session_now(sessions, timezone.now())
    context = {"meeting": meeting, "sessions": sessions, "open_now": open_now}
    return render(request, "attendance/choose.html", context)


@for_members
def door(request: SignedInRequest, code: str, session_id: UUID) -> HttpResponse:
    session = session_or_404(request, code, session_id)
    if request.method == "POST":
        return press(request, session)
    return kept(request, page(request, session))


def press(request: SignedInRequest, session: Session) -> HttpResponse:
    """Takes the mark of a button, without JavaScript; goes on where one was."""
    pressed = read_pressed(request.POST.get("mark", ""))
    if pressed is None:
        messages.error(request, refusals.malformed().sentence)
        return redirect("door_session", session.meeting.code, session.pk)
    mark_now(request, session, pressed, source=Mark.Source.DOOR)
    address = reverse("door_session", args=[session.meeting.code, session.pk])
    return HttpResponseRedirect(f"{address}#p{pressed.of.hex}")


def mark_now(request: SignedInRequest, session: Session, pressed: Pressed, *, source: str) -> None:
    """Takes one mark, now; tells why where it is refused."""
    now = timezone.now()
    mark = NewMark(
        id=pressed.number,
        session_id=session.pk,
        enrolment_id=None if pressed.is_walk_in else pressed.of,
        walk_in_id=pressed.of if pressed.is_walk_in else None,
        kind=pressed.kind,
        at=now,
        source=source,
        supersedes_id=pressed.supersedes,
    )
    [receipt] = take_marks(marks=[mark], by=request.user, now=now)
    if not receipt.is_taken:
        messages.error(request, receipt.sentence)


def page(
    request: SignedInRequest, session: Session, form: WalkInForm | None = None, status: int = 200
) -> HttpResponse:
    """The list, and the form for who stands on no list; in a constant number of queries."""
    now = timezone.now()
    crowd = people_at(session=session)
    context = {
        "session": session,
        "meeting": session.meeting,
        "lines": [line_of(row, user_id=request.user.pk, now=now) for row in crowd.rows],
        "form": form or WalkInForm(people=people(crowd.rows), initial={"number": uuid4()}),
        "has_typed": form is not None,
        "why_closed": why_closed(session.meeting),
        "several": len(session.meeting.sessions.all()) > 1,
        "said_in": said_of_kind(Mark.Kind.IN, "{time}"),
        "said_out": said_of_kind(Mark.Kind.OUT, "{time}"),
        "now": milliseconds(now),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "number_in": crowd.number_in,
        "number_unlisted": crowd.number_unlisted,
    }
    response = render(request, "attendance/door.html", context, status=status)
    keys = [row.key for row in crowd.rows if not row.is_walk_in]
    shown_at_door(request, session.meeting, keys)
    return response


def shown_at_door(request: SignedInRequest, meeting: Meeting, places: list[UUID]) -> None:
    """Writes down whom a speaker saw at the door; a colleague is PLUC! itself (P14, P17)."""
    if request.method != "HEAD" and not may_take(request.user):
        record_list_shown(meeting=meeting, places=places, viewer=request.user.person)


def why_closed(meeting: Meeting) -> str:
    """Why the door takes no marks of this meeting; nothing where it does."""
    if meeting.is_cancelled:
        return refusals.cancelled().sentence
    return refusals.final().sentence if final_among(meeting_ids=[meeting.pk]) else ""


def people(rows: list[DoorRow]) -> list[tuple[UUID, str]]:
    """Those whom somebody can have come for."""
    return [(row.key, row.person.name) for row in rows if not row.is_walk_in]


@for_members
def walk_in(request: SignedInRequest, code: str, session_id: UUID) -> HttpResponse:
    """Adds somebody who stands on no list."""
    session = session_or_404(request, code, session_id)
    if request.method != "POST":
        return redirect("door_session", code, session_id)
    form = WalkInForm(posted(request), people=people(people_at(session=session).rows))

    def do() -> Done:
        who = add_walk_in(session=session, by=request.user, now=timezone.now(), **form.typed)
        address = reverse("door_session", args=[code, session_id])
        return Done(_t("Added, and in."), f"{address}#p{who.pk.hex}")

    def show(*, status: int) -> HttpResponse:
        return page(request, session, form, status)

    return carry_out(request, form, do, show=show)
