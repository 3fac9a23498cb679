"""The page of a place, and what can be done there, by login and by the link in the mail."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.counting import sentence, to_wait
from portal.accounts.models import User
from portal.enrolments import limits, services
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms import AttendeeForm, MoveForm
from portal.enrolments.links import token_of
from portal.enrolments.models import Enrolment
from portal.enrolments.queries.deadlines import alternatives, can_cancel, can_move, can_substitute
from portal.enrolments.queries.waiting_list import place_in_line
from portal.enrolments.views.facts import facts_of, map_url_of
from portal.meetings.deadlines import is_open
from portal.meetings.wording import between, local, long_date, takes_one_day

State = Enrolment.State


def page_about(
    request: HttpRequest, enrolment: Enrolment, *, template: str, **context: Any
) -> HttpResponse:
    """Shows a place with what can be done with it, or does what was asked."""
    now = timezone.now()
    move = MoveForm(meetings=alternatives(enrolment, now), prefix="move")
    substitute = AttendeeForm(prefix="instead")
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
            substitute = AttendeeForm(request.POST, prefix="instead")
    meeting = enrolment.meeting
    context |= {
        "enrolment": enrolment,
        "facts": facts_of(meeting, request),
        "map_url": map_url_of(meeting),
        "programme": programme_of(enrolment),
        "speakers": list(meeting.speakers.all()),
        "can_enrol_others": is_open(meeting, now),
        "has_place": enrolment.has_place,
        "is_offered": enrolment.has_offer(now),
        "place_in_line": place_in_line(enrolment=enrolment),
        "cancelling": can_cancel(enrolment, now),
        "moving": can_move(enrolment, now),
        "substituting": can_substitute(enrolment, now),
        "move_form": move,
        "substitute_form": substitute,
    }
    answer = render(request, template, context, status=status)
    return to_wait(answer, refusal.seconds) if refusal else answer


def told_by(request: HttpRequest, enrolment: Enrolment) -> list[str]:
    """The addresses that a change mails: who has the place, and who would come instead."""
    return [enrolment.email, request.POST.get("instead-email", "")]


def programme_of(enrolment: Enrolment) -> list[tuple[str, str]]:
    """Time and title of each session."""
    meeting = enrolment.meeting
    one_day = takes_one_day(meeting)
    return [
        (
            ("" if one_day else f"{long_date(local(session.starts_at).date())}, ")
            + between(session.starts_at, session.ends_at),
            session.title or str(meeting.course),
        )
        for session in meeting.sessions.all()
    ]


def actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def act(request: HttpRequest, enrolment: Enrolment) -> HttpResponse | None:
    """Does what the pressed button says, and redirects. `None` where its form is not valid."""
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
    form = AttendeeForm(request.POST, prefix="instead")
    if not form.is_valid():
        return None
    services.substitute(enrolment_id=enrolment.pk, attendee=form.attendee, by=actor(request))
    messages.success(request, _t("Thank you. Who comes in your place gets a mail."))
    return enrolment
