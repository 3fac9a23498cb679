"""A meeting with its people."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from wagtail.log_actions import log

from pluc.deeds import Done, carry_out, posted
from pluc.documents.spreadsheets import CONTENT_TYPE
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.exports import download
from pluc.staff_screens.links import links_about
from portal.accounts.models import User
from portal.enrolments import exports, services
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms.staff import BulkForm, EnrolByHandForm
from portal.enrolments.models import Enrolment
from portal.enrolments.permissions import may_change, may_export, may_see
from portal.enrolments.queries.staff import people_in
from portal.enrolments.staff_views.screens import PEOPLE, crumb_of
from portal.meetings.deadlines import OPEN_STATES
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_plan
from portal.meetings.queries.staff import (
    dates_to_move_to,
    life_of,
    meeting_with_id,
    missing_from,
    next_step,
)
from portal.meetings.services.states import steps_from
from portal.meetings.staff_views import screen_of

State = Enrolment.State


@for_staff(may_see)
def meeting_screen(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """A meeting's state, what is missing, the next step, and its people."""
    user = request.user
    if request.method == "POST" and not may_change(user):
        raise PermissionDenied
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    people = people_in(meeting_id=meeting.pk)
    form = BulkForm(posted(request), people=people, dates=other_dates(meeting))

    def show(status: int) -> HttpResponse:
        return PEOPLE.show(
            request,
            "meeting",
            str(meeting),
            status=status,
            meeting=meeting,
            links=links_about(meeting, user=user),
            life=life_of(meeting),
            next=next_step(meeting),
            missing=[] if meeting.is_cancelled else missing_from(meeting),
            steps=steps_of(meeting),
            takes_people=meeting.state in OPEN_STATES,
            groups=grouped(people),
            form=form if may_change(user) else None,
            may_plan=may_plan(user),
            may_export=may_export(user),
        )

    return carry_out(request, form, lambda: do_with_many(request, meeting, form), show=show)


def other_dates(meeting: Meeting) -> list[Meeting]:
    """Where the people of a meeting can move to."""
    return dates_to_move_to(meeting=meeting)


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


def do_with_many(request: SignedInRequest, meeting: Meeting, form: BulkForm) -> Done:
    """Does it for each by itself: one who cannot does not keep the others from it."""
    chosen = [UUID(key) for key in form.cleaned_data["people"]]
    deed, done, by = form.cleaned_data["do"], 0, request.user
    if deed in ("absent", "present"):
        done = services.mark_absent(enrolment_ids=chosen, was_absent=deed == "absent", by=by)
    for key in chosen if deed in ("cancel", "move") else []:
        try:
            do_with_one(key, by, deed, form.cleaned_data["to"])
            done += 1
        except EnrolmentError as error:
            messages.error(request, error.sentence)
    text = ngettext("Done for %(n)d person.", "Done for %(n)d people.", done) % {"n": done}
    return Done(text, screen_of(meeting))


def do_with_one(key: UUID, user: User, deed: str, to: str) -> None:
    if deed == "cancel":
        services.cancel(enrolment_id=key, by=user, as_staff=True)
    else:
        services.move(enrolment_id=key, to_meeting_id=int(to), by=user, as_staff=True)


@for_staff(may_change)
def enrol_by_hand(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    form = EnrolByHandForm(posted(request), meeting=meeting)

    def do() -> Done:
        outcome = services.enrol(order=form.order(by=request.user))
        waits = outcome.told[0].state == State.WAITING
        text = _t("On the waiting list, and told so.") if waits else _t("Enrolled, and told so.")
        return Done(text, screen_of(meeting))

    return PEOPLE.deed(
        request,
        do,
        form=form,
        title=_t("Enrol somebody"),
        below=[crumb_of(meeting)],
        back=screen_of(meeting),
    )


@for_staff(may_export)
def export_people(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    log(instance=meeting, action="enrolments.export_people", user=request.user, title=meeting.code)
    return download(exports.people_list(meeting), f"{meeting.code}.xlsx", CONTENT_TYPE)
