"""What becomes of who came without standing on a list: each way is a screen of its own."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _t

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from portal.accounts.doubles import MOST, people_like
from portal.attendance.forms.walk_ins import DropForm, InsteadForm, OwnPlaceForm, PlaceForm
from portal.attendance.models import WalkIn
from portal.attendance.permissions import may_take
from portal.attendance.queries.sheets import Sheet
from portal.attendance.services import placing
from portal.attendance.staff_views.screens import SCREENS, crumb_of, screen_of, sheet_with
from portal.enrolments.errors import told_to_staff
from portal.enrolments.permissions import may_change, may_exceed

View = Callable[[SignedInRequest, Sheet, WalkIn], HttpResponse]


def may_place(user: Any) -> bool:
    """Whether a colleague may both take attendance and give places."""
    return may_take(user) and may_change(user)


def about_walk_in(view: View) -> Callable[..., HttpResponse]:
    """A screen about a walk-in of whom nobody has said yet what becomes of it."""

    @for_staff(may_place)
    @wraps(view)
    def found(request: SignedInRequest, meeting_id: int, walk_in_id: UUID) -> HttpResponse:
        sheet = sheet_with(meeting_id)
        walk_in = next((one for one in sheet.walk_ins if one.pk == walk_in_id), None)
        return view(request, sheet, or_not_found(walk_in))

    return found


def ask(
    request: SignedInRequest,
    sheet: Sheet,
    walk_in: WalkIn,
    do: Callable[[], str],
    *,
    form: BaseForm,
    title: str,
    button: str = "",
    **context: Any,
) -> HttpResponse:
    """The question about one walk-in; nobody gets a mail, for they were there."""

    def done() -> Done:
        with told_to_staff():
            return Done(do(), screen_of(sheet.meeting))

    return SCREENS.deed(
        request,
        done,
        form=form,
        title=title,
        template="walk_in",
        button=button or _t("Note it"),
        below=[crumb_of(sheet.meeting)],
        back=screen_of(sheet.meeting),
        walk_in=walk_in,
        **context,
    )


@about_walk_in
def join(request: SignedInRequest, sheet: Sheet, walk_in: WalkIn) -> HttpResponse:
    """They stand on the list after all: written otherwise, or left out at their own request."""
    form = PlaceForm(posted(request), rows=sheet.rows)

    def do() -> str:
        placing.join_to_place(walk_in_id=walk_in.pk, enrolment_id=form.enrolment_id)
        return _t("The marks are with this place now.")

    return ask(request, sheet, walk_in, do, form=form, title=_t("Stands on the list"))


@about_walk_in
def instead(request: SignedInRequest, sheet: Sheet, walk_in: WalkIn) -> HttpResponse:
    """They came for somebody who has a place."""
    form = InsteadForm(posted(request), rows=sheet.rows, walk_in=walk_in)

    def do() -> str:
        new = placing.came_instead(
            walk_in_id=walk_in.pk,
            enrolment_id=form.enrolment_id,
            attendee=form.attendee,
            by=request.user,
        )
        return _t("%(name)s has the place now. Nothing is mailed.") % {"name": new.full_name}

    title = _t("Came for somebody else")
    question = _t("The place and its booking go over. Nobody gets a mail: they were there.")
    return ask(request, sheet, walk_in, do, form=form, title=title, question=question)


@about_walk_in
def enrol(request: SignedInRequest, sheet: Sheet, walk_in: WalkIn) -> HttpResponse:
    """A place of their own, above capacity where it is full: they were there."""
    names = {"first_name": walk_in.first_name, "last_name": walk_in.last_name}
    form = OwnPlaceForm(
        posted(request),
        walk_in=walk_in,
        meeting=sheet.meeting,
        alike=list(people_like(**names, email="", phone="")[:MOST]),
        may_exceed=may_exceed(request.user),
    )

    def do() -> str:
        new = placing.enrol_walk_in(
            walk_in_id=walk_in.pk,
            entered=form.entered,
            known=form.person_known,
            call=form.call,
            by=request.user,
        )
        return _t("%(name)s is enrolled. Nothing is mailed.") % {"name": new.full_name}

    title = _t("A place of their own")
    question = _t("Nobody gets a mail: they were there. With a price, they are invoiced.")
    return ask(
        request,
        sheet,
        walk_in,
        do,
        form=form,
        title=title,
        question=question,
        button=_t("Enrol"),
        is_new_place=True,
    )


@about_walk_in
def drop(request: SignedInRequest, sheet: Sheet, walk_in: WalkIn) -> HttpResponse:
    form = DropForm(posted(request))

    def do() -> str:
        placing.drop(walk_in_id=walk_in.pk, because=form.cleaned_data["because"])
        return _t("This walk-in does not count.")

    return ask(request, sheet, walk_in, do, form=form, title=_t("Does not count"), is_serious=True)
