"""A meeting with its people."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _t
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.log_actions import log

from pluc.deeds import carry_out, posted
from pluc.documents.spreadsheets import CONTENT_TYPE
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.exports import download
from pluc.staff_screens.links import links_about
from portal.enrolments import exports
from portal.enrolments.forms.staff import BulkForm
from portal.enrolments.models import Enrolment
from portal.enrolments.permissions import may_change, may_export, may_see
from portal.enrolments.queries.staff import people_in
from portal.enrolments.staff_views.many import do_with_many
from portal.enrolments.staff_views.screens import PEOPLE
from portal.meetings.deadlines import OPEN_STATES
from portal.meetings.models import Meeting
from portal.meetings.on_site import pages_of, why_not
from portal.meetings.permissions import may_plan
from portal.meetings.queries.clashes import clashes_of
from portal.meetings.queries.remembered import on_offer
from portal.meetings.queries.staff import (
    life_of,
    meeting_at_a_glance,
    meeting_with_id,
    missing_from,
    next_step,
    only_in_dutch,
)
from portal.meetings.services.states import steps_from
from portal.meetings.terms import until

State = Enrolment.State


@for_staff(may_see)
def meeting_screen(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """A meeting's state, what is missing, the next step, and its people."""
    user = request.user
    if request.method == "POST" and not may_change(user):
        raise PermissionDenied
    meeting = or_not_found(meeting_at_a_glance(meeting_id=meeting_id))
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
            steps=steps_of(meeting),
            takes_people=meeting.state in OPEN_STATES,
            groups=grouped(people),
            form=form if may_change(user) else None,
            may_plan=may_plan(user),
            may_export=may_export(user),
            writes_pages=user_has_any_page_permission(user),
            **at_a_glance(meeting),
        )

    return carry_out(request, form, lambda: do_with_many(request, meeting, form), show=show)


def at_a_glance(meeting: Meeting) -> dict[str, Any]:
    """What the screen tells of the meeting itself, its page on the site among it."""
    pages = pages_of([meeting.course_id])[meeting.course_id]
    off_site = why_not(pages) if meeting.is_public else ""
    missing = [*missing_from(meeting), *([off_site] if off_site else [])]
    return {
        "life": life_of(meeting),
        "next": next_step(meeting, off_site=off_site),
        "missing": [] if meeting.is_cancelled else missing,
        "clashes": clashes_of(meeting),
        "sessions": meeting.sessions.all(),
        "speakers": [str(speaker) for speaker in meeting.speakers.all()],
        "closes": until(meeting, meeting.policy.closing_days),
        "pages": pages,
        "only_in_dutch": only_in_dutch(meeting),
    }


def other_dates(meeting: Meeting) -> list[Meeting]:
    """Where the people of a meeting can move to."""
    upcoming = on_offer(now=timezone.now()).filter(course=meeting.course_id)
    return list(upcoming.with_names().exclude(pk=meeting.pk))


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


@for_staff(may_export)
def export_people(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    log(instance=meeting, action="enrolments.export_people", user=request.user, title=meeting.code)
    return download(exports.people_list(meeting), f"{meeting.code}.xlsx", CONTENT_TYPE)
