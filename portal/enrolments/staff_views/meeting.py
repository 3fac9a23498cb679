"""A meeting with its people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from wagtail.log_actions import log

from pluc.documents.spreadsheets import CONTENT_TYPE
from pluc.staff_screens import require
from portal.accounts.models import User
from portal.enrolments import exports, permissions, services
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms.staff import BulkForm, EnrolByHandForm
from portal.enrolments.models import Enrolment
from portal.enrolments.queries.staff import (
    people_in,
)
from portal.enrolments.staff_views.screens import (
    download,
    meeting_found,
    planning_trail,
    screen,
    sent,
)
from portal.meetings.models import Meeting
from portal.meetings.permissions import may_plan
from portal.meetings.queries.remembered import on_offer
from portal.meetings.queries.staff import life_of, missing_from, next_step
from portal.meetings.services.states import steps_from

State = Enrolment.State


def meeting_screen(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A meeting's state, what is missing, the next step, and its people."""
    user = require(permissions.may_see, request)
    meeting = meeting_found(meeting_id)
    people = people_in(meeting_id=meeting.pk)
    form = None
    if permissions.may_change(user):
        data = sent(request)
        form = BulkForm(data, people=people, dates=other_dates(meeting))
        if data is not None and form.is_valid():
            do_with_many(request, user, form)
            return redirect("meeting_screen", meeting.pk)
    return screen(
        request,
        "meeting",
        str(meeting),
        trail=planning_trail(),
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
    form = EnrolByHandForm(sent(request), meeting=meeting)
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
    return screen(request, "person", title, trail=trail, status=status, form=form, label=title)


def export_people(request: HttpRequest, meeting_id: int) -> HttpResponse:
    user = require(permissions.may_export, request)
    meeting = meeting_found(meeting_id)
    log(instance=meeting, action="enrolments.export_people", user=user, title=meeting.code)
    return download(exports.people_list(meeting), f"{meeting.code}.xlsx", CONTENT_TYPE)
