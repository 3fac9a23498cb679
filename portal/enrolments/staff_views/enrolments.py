"""All enrolments, and one of them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.paging import page_by_key
from pluc.signed_in import SignedInRequest, for_staff
from portal.enrolments import services
from portal.enrolments.forms import AttendeeForm
from portal.enrolments.orders import SNAPSHOT
from portal.enrolments.permissions import may_change, may_see
from portal.enrolments.queries.invoices import invoice_of
from portal.enrolments.queries.staff import (
    booked_together,
    enrolment_with_id,
    enrolments_to_list,
    events_of,
)
from portal.enrolments.staff_views.deeds import buttons_of, screen_of_place
from portal.enrolments.staff_views.screens import A_PAGE, ENROLMENTS, PLACE, crumb_of


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
        services.correct(enrolment_id=one.pk, attendee=form.attendee, by=request.user)
        return Done(_t("Saved."), screen_of_place(one))

    def show(status: int) -> HttpResponse:
        now = timezone.now()
        return PLACE.show(
            request,
            "enrolment",
            one.full_name,
            below=[crumb_of(one.meeting)],
            status=status,
            enrolment=one,
            buttons=buttons_of(one, now),
            invoice=invoice_of(enrolment=one, now=now),
            together=booked_together(enrolment=one),
            events=events_of(enrolment_id=one.pk),
            form=form if may_change(request.user) else None,
            may_change=may_change(request.user),
        )

    return carry_out(request, form, do, show=show)
