"""Somebody calls: find them, choose a meeting, enrol. A known person is used, not copied."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t

from pluc.deeds import Done, Refused, carry_out, posted
from pluc.errors import or_not_found
from pluc.outbox.telling import heard_meanwhile
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.telling import say_what_is_untold, telling_first
from portal.accounts.doubles import MOST, people_like
from portal.accounts.models import Person
from portal.accounts.queries import people_on_the_phone, person_with_id
from portal.enrolments import services
from portal.enrolments.errors import told_to_staff
from portal.enrolments.forms.by_phone import CallForm, NewCallerForm
from portal.enrolments.models import Enrolment
from portal.enrolments.permissions import may_call, may_exceed
from portal.enrolments.queries.staff import invoice_known_of, meetings_to_enrol_in
from portal.enrolments.staff_views.screens import PHONE, crumb_of
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import meeting_with_id
from portal.meetings.staff_views import screen_of

MEETING = "bijeenkomst"  # of an address: the meeting that one came from


def asked_for(request: SignedInRequest) -> str:
    return request.GET.get("q", "").strip()[:60]


def finding(request: SignedInRequest, *, meeting_id: str) -> dict[str, Any]:
    """What the part of a screen shows that looks for a person."""
    q = asked_for(request)
    found = people_on_the_phone(q=q, limit=MOST + 1) if q else []
    return {"q": q, "found": found[:MOST], "has_more": len(found) > MOST, "meeting_id": meeting_id}


@for_staff(may_call)
def find(request: SignedInRequest) -> HttpResponse:
    """Who calls, by name, address, organisation, town, or the last digits of their number."""
    meeting_id = request.GET.get(MEETING, "")
    return PHONE.show(request, "phone", **finding(request, meeting_id=meeting_id))


@for_staff(may_call)
def enrol_known(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Somebody whom we know: which meeting, and whom the invoice is for.

    The form says to which address the mail goes before its button is pressed.
    """
    person = or_not_found(person_with_id(person_id=person_id))
    form = CallForm(
        posted(request),
        meetings=meetings_to_enrol_in(),
        may_exceed=may_exceed(request.user),
        initial=invoice_known_of(person=person) | {"meeting": request.GET.get(MEETING, "")},
    )

    def do() -> Done:
        with heard_meanwhile() as heard:
            enrolled = enrol(form, person, request)
        say_what_is_untold(request, heard)
        return done(enrolled)

    title = _t("Enrol %(name)s") % {"name": person.full_name}
    show = partial(PHONE.show, request, "phone_form", title, form=form, person=person)
    return carry_out(request, form, do, show=show)


def enrol(form: CallForm, person: Person, request: SignedInRequest) -> Enrolment:
    """Raises `Refused`, in words for a colleague."""
    with told_to_staff():
        return services.enrol_by_phone(person=person, call=form.call, by=request.user)


def done(enrolment: Enrolment, address: str = "") -> Done:
    """Says what was done and what was mailed; leads to the enrolment."""
    name, email = enrolment.full_name, enrolment.email
    said = _t("%(name)s is enrolled.") if enrolment.has_place else _t("%(name)s is on the list.")
    told = (
        _t("A mail goes to %(email)s.") if email else _t("Nothing is mailed: tell them yourself.")
    )
    sentence = f"{said} {told}" % {"name": name, "email": email}
    return Done(sentence, address or reverse("staff_enrolment", args=[enrolment.pk]))


# --- Somebody new --------------------------------------------------------------------------------


@for_staff(may_call)
def enrol_new(request: SignedInRequest) -> HttpResponse:
    """Somebody whom we do not know yet."""
    form = new_caller(request, meetings_to_enrol_in())
    show = partial(PHONE.show, request, "phone_form", _t("Somebody new"))
    return carry_out_new(request, form, show=show)


@for_staff(may_call)
def enrol_by_hand(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The same below a meeting: find somebody, or fill in who is new."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    form = new_caller(request, [meeting], is_chosen=True)
    show = partial(
        PHONE.show,
        request,
        "phone",
        _t("Enrol somebody"),
        below=[crumb_of(meeting)],
        meeting=meeting,
        **finding(request, meeting_id=str(meeting.pk)),
    )
    return carry_out_new(request, form, show=show, address=screen_of(meeting))


def new_caller(
    request: SignedInRequest, meetings: list[Meeting], *, is_chosen: bool = False
) -> NewCallerForm:
    """The form, with the name that was looked for."""
    words = [word for word in asked_for(request).split() if word.isalpha()]
    known = {"first_name": words[0], "last_name": " ".join(words[1:])} if words[1:] else {}
    return NewCallerForm(
        posted(request),
        meetings=meetings,
        may_exceed=may_exceed(request.user),
        is_chosen=is_chosen,
        initial={"meeting": request.GET.get(MEETING, "")} | known,
    )


def carry_out_new(
    request: SignedInRequest, form: NewCallerForm, *, show: Any, address: str = ""
) -> HttpResponse:
    """Enrols somebody new; first shows who is like them, so that nobody is entered twice, and then
    the mail that goes."""
    alike: list[Person] = []

    def do() -> Done:
        typed = form.entered
        if not form.cleaned_data["is_new"]:
            facts = {name: getattr(typed, name) for name in ("first_name", "last_name")}
            alike[:] = people_like(**facts, email=typed.email, phone=typed.phone)[:MOST]
        if alike:
            raise Refused(_t("Is it one of these people? Then enrol them; or say that it is not."))
        enrolled = telling_first(
            PHONE,
            request,
            lambda _telling: enrol_somebody_new(form, request),
            title=_t("Enrol %(name)s") % {"name": f"{typed.first_name} {typed.last_name}"},
            asks_why=False,
            may_be_silent=False,
        )
        return done(enrolled, address)

    def shown(*, status: int) -> HttpResponse:
        response: HttpResponse = show(form=form, alike=alike, status=status)
        return response

    return carry_out(request, form, do, show=shown)


def enrol_somebody_new(form: NewCallerForm, request: SignedInRequest) -> Enrolment:
    """Enters a person and enrols them, or neither. Raises `Refused`."""
    with told_to_staff():
        return services.enrol_somebody_new(entered=form.entered, call=form.call, by=request.user)
