"""All enrolments, and one of them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.paging import page_by_key
from pluc.signed_in import SignedInRequest, for_staff
from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.forms import AttendeeForm
from portal.enrolments.models import Enrolment
from portal.enrolments.orders import SNAPSHOT
from portal.enrolments.permissions import may_change, may_see
from portal.enrolments.queries.staff import enrolment_with_id, enrolments_to_list, events_of
from portal.enrolments.staff_views.screens import A_PAGE, ENROLMENTS, PEOPLE, crumb_of


@for_staff(may_see)
def enrolments(request: SignedInRequest) -> HttpResponse:
    """All of them or those of one person, the newest first."""
    q = request.GET.get("q", "").strip()[:60]
    shown = page_by_key(
        enrolments_to_list(q=q, person_id=uuid_in(request.GET.get("person", ""))),
        order=("-asked_at", "-id"),
        request=request,
        size=A_PAGE,
    )
    return ENROLMENTS.show(request, "list", shown=shown, q=q)


def uuid_in(text: str) -> UUID | None:
    """A key from an address; none where it is no key."""
    try:
        return UUID(text)
    except ValueError:
        return None


@for_staff(may_see)
def enrolment(request: SignedInRequest, enrolment_id: UUID) -> HttpResponse:
    """One place: what was filled in, what happened, and a correction."""
    if request.method == "POST" and not may_change(request.user):
        raise PermissionDenied
    one = or_not_found(enrolment_with_id(enrolment_id=enrolment_id))
    known = {name: getattr(one, name) for name in SNAPSHOT}
    form = AttendeeForm(posted(request), initial=known)

    def do() -> Done:
        told = change(one, form, by=request.user, how=request.POST.get("do", ""))
        return Done(told, reverse("staff_enrolment", args=[one.pk]))

    def show(status: int) -> HttpResponse:
        return PEOPLE.show(
            request,
            "enrolment",
            one.full_name,
            below=[crumb_of(one.meeting)],
            status=status,
            enrolment=one,
            events=events_of(enrolment_id=one.pk),
            form=form if may_change(request.user) else None,
        )

    return carry_out(request, form, do, show=show)


def change(one: Enrolment, form: AttendeeForm, *, by: User, how: str) -> str:
    """Puts details right, or lets somebody else come; says what was done."""
    if how == "substitute":
        services.substitute(enrolment_id=one.pk, attendee=form.attendee, by=by, as_staff=True)
        return _t("Somebody else comes now; both are told.")
    services.correct(enrolment_id=one.pk, attendee=form.attendee, by=by)
    return _t("Saved.")
