"""What one does with a place one has: the same for who is signed in and for who has the mail."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from pluc.counting import sentence, to_wait
from portal.accounts.models import User
from portal.enrolments import limits, services
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms import MoveForm, SubstituteForm
from portal.enrolments.links import token_of
from portal.enrolments.models import Enrolment
from portal.enrolments.queries.enrolling import place_in_line
from portal.enrolments.queries.terms import alternatives, can_cancel, can_move, can_substitute
from portal.enrolments.views.facts import facts_of, map_url_of
from portal.meetings.calendars import calendar_answer, calendar_of
from portal.meetings.policy import is_open
from portal.meetings.programme import programme_of

State = Enrolment.State


def page_about(
    request: HttpRequest, enrolment: Enrolment, *, template: str, **context: Any
) -> HttpResponse:
    """Shows a place with what can be done with it, or does what was asked."""
    now = timezone.now()
    move = MoveForm(meetings=alternatives(enrolment, now), prefix="move")
    substitute = SubstituteForm(prefix="instead")
    status, refusal = 200, None
    if request.method == "POST":
        if refusal := limits.refusal_of_change(
            request, enrolment, told=told_by(request, enrolment)
        ):
            messages.error(request, sentence(refusal.seconds))
        elif (done := act(request, enrolment)) is not None:
            return done
        status = 422
        move = MoveForm(request.POST, meetings=alternatives(enrolment, now), prefix="move")
        if request.POST.get("do") == "substitute":
            substitute = SubstituteForm(request.POST, prefix="instead")
    meeting = enrolment.meeting
    context |= {
        "enrolment": enrolment,
        "facts": facts_of(meeting, request),
        "map_url": map_url_of(meeting),
        "programme": programme_of(meeting),
        "speakers": list(meeting.speakers.all()),
        "can_enrol_others": is_open(meeting, now),
        "has_place": enrolment.state == State.ENROLLED,
        "is_offered": is_offered(enrolment, now),
        "place_in_line": line_of(enrolment),
        "cancelling": can_cancel(enrolment, now),
        "moving": can_move(enrolment, now),
        "substituting": can_substitute(enrolment, now),
        "move_form": move,
        "substitute_form": substitute,
    }
    answer = render(request, template, context, status=status)
    return to_wait(answer, refusal.seconds) if refusal else answer


def told_by(request: HttpRequest, enrolment: Enrolment) -> list[str]:
    """Whom a deed writes to: who has the place, and who would come instead."""
    return [enrolment.email, request.POST.get("instead-email", "")]


def is_offered(enrolment: Enrolment, now: datetime) -> bool:
    until = enrolment.offered_until
    return enrolment.state == State.OFFERED and until is not None and now < until


def line_of(enrolment: Enrolment) -> int:
    return place_in_line(enrolment=enrolment) if enrolment.state == State.WAITING else 0


def calendar_of_place(enrolment: Enrolment) -> HttpResponse:
    """The meeting as a calendar file; the link to join is for those who have a place."""
    content = calendar_of(
        enrolment.meeting,
        language=get_language() or "nl",
        with_link=enrolment.state == State.ENROLLED,
    )
    return calendar_answer(content, f"{enrolment.meeting.code}.ics")


def actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def act(request: HttpRequest, enrolment: Enrolment) -> HttpResponse | None:
    """Does what a button says. `None` where a form is not filled in rightly."""
    deeds: dict[str, Callable[[HttpRequest, Enrolment], Enrolment | None]] = {
        "cancel": cancel,
        "accept": accept,
        "decline": decline,
        "move": move,
        "substitute": substitute,
    }
    deed = deeds.get(request.POST.get("do", ""))
    try:
        shown = deed(request, enrolment) if deed else None
    except EnrolmentError as error:
        messages.error(request, error.sentence)
        return redirect(request.path)
    if shown is None:
        return None
    return redirect(way_to(request, shown))


def way_to(request: HttpRequest, enrolment: Enrolment) -> str:
    """To the place as it is now, by the way one came."""
    if request.resolver_match and request.resolver_match.url_name == "enrolment":
        return reverse("enrolment", args=[token_of(enrolment)])
    user = actor(request)
    if user and enrolment.person_id == user.person_id:
        return reverse("my_meeting", args=[enrolment.meeting.code])
    return reverse("my_meetings")


def cancel(request: HttpRequest, enrolment: Enrolment) -> Enrolment:
    services.cancel(enrolment_id=enrolment.pk, by=actor(request))
    messages.success(request, _t("Cancelled. You get a mail that says so."))
    return enrolment


def accept(request: HttpRequest, enrolment: Enrolment) -> Enrolment:
    services.accept_offer(enrolment_id=enrolment.pk, by=actor(request))
    messages.success(request, _t("The place is yours. You get a mail that says so."))
    return enrolment


def decline(request: HttpRequest, enrolment: Enrolment) -> Enrolment:
    services.decline_offer(enrolment_id=enrolment.pk, by=actor(request))
    messages.success(request, _t("Thank you for saying so. The next in line hears at once."))
    return enrolment


def move(request: HttpRequest, enrolment: Enrolment) -> Enrolment | None:
    dates = alternatives(enrolment, timezone.now())
    form = MoveForm(request.POST, meetings=dates, prefix="move")
    if not form.is_valid():
        return None
    new = services.move(enrolment_id=enrolment.pk, to_meeting_id=form.meeting_id, by=actor(request))
    messages.success(request, _t("You come on the new date. The mail tells all."))
    return new


def substitute(request: HttpRequest, enrolment: Enrolment) -> Enrolment | None:
    form = SubstituteForm(request.POST, prefix="instead")
    if not form.is_valid():
        return None
    services.substitute(enrolment_id=enrolment.pk, attendee=form.attendee, by=actor(request))
    messages.success(request, _t("Thank you. Who comes in your place gets a mail."))
    return enrolment
