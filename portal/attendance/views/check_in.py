"""Checking in by oneself: the code in the room, and what it opens on the phone of a participant."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.counting import Deed, count, too_many
from pluc.errors import or_not_found
from pluc.qr_codes import qr_svg
from pluc.signed_in import SignedInRequest, for_members, is_signed_in
from portal.attendance.codes import is_room_code
from portal.attendance.door_hours import closes_at, is_open, opens_at
from portal.attendance.links import check_in_link
from portal.attendance.queries.door import session_at
from portal.attendance.queries.own import OwnPlace, own_place_in
from portal.attendance.refusals import MarkRefused
from portal.attendance.services.checking_in import check_in
from portal.meetings.wording import between


@for_members
def room(request: SignedInRequest, session_id: UUID) -> HttpResponse:
    """The screen in the room, for whoever may take attendance there."""
    return in_the_room(request, session_id, "attendance/room.html")


@for_members
def room_now(request: SignedInRequest, session_id: UUID) -> HttpResponse:
    """The part of it that changes: fetched anew by `static/js/refreshed.js`."""
    return in_the_room(request, session_id, "attendance/room_code.html")


def in_the_room(request: SignedInRequest, session_id: UUID, template: str) -> HttpResponse:
    session = or_not_found(session_at(user=request.user, session_id=session_id))
    now = timezone.now()
    shown = is_open(session, now) and not session.meeting.is_cancelled
    context = {
        "session": session,
        "meeting": session.meeting,
        "code": qr_svg(check_in_link(session.pk, now)) if shown else "",
        "opens_at": opens_at(session),
        "now": now,
    }
    return render(request, template, context)


def scanned(request: HttpRequest, session_id: UUID, code: str) -> HttpResponse:
    """What a scan opens: a button that marks oneself. Nothing is marked by looking."""
    if not is_signed_in(request):
        messages.info(
            request,
            _t(
                "Sign in first. The code in the room changes every minute, so scan it again"
                " afterwards."
            ),
        )
        return redirect_to_login(request.get_full_path())
    if refusal := count(request, Deed(name="check_in", keys={str(request.user.pk): 1})):
        return too_many(request, refusal.seconds)
    if not is_room_code(code, session_id, timezone.now()):
        return told(request, old_code(), HTTPStatus.NOT_FOUND)
    place = own_place_in(person=request.user.person, session_id=session_id)
    if place is None:
        return told(request, no_place(), HTTPStatus.UNPROCESSABLE_ENTITY)
    if not is_open(place.session, timezone.now()):
        return told(request, not_now(place), HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "POST":
        return mark_oneself(request, place, code)
    return render(request, "attendance/check_in.html", {"place": place})


def mark_oneself(request: SignedInRequest, place: OwnPlace, code: str) -> HttpResponse:
    kind = request.POST.get("kind", "")
    try:
        check_in(place=place, kind=kind, by=request.user, now=timezone.now())
    except MarkRefused as refusal:
        return told(request, refusal.sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("check_in", place.session.pk, code)


def told(request: HttpRequest, sentence: str, status: HTTPStatus) -> HttpResponse:
    return render(request, "attendance/not_checked_in.html", {"why": sentence}, status=status)


def old_code() -> str:
    return _t(
        "This code is no longer valid: it changes every minute. Scan the one that is shown now."
    )


def not_now(place: OwnPlace) -> str:
    hours = between(opens_at(place.session), closes_at(place.session))
    return _t("For this session you can check in on the day itself, %(hours)s.") % {"hours": hours}


def no_place() -> str:
    return _t(
        "There is no place in your name in this meeting, so nothing has been noted. Tell them at"
        " the door: they will see to it."
    )
