"""A file with participants: sent, looked at, enrolled, undone; and who is to be told of it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from portal.enrolments.forms.supplies import SupplyForm
from portal.enrolments.models import Provenance, Supply
from portal.enrolments.permissions import may_change, may_see
from portal.enrolments.queries.supplies import (
    bureaus,
    out_of_reach,
    source_with_id,
    supplies_of,
    supplies_to_look_at,
    supply_with_id,
    takes_supplies,
)
from portal.enrolments.services import informing, supplying
from portal.enrolments.services.supplying import AskedForColumns
from portal.enrolments.staff_views.screens import ENROLMENTS, PEOPLE, crumb_of
from portal.enrolments.supplies.fates import Fate
from portal.enrolments.supply_pages import lines_of, page_of
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import meeting_with_id
from portal.meetings.staff_views import screen_of

A_PAGE = 200


@for_staff(may_change)
def send(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The files of a meeting, and one more."""
    meeting = or_not_found(meeting_with_id(meeting_id=meeting_id))
    choice = list(bureaus())
    partner = meeting.partner_id if meeting.partner_id in {one.pk for one in choice} else ""
    form = SupplyForm(
        posted(request),
        request.FILES or None,
        organisations=choice,
        initial={"organisation": partner},
    )

    def do() -> Done:
        try:
            supply = supplying.take_in(
                meeting=meeting, organisation=form.chosen, sent=form.sent, by=request.user
            )
        except AskedForColumns as asked:
            raise form.ask(asked) from asked
        return Done(_t("Read. Look at the rows, and enrol them."), address_of(supply))

    show = partial(
        PEOPLE.show,
        request,
        "supply_new",
        _t("Supplied participants"),
        below=[crumb_of(meeting)],
        form=form,
        meeting=meeting,
        lines=lines_of(supplies_of(meeting=meeting)),
        takes_supplies=takes_supplies(meeting) and bool(choice),
        has_bureaus=bool(choice),
        back=screen_of(meeting),
    )
    return carry_out(request, form, do, show=show)


def address_of(supply: Supply) -> str:
    return reverse("staff_supply", args=[supply.pk])


def crumbs(meeting: Meeting) -> list[tuple[str, str]]:
    label = _t("Supplied participants")
    return [crumb_of(meeting), (reverse("supplies", args=[meeting.pk]), label)]


@for_staff(may_change)
@require_safe
def show(request: SignedInRequest, supply_id: UUID) -> HttpResponse:
    """A file with what becomes, or became, of each of its rows."""
    supply = or_not_found(supply_with_id(supply_id=supply_id))
    fate = request.GET.get("lot", "")
    page = page_of(supply, for_bureau=False, fate=fate if fate in Fate else "")
    return PEOPLE.show(
        request,
        "supply",
        _t("List of %(organisation)s") % {"organisation": supply.organisation},
        below=crumbs(supply.meeting),
        page=page,
        fate=fate,
        back=reverse("supplies", args=[supply.meeting_id]),
    )


@for_staff(may_change)
@require_safe
def progress(request: SignedInRequest, supply_id: UUID) -> HttpResponse:
    """The part of it that changes while the worker is busy; 205 once its state is another."""
    supply = or_not_found(supply_with_id(supply_id=supply_id))
    if request.GET.get("state") != supply.state:
        return HttpResponse(status=205)
    page = page_of(supply, for_bureau=False)
    return render(request, "wagtailadmin/enrolments/supply_progress.html", {"page": page})


@for_staff(may_change)
def enrol(request: SignedInRequest, supply_id: UUID) -> HttpResponse:
    supply = or_not_found(supply_with_id(supply_id=supply_id))
    page = page_of(supply, for_bureau=False)

    def do() -> Done:
        supplying.approve(supply_id=supply_id)
        return Done(_t("They are being enrolled."), address_of(supply))

    return deed(
        request,
        do,
        supply,
        title=_t("Enrol these people"),
        question=" ".join([page.room, clock_of(page)]),
    )


def clock_of(page: Any) -> str:
    return _t(
        "No mail goes now: the bureau tells them before %(told_by)s where we have their data from,"
        " and on %(mailed_on)s we tell those of whom it did not confirm that."
    ) % {"told_by": page.told_by, "mailed_on": page.mailed_on}


@for_staff(may_change)
def discard(request: SignedInRequest, supply_id: UUID) -> HttpResponse:
    supply = or_not_found(supply_with_id(supply_id=supply_id))

    def do() -> Done:
        supplying.discard(supply_id=supply_id)
        return Done(_t("Forgotten."), reverse("supplies", args=[supply.meeting_id]))

    return deed(
        request,
        do,
        supply,
        title=_t("Forget this list"),
        question=_t("Nobody is enrolled, and the rows are gone at once."),
        is_serious=True,
    )


@for_staff(may_change)
@require_safe
def to_look_at(request: SignedInRequest) -> HttpResponse:
    """Lists with rows of which their bureau was told that we look at them."""
    return PEOPLE.show(
        request,
        "supplies_to_look_at",
        _t("Supplied participants to look at"),
        supplies=supplies_to_look_at(),
    )


@for_staff(may_change)
def settle(request: SignedInRequest, supply_id: UUID) -> HttpResponse:
    supply = or_not_found(supply_with_id(supply_id=supply_id))

    def do() -> Done:
        supplying.settle_conflicts(supply_id=supply_id)
        return Done(_t("Noted."), address_of(supply))

    return deed(
        request,
        do,
        supply,
        title=_t("Looked at"),
        question=_t(
            "Each of these rows was dealt with: enrolled by hand, or agreed with the bureau that"
            " nothing happens."
        ),
    )


@for_staff(may_change)
def undo(request: SignedInRequest, supply_id: UUID) -> HttpResponse:
    supply = or_not_found(supply_with_id(supply_id=supply_id))
    why_not = supplying.why_not_undo(supply)

    def do() -> Done:
        supplying.undo(supply_id=supply_id)
        return Done(_t("It is being undone."), address_of(supply))

    return deed(
        request,
        do,
        supply,
        title=_t("Undo this list"),
        question=_t(
            "Places and people that this list made are deleted, but for those that were used since:"
            " changed, mailed, claimed by their owner, or on a printed list."
        ),
        is_serious=True,
        why_not=[why_not] if why_not else [],
    )


def deed(request: SignedInRequest, do: Any, supply: Supply, **context: Any) -> HttpResponse:
    return PEOPLE.deed(
        request, do, below=crumbs(supply.meeting), back=address_of(supply), **context
    )


# --- Whom our mail did not reach -----------------------------------------------------------------


@for_staff(may_see)
@require_safe
def untold(request: SignedInRequest) -> HttpResponse:
    """People whom the law says that we must tell where we have their data from, and could not."""
    return ENROLMENTS.show(
        request,
        "untold",
        _t("To be told who supplied their data"),
        sources=list(out_of_reach()[:A_PAGE]),
        may_change=may_change(request.user),
    )


@for_staff(may_change)
def told(request: SignedInRequest, source_id: UUID) -> HttpResponse:
    source: Provenance = or_not_found(source_with_id(source_id=source_id))

    def do() -> Done:
        informing.note_told(source_id=source_id, by=request.user)
        return Done(_t("Noted."), reverse("untold_sources"))

    return ENROLMENTS.deed(
        request,
        do,
        title=_t("Told otherwise"),
        question=_t(
            "%(name)s was told, by letter or by phone, that %(organisation)s supplied their data,"
            " what for, and what they can do about it."
        )
        % {"name": source.person.full_name, "organisation": source.supplied_by},
        below=[(reverse("untold_sources"), _t("To be told who supplied their data"))],
        back=reverse("untold_sources"),
    )


@for_staff(may_change)
def confirmed(request: SignedInRequest, supply_id: UUID) -> HttpResponse:
    """A bureau says by phone or mail that it told its people."""
    supply = or_not_found(supply_with_id(supply_id=supply_id))

    def do() -> Done:
        informing.confirm_told(bureau_ids=[supply.organisation_id], by=request.user)
        return Done(_t("Noted."), address_of(supply))

    return deed(
        request,
        do,
        supply,
        title=_t("The bureau told its people"),
        question=_t(
            "%(organisation)s says that it told everybody whom it supplied so far where we have"
            " their data from, what for, and what they can do about it. Then no mail of ours goes."
        )
        % {"organisation": supply.organisation},
    )
