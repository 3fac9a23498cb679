"""A meeting with its people, one enrolment, all of them, and billing: in the staff screens."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from pluc.documents.spreadsheets import CONTENT_TYPE
from pluc.paging import page_by_key
from portal.accounts.models import User
from portal.enrolments import exports, permissions, services
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms.staff import BulkForm, EnrolByHandForm, PersonForm
from portal.enrolments.models import Enrolment
from portal.enrolments.queries import billing
from portal.enrolments.queries.staff import (
    enrolment_with_id,
    enrolments_to_list,
    events_of,
    people_in,
)
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_plan
from portal.meetings.queries.offer import OfferFilters, offer
from portal.meetings.queries.staff import life_of, meeting_with_id, missing_from, next_step
from portal.meetings.services.states import steps_from

TEMPLATES = "wagtailadmin/enrolments"
State = Enrolment.State
A_PAGE = 50


def require(may: Callable[[User], bool], request: HttpRequest) -> User:
    """Who asks. Raises `PermissionDenied` for who may not."""
    user: Any = request.user
    if not may(user):
        raise PermissionDenied
    colleague: User = user
    return colleague


def meeting_found(meeting_id: int) -> Meeting:
    meeting = meeting_with_id(meeting_id=meeting_id)
    if meeting is None:
        raise Http404
    return meeting


def screen(
    request: HttpRequest,
    name: str,
    title: str,
    trail: list[tuple[str, str]],
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _t("Home")}]
    crumbs += [{"url": url, "label": label} for url, label in [*trail, ("", title)]]
    context |= {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "date"}
    return render(request, f"{TEMPLATES}/{name}.html", context, status=status)


def planning_trail() -> list[tuple[str, str]]:
    return [(reverse("meetings"), _t("Meetings"))]


# --- A meeting -----------------------------------------------------------------------------------


def meeting_screen(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A meeting's state, what is missing, the next step, and its people."""
    user = require(permissions.may_see, request)
    meeting = meeting_found(meeting_id)
    people = people_in(meeting_id=meeting.pk)
    form = None
    if permissions.may_change(user):
        data = request.POST if request.method == "POST" else None
        form = BulkForm(data, people=people, dates=other_dates(meeting))
        if data is not None and form.is_valid():
            do_with_many(request, user, form)
            return redirect("meeting_screen", meeting.pk)
    return screen(
        request,
        "meeting",
        str(meeting),
        planning_trail(),
        status=422 if form and form.errors else 200,
        meeting=meeting,
        life=life_of(meeting),
        next=next_step(meeting),
        missing=[] if meeting.is_cancelled else missing_from(meeting),
        steps=steps_of(meeting),
        groups=grouped(people),
        form=form,
        may_plan=may_plan(user),
        may_export=permissions.may_export(user),
    )


def other_dates(meeting: Meeting) -> list[Meeting]:
    """Where the people of a meeting can move to."""
    upcoming = offer(filters=OfferFilters(), now=timezone.now()).filter(course=meeting.course_id)
    return list(upcoming.exclude(pk=meeting.pk))


def steps_of(meeting: Meeting) -> list[tuple[str, str, str]]:
    """State, what its button says, and why it cannot be taken yet; cancelling stands apart."""
    labels = dict(Meeting.State.choices)
    return [
        (state, str(labels[state]), why)
        for state, why in steps_from(meeting).items()
        if state != Meeting.State.CANCELLED
    ]


def grouped(people: list[Enrolment]) -> list[tuple[str, list[Enrolment]]]:
    groups = (
        (_t("Enrolled"), (State.ENROLLED,)),
        (_t("On the waiting list"), (State.OFFERED, State.WAITING)),
        (_t("No longer"), (State.CANCELLED, State.LAPSED)),
    )
    return [(label, [one for one in people if one.state in states]) for label, states in groups]


def do_with_many(request: HttpRequest, user: User, form: BulkForm) -> None:
    """Does it for each by itself: one who cannot does not keep the others from it."""
    chosen = [UUID(key) for key in form.cleaned_data["people"]]
    deed, done = form.cleaned_data["do"], 0
    if deed in ("absent", "present"):
        done = services.mark_absent(enrolment_ids=chosen, was_absent=deed == "absent", by=user)
    for key in chosen if deed in ("cancel", "move") else []:
        try:
            do_with_one(key, user, deed, form.cleaned_data["to"])
            done += 1
        except EnrolmentError as error:
            messages.error(request, error.sentence)
    text = ngettext("Done for %(n)d person.", "Done for %(n)d people.", done) % {"n": done}
    messages.success(request, text)


def do_with_one(key: UUID, user: User, deed: str, to: str) -> None:
    if deed == "cancel":
        services.cancel(enrolment_id=key, by=user, as_staff=True)
    else:
        services.move(enrolment_id=key, to_meeting_id=int(to), by=user, as_staff=True)


def enrol_by_hand(request: HttpRequest, meeting_id: int) -> HttpResponse:
    user = require(permissions.may_change, request)
    meeting = meeting_found(meeting_id)
    form = EnrolByHandForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.enrol(order=form.order(by=user))
        except EnrolmentError as error:
            form.add_error(None, error.sentence)
        else:
            waits = outcome.told[0].state == State.WAITING
            text = (
                _t("On the waiting list, and told so.") if waits else _t("Enrolled, and told so.")
            )
            messages.success(request, text)
            return redirect("meeting_screen", meeting.pk)
    trail = [*planning_trail(), (reverse("meeting_screen", args=[meeting.pk]), str(meeting))]
    title = _t("Enrol somebody")
    status = 422 if form.errors else 200
    return screen(request, "person", title, trail, status=status, form=form, label=title)


def export_people(request: HttpRequest, meeting_id: int) -> HttpResponse:
    user = require(permissions.may_export, request)
    meeting = meeting_found(meeting_id)
    log(instance=meeting, action="enrolments.export_people", user=user, title=meeting.code)
    return download(exports.people_list(meeting), f"{meeting.code}.xlsx", CONTENT_TYPE)


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


# --- Enrolments ----------------------------------------------------------------------------------


def enrolments(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    require(permissions.may_see, request)
    q = request.GET.get("q", "").strip()[:60]
    shown = page_by_key(
        enrolments_to_list(q=q),
        order=("-asked_at", "-id"),
        after=request.GET.get("after", ""),
        size=A_PAGE,
    )
    return screen(request, "list", _t("Enrolments"), [], shown=shown, q=q)


def enrolment_found(enrolment_id: UUID) -> Enrolment:
    enrolment = enrolment_with_id(enrolment_id=enrolment_id)
    if enrolment is None:
        raise Http404
    return enrolment


def enrolment(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """One place: what was filled in, what happened, and a correction."""
    user = require(permissions.may_see, request)
    one = enrolment_found(enrolment_id)
    form = PersonForm.about(one, request.POST or None)
    if request.method == "POST":
        require(permissions.may_change, request)
        if form.is_valid() and act(request, user, one, form):
            return redirect("staff_enrolment", one.pk)
    trail = [
        *planning_trail(),
        (reverse("meeting_screen", args=[one.meeting_id]), str(one.meeting)),
    ]
    return screen(
        request,
        "enrolment",
        one.full_name,
        trail,
        status=422 if form.errors else 200,
        enrolment=one,
        events=events_of(enrolment_id=one.pk),
        form=form if permissions.may_change(user) else None,
    )


def act(request: HttpRequest, user: User, one: Enrolment, form: PersonForm) -> bool:
    """Puts details right, or lets somebody else come; says whether it was done."""
    try:
        if request.POST.get("do") == "substitute":
            services.substitute(enrolment_id=one.pk, attendee=form.attendee, by=user, as_staff=True)
            messages.success(request, _t("Somebody else comes now; both are told."))
        else:
            services.correct(enrolment_id=one.pk, attendee=form.attendee, by=user)
            messages.success(request, _t("Saved."))
    except EnrolmentError as error:
        form.add_error(None, error.sentence)
        return False
    return True


# --- Billing -------------------------------------------------------------------------------------


def billing_screen(request: HttpRequest) -> HttpResponse:
    """What is ready for the books, and what they have had."""
    require(permissions.may_bill, request)
    return screen(
        request,
        "billing",
        _t("Billing"),
        [],
        charges=billing.to_charge().count(),
        credits=billing.to_credit().count(),
        exports=billing.exports()[:A_PAGE],
    )


@require_POST
def export_billing(request: HttpRequest) -> HttpResponse:
    user = require(permissions.may_bill, request)
    made = services.export_billing(by=user)
    if made is None:
        messages.warning(request, _t("There is nothing new for the books."))
    else:
        messages.success(request, _t("Ready. Download it below; it stays here as it is."))
    return redirect("billing")


def billing_file(request: HttpRequest, export_id: int, kind: str) -> HttpResponse:
    require(permissions.may_bill, request)
    if not billing.exports().filter(pk=export_id).exists():
        raise Http404
    if kind == "json":
        content = exports.billing_json(export_id)
        return download(content, f"billing-{export_id}.json", "application/json")
    return download(exports.billing_sheet(export_id), f"billing-{export_id}.xlsx", CONTENT_TYPE)
