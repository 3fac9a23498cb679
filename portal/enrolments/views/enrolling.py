"""The form to enrol in a meeting, and the page that confirms it."""

import re
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache

from pluc.counting import Deed, Refusal, count, sentence, take_back, to_wait
from portal.accounts.models import User
from portal.accounts.requests import come_back_to, remember_who
from portal.enrolments import limits, services
from portal.enrolments.agreements import before_enrolling, cost_of
from portal.enrolments.browser_memory import (
    booked_in,
    held_in,
    remember_booking,
    remember_hold,
    remember_typed,
    typed_in,
)
from portal.enrolments.errors import AlreadyEnrolled, EnrolmentError
from portal.enrolments.forms import EnrollingForm
from portal.enrolments.forms.enrolling import (
    as_typed,
    known_of,
    name_of,
    own_name,
    people_in,
    without_person,
)
from portal.enrolments.models import Enrolment
from portal.enrolments.queries.enrolling import meeting_to_enrol_in, own_place_in, who_stands
from portal.enrolments.views.facts import facts_of
from portal.enrolments.views.holding import Room, room_for
from portal.meetings.deadlines import is_open
from portal.meetings.models import Meeting
from portal.meetings.queries.offer import meetings_of_course
from portal.organisations.queries import partner_with_slug

AWAY = {"sign-in": "account_login", "register": "account_signup"}


@never_cache
def enrol(request: HttpRequest, code: str) -> HttpResponse:
    """The form; sent, a place or a spot on the waiting list."""
    meeting = meeting_to_enrol_in(code=code)
    if meeting is None:
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    if not is_open(meeting, timezone.now()):
        return closed(request, meeting)
    if request.method == "POST":
        return posted(request, meeting, user)
    if has_place(user, meeting) and not for_others(request):
        return to_own_place(request, meeting)
    return form_page(request, fresh_form(request, meeting, user))


def for_others(request: HttpRequest) -> bool:
    """Whether somebody asks for a form to enrol others alone (`?voor=ander`)."""
    return request.GET.get("voor") == "ander"


def has_place(user: User | None, meeting: Meeting) -> bool:
    return user is not None and own_place_in(meeting=meeting, person_id=user.person_id) is not None


def to_own_place(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    messages.info(request, AlreadyEnrolled().sentence)
    return redirect("my_meeting", code=meeting.code)


def fresh_form(request: HttpRequest, meeting: Meeting, user: User | None) -> EnrollingForm:
    """With what is known of who is signed in, or what a guest typed before they went away."""
    typed = {name: value for name, value in typed_in(request, meeting).items() if value}
    initial = {"partner": request.GET.get("partner", "")[:60]} | typed
    if for_others(request):
        initial["not_coming"] = "on"
    if user:
        initial = known_of(user) | initial | own_name(user, typed)
    return EnrollingForm(meeting=meeting, user=user, initial=initial)


def posted(request: HttpRequest, meeting: Meeting, user: User | None) -> HttpResponse:
    """Adds or removes a person on the form, goes away to sign in, or takes the form."""
    deed = request.POST.get("do", "")
    deeds = [Deed(name="form"), *([Deed(name="away")] if deed in AWAY else [])]
    if refusal := count(request, *deeds):
        again = EnrollingForm(meeting=meeting, user=user, initial=as_typed(request.POST))
        return not_now(request, again, refusal)
    if deed in AWAY:
        return go_away(request, meeting, deed)
    if deed == "add":
        typed = as_typed(request.POST) | {"people": str(people_in(request.POST) + 1)}
        form = EnrollingForm(meeting=meeting, user=user, initial=typed)
        form.begin_at(name_of("first_name", form.count))
        return form_page(request, form)
    if (number := person_to_leave_out(deed)) is not None:
        typed = without_person(request.POST, number)
        form = EnrollingForm(meeting=meeting, user=user, initial=typed)
        return form_page(request, form, begins_at_more=True)
    return take(request, EnrollingForm(request.POST, meeting=meeting, user=user))


def person_to_leave_out(deed: str) -> int | None:
    """Whom a button leaves out: "without-3" is the third person. `None` for any other button."""
    found = re.fullmatch(r"without-([0-9]{1,3})", deed)
    return int(found[1]) if found else None


def go_away(request: HttpRequest, meeting: Meeting, deed: str) -> HttpResponse:
    """To sign in or register, and back into the same form with what was typed."""
    known, typed = EnrollingForm(request.POST, meeting=meeting).fields, as_typed(request.POST)
    remember_typed(request, meeting, {n: v for n, v in typed.items() if n in known})
    remember_who(request, typed)
    path = reverse("enrol", args=[meeting.code])
    come_back_to(request, path)
    ways = {"next": path, "partner": request.POST.get("partner", "")}
    return HttpResponseRedirect(reverse(AWAY[deed], query={k: v for k, v in ways.items() if v}))


def take(request: HttpRequest, form: EnrollingForm) -> HttpResponse:
    """Books what was sent; the form again, with status 422, where it is not valid."""
    meeting = form.meeting
    if not form.is_valid():
        if has_place(form.user, meeting) and not form.data.get("not_coming"):
            return to_own_place(request, meeting)
        return form_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.fell_in_trap:  # the same answer, so that a machine learns nothing
        return redirect("enrolled", code=meeting.code)
    partner = partner_with_slug(slug=form.cleaned_data["partner"])
    order = form.order(
        language=get_language() or "nl",
        hold_id=held_in(request, meeting),
        came_from_id=partner.pk if partner else None,
    )
    deeds = limits.deeds_of(request, order)
    if refusal := count(request, *deeds):
        return not_now(request, form, refusal)
    try:
        outcome = services.enrol(order=order)
    except EnrolmentError as error:
        take_back(request, *deeds)
        return refused(request, form, error)
    remember_hold(request, meeting, None)
    remember_booking(request, meeting, outcome)
    if form.user is None:  # the next page offers an account
        remember_who(request, form.cleaned_data)
    return redirect("enrolled", code=meeting.code)


def not_now(request: HttpRequest, form: EnrollingForm, refusal: Refusal) -> HttpResponse:
    """The form with all that was typed, and how long to wait (429)."""
    ceilings = {
        "unproven": _t(
            "From your network as many people were enrolled in this meeting today as we take "
            "without an account. Sign in to go on, or call us: we enrol them for you."
        ),
        "vouched": _t("For a group this size, please give us a call."),
    }
    told = ceilings.get(refusal.name) or sentence(refusal.seconds)
    answer = form_page(request, form, status=HTTPStatus.TOO_MANY_REQUESTS, refusal=told)
    return to_wait(answer, refusal.seconds)


def refused(request: HttpRequest, form: EnrollingForm, error: EnrolmentError) -> HttpResponse:
    """The form with all that was typed and the facts as they are now (409)."""
    meeting = meeting_to_enrol_in(code=form.meeting.code)
    if meeting is None:
        raise Http404
    if not is_open(meeting, timezone.now()):
        return closed(request, meeting)
    if isinstance(error, AlreadyEnrolled) and has_place(form.user, meeting):
        return to_own_place(request, meeting)
    again = EnrollingForm(meeting=meeting, user=form.user, initial=as_typed(request.POST))
    return form_page(request, again, status=HTTPStatus.CONFLICT, refusal=error.sentence)


def form_page(
    request: HttpRequest,
    form: EnrollingForm,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    refusal: str = "",
    begins_at_more: bool = False,
) -> HttpResponse:
    """The form; `refusal` tells why it was not taken, `begins_at_more` where one reads on."""
    room = room_for(request, meeting=form.meeting, people=form.coming)
    slug = form["partner"].value() or ""
    context = {
        "form": form,
        "refusal": refusal,
        "begins_at_more": begins_at_more,
        "stands_already": [] if form.user else standing(request, form.meeting),
        "room": room,
        "facts": facts_of(form.meeting, request),
        "label": label_of(form, room),
        "partner": partner_with_slug(slug=str(slug)),
        "cost": cost_of(form.meeting, places=form.coming - room.on_list, waiting=room.on_list),
        "agreement": before_enrolling(request, form.meeting, timezone.now()),
        "offer_hours": Enrolment.OFFER_HOURS,
        "is_one_click": bool(form.user) and not form.lacks_something and form.count == 1,
    }
    return render(request, "enrolments/enrol.html", context, status=status)


def standing(request: HttpRequest, meeting: Meeting) -> list[dict[str, Any]]:
    """Whom this browser enrolled before and who still stand there, also in its other tabs."""
    told = booked_in(request, meeting)
    return who_stands(meeting=meeting, told=told) if told else []


def label_of(form: EnrollingForm, room: Room) -> str:
    """The words on the button; one that makes somebody pay says so (BW 6:230v)."""
    if room.is_full:
        return _t("Join the waiting list")
    meeting = form.meeting
    return meeting.policy.button_text if meeting.is_invoiced else _t("Enrol")


def closed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page that says enrolment is closed, with other dates (409)."""
    dates = meetings_of_course(course_slug=meeting.course.slug, now=timezone.now())
    others = dates.with_names().with_accreditations()
    context = {
        "facts": facts_of(meeting, request),
        "others": [facts_of(other, request) for other in others if other != meeting],
    }
    return render(request, "enrolments/closed.html", context, status=HTTPStatus.CONFLICT)


@never_cache
def enrolled(request: HttpRequest, code: str) -> HttpResponse:
    """The page after enrolling. It shows what this browser was told, and no other booking."""
    meeting = meeting_to_enrol_in(code=code)
    if meeting is None:
        raise Http404
    told = standing(request, meeting)
    if not told:  # or they gave it up since
        return redirect("enrol", code=code)
    waiting = sum(one["state"] == Enrolment.State.WAITING for one in told)
    context: dict[str, Any] = {
        "facts": facts_of(meeting, request),
        "calendar_url": own_calendar_url(request, meeting),
        "told": told,
        "cost": cost_of(meeting, places=len(told) - waiting, waiting=waiting),
        "agreement": before_enrolling(request, meeting, timezone.now()),
        "offer_hours": Enrolment.OFFER_HOURS,
        "waits": waiting == len(told),
        "again": all(one.get("again") for one in told),
        "some_wait": waiting > 0,
    }
    return render(request, "enrolments/enrolled.html", context)


def own_calendar_url(request: HttpRequest, meeting: Meeting) -> str:
    """Where who is signed in finds the entries of their own place; others have them in the mail.

    Those of the public file are others: with both, a calendar would show the meeting twice.
    """
    if not isinstance(request.user, User):
        return ""
    place = own_place_in(meeting=meeting, person_id=request.user.person_id)
    has_place = place is not None and place.has_place
    return reverse("my_meeting_calendar", args=[meeting.code]) if has_place else ""
