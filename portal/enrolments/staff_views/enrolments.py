"""All enrolments, and one of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t

from pluc.paging import page_by_key
from pluc.staff_screens import require
from portal.accounts.models import User
from portal.enrolments import permissions, services
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms import AttendeeForm
from portal.enrolments.models import Enrolment
from portal.enrolments.orders import SNAPSHOT
from portal.enrolments.queries.staff import (
    enrolment_with_id,
    enrolments_to_list,
    events_of,
)
from portal.enrolments.staff_views.screens import A_PAGE, planning_trail, screen, sent


def enrolments(request: HttpRequest) -> HttpResponse:
    """All of them or those of one person, the newest first."""
    require(permissions.may_see, request)
    q = request.GET.get("q", "").strip()[:60]
    shown = page_by_key(
        enrolments_to_list(q=q, person_id=uuid_in(request.GET.get("person", ""))),
        order=("-asked_at", "-id"),
        request=request,
        size=A_PAGE,
    )
    return screen(request, "list", _t("Enrolments"), shown=shown, q=q)


def uuid_in(text: str) -> UUID | None:
    """A key from an address; none where it is no key."""
    try:
        return UUID(text)
    except ValueError:
        return None


def enrolment_found(enrolment_id: UUID) -> Enrolment:
    enrolment = enrolment_with_id(enrolment_id=enrolment_id)
    if enrolment is None:
        raise Http404
    return enrolment


def enrolment(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """One place: what was filled in, what happened, and a correction."""
    user = require(permissions.may_see, request)
    one = enrolment_found(enrolment_id)
    known = {name: getattr(one, name) for name in SNAPSHOT}
    form = AttendeeForm(sent(request), initial=known)
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
        trail=trail,
        status=422 if form.errors else 200,
        enrolment=one,
        events=events_of(enrolment_id=one.pk),
        form=form if permissions.may_change(user) else None,
    )


def act(request: HttpRequest, user: User, one: Enrolment, form: AttendeeForm) -> bool:
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
