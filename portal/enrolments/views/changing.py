"""The page of a place, and what can be done there, by login and by the link in the mail."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from pluc.counting import sentence, to_wait
from pluc.deeds import Done, carry_out, posted
from pluc.mailboxes import mailbox_of
from portal.accounts.models import User
from portal.enrolments import limits, services
from portal.enrolments.agreements import is_payers_mailbox, of_place
from portal.enrolments.calendars import calendar_of_place
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms import AttendeeForm, MoveForm
from portal.enrolments.forms.wishes import WishesForm, asked_wishes
from portal.enrolments.links import token_of
from portal.enrolments.models import Enrolment, Wishes
from portal.enrolments.on_the_day import online_note
from portal.enrolments.order_links import token_of as order_token
from portal.enrolments.queries.deadlines import alternatives, can_cancel, can_move, can_substitute
from portal.enrolments.queries.waiting_list import place_in_line
from portal.enrolments.views.facts import facts_of, map_url_of
from portal.meetings.calendars import calendar_answer
from portal.meetings.deadlines import is_open
from portal.meetings.programme import programme_of

State = Enrolment.State


def page_about(
    request: HttpRequest, enrolment: Enrolment, *, template: str, **context: Any
) -> HttpResponse:
    """Shows a place with what can be done with it, or does what was asked."""
    form = form_of(request, enrolment)
    show_it = partial(show, request, enrolment, form, template, context)
    if request.method == "POST":
        told = told_by(request, enrolment)
        if refusal := limits.refusal_of_change(request, enrolment, told=told):
            messages.error(request, sentence(refusal.seconds))
            return to_wait(show_it(status=HTTPStatus.UNPROCESSABLE_ENTITY), refusal.seconds)
    return carry_out(request, form, partial(act, request, enrolment, form), show=show_it)


def form_of(request: HttpRequest, enrolment: Enrolment) -> Form:
    """What is filled in for the button that was pressed."""
    deed = request.POST.get("do", "")
    if deed == "move":
        dates = alternatives(enrolment, timezone.now())
        return MoveForm(request.POST, meetings=dates, prefix="move")
    if deed == "substitute":
        return AttendeeForm(request.POST, prefix="instead")
    if deed == "wishes":
        return WishesForm(request.POST, meeting=enrolment.meeting)
    return Form(posted(request))


def show(
    request: HttpRequest,
    enrolment: Enrolment,
    form: Form,
    template: str,
    context: dict[str, Any],
    status: int,
) -> HttpResponse:
    now = timezone.now()
    move = MoveForm(meetings=alternatives(enrolment, now), prefix="move")
    meeting = enrolment.meeting
    is_alive = enrolment.state in Enrolment.ALIVE
    context |= {
        "agreement": of_place(request, enrolment, now) if is_alive else None,
        "order_url": reverse("order", args=[order_token(enrolment.booking)])
        if is_payers_mailbox(enrolment)
        else "",
        "enrolment": enrolment,
        "facts": facts_of(meeting, request),
        "is_over": meeting.is_over(now),
        "map_url": map_url_of(meeting),
        "online_note": online_note(meeting),
        "programme": programme_of(meeting),
        "speakers": list(meeting.speakers.all()),
        "can_enrol_others": is_open(meeting, now),
        "has_place": enrolment.has_place,
        "is_offered": enrolment.has_offer(now),
        "has_missed_offer": enrolment.has_missed_offer(now),
        "place_in_line": place_in_line(enrolment=enrolment),
        "cancelling": can_cancel(enrolment, now),
        "moving": can_move(enrolment, now),
        "substituting": can_substitute(enrolment, now),
        "form": form,  # the one that was sent: what is wrong with it is told there and nowhere else
        "plain_form": form if type(form) is Form else None,
        "move_form": form if isinstance(form, MoveForm) else move,
        "substitute_form": (
            form if isinstance(form, AttendeeForm) else AttendeeForm(prefix="instead")
        ),
        "wishes_form": form if isinstance(form, WishesForm) else wishes_form(enrolment),
    }
    return render(request, template, context, status=status)


def wishes_form(enrolment: Enrolment) -> WishesForm | None:
    """What they told of food and access; `None` where nothing is asked, or they do not come."""
    meeting = enrolment.meeting
    is_over = enrolment.state not in Enrolment.ALIVE or meeting.has_begun(timezone.now())
    if is_over or not asked_wishes(meeting):
        return None
    kept = Wishes.objects.filter(enrolment=enrolment).values("diet", "access").first()
    return WishesForm(meeting=meeting, initial=kept | {"wishes_consent": True} if kept else {})


def told_by(request: HttpRequest, enrolment: Enrolment) -> list[str]:
    """The addresses that a change mails: who has the place, who would come instead, who pays."""
    instead = request.POST.get("instead-email", "")
    return once_each(enrolment.email, instead, enrolment.booking.email)


def once_each(*addresses: str) -> list[str]:
    """A mailbox gets one mail of a change, whoever of them it belongs to."""
    return list({mailbox_of(address): address for address in addresses}.values())


def calendar_file(enrolment: Enrolment) -> HttpResponse:
    """The answer with the meeting in it as it stands in somebody's own calendar."""
    content = calendar_of_place(enrolment, language=get_language() or "nl")
    return calendar_answer(content, f"{enrolment.meeting.code}.ics")


def actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def act(request: HttpRequest, enrolment: Enrolment, form: Form) -> Done:
    """Does what a button says. Raises `EnrolmentError`, also for a button that is none of ours."""
    by = actor(request)
    match request.POST.get("do"), form:
        case "cancel", _:
            services.cancel(enrolment_id=enrolment.pk, by=by)
            told = _t("Cancelled. We’ve e-mailed you to confirm.")
        case "accept", _:
            services.accept_offer(enrolment_id=enrolment.pk, by=by)
            told = _t("The place is yours. We’ve e-mailed you to confirm.")
        case "decline", _:
            services.decline_offer(enrolment_id=enrolment.pk, by=by)
            told = _t("Thank you for letting us know. Now somebody else can have the place.")
        case _, WishesForm():
            services.set_wishes(enrolment_id=enrolment.pk, wishes=form.typed)
            told = _t("Saved.") if form.typed else _t("Done: we keep no wishes of yours.")
        case _, MoveForm():
            enrolment = services.move(
                enrolment_id=enrolment.pk, to_meeting_id=form.meeting_id, by=by
            )
            told = _t("You’re booked for the new date. We’ve e-mailed you the details.")
        case _, AttendeeForm():
            services.substitute(enrolment_id=enrolment.pk, attendee=form.attendee, by=by)
            told = _t("Thank you. We’ve e-mailed the person who is coming instead.")
        case _:
            raise EnrolmentError
    return Done(told, way_to(request, enrolment))


def way_to(request: HttpRequest, enrolment: Enrolment) -> str:
    """To the place as it is now, by the way one came."""
    if request.resolver_match and request.resolver_match.url_name == "enrolment":
        return reverse("enrolment", args=[token_of(enrolment)])
    user = actor(request)
    if user and enrolment.person_id == user.person_id:
        return reverse("my_meeting", args=[enrolment.meeting.code])
    return reverse("my_meetings")
