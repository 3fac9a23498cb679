"""A bureau's own contact sends a list of people: the same as in the staff screens, for less eyes.

What it shows tells nothing of who else is in our records (`portal.enrolments.supply_pages`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_members
from portal.accounts.permissions import may_enter_organisations_room
from portal.desk.queries.supplies import meeting_to_supply, own_supply
from portal.desk.rooms import own_eyes
from portal.enrolments.forms.supplies import SupplyForm
from portal.enrolments.models import Supply
from portal.enrolments.queries.supplies import supplies_of, untold_of
from portal.enrolments.services import informing, supplying
from portal.enrolments.services.supplying import AskedForColumns
from portal.enrolments.supply_pages import lines_of, page_of
from portal.meetings.deadlines import is_open
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation


def meeting_of(request: SignedInRequest, code: str) -> tuple[Meeting, Organisation]:
    """One that is agreed with their bureau, and the bureau. Raises `Http404` for any other."""
    or_not_found(may_enter_organisations_room(request.user) or None)
    person, now = request.user.person, timezone.now()
    meeting: Meeting = or_not_found(meeting_to_supply(person=person, code=code, now=now))
    return meeting, or_not_found(meeting.partner)


def supply_of(request: SignedInRequest, code: str, supply_id: UUID) -> Supply:
    """A list of their own bureau. Raises `Http404` for any other."""
    or_not_found(may_enter_organisations_room(request.user) or None)
    person, now = request.user.person, timezone.now()
    return or_not_found(own_supply(person=person, code=code, supply_id=supply_id, now=now))


def frame(request: SignedInRequest, meeting: Meeting) -> dict[str, Any]:
    """What the pages share: whose eyes these are, and the way back."""
    eyes = own_eyes(request.user.person, timezone.now(), room="organisation")
    return {"eyes": eyes, "meeting": meeting, "start": eyes.meeting(meeting.code)}


@for_members
def send(request: SignedInRequest, code: str) -> HttpResponse:
    """The lists of a meeting so far, whom to tell, and one more list."""
    meeting, bureau = meeting_of(request, code)
    form = SupplyForm(posted(request), request.FILES or None, organisations=[bureau])
    takes_lists = is_open(meeting, timezone.now())

    def do() -> Done:
        if not takes_lists:
            raise supplying.SupplyError(_t("This meeting takes no more lists. Call us."))
        try:
            supply = supplying.take_in(
                meeting=meeting, organisation=bureau, sent=form.sent, by=request.user
            )
        except AskedForColumns as asked:
            raise form.ask(asked) from asked
        return Done(_t("Read. Look at the rows, and enrol them."), address_of(supply, code))

    context = frame(request, meeting) | {
        "form": form,
        "takes_lists": takes_lists,
        "lines": [
            (line, address_of(line.supply, code))
            for line in lines_of(supplies_of(meeting=meeting, bureau_ids=[bureau.pk]))
        ],
        "untold": untold_of(bureau_ids=[bureau.pk]).count(),
    }
    show = partial(render, request, "desk/supply_new.html", context)
    return carry_out(request, form, do, show=show)


def address_of(supply: Supply, code: str) -> str:
    return reverse("organisation_supply", args=[code, supply.pk])


def shown(
    request: SignedInRequest, supply: Supply, code: str, form: Form, *, status: int = 200
) -> HttpResponse:
    context = frame(request, supply.meeting) | {
        "page": page_of(supply, for_bureau=True),
        "form": form,
        "back": reverse("organisation_supplies", args=[code]),
    }
    return render(request, "desk/supply.html", context, status=status)


@for_members
@require_safe
def show(request: SignedInRequest, code: str, supply_id: UUID) -> HttpResponse:
    return shown(request, supply_of(request, code, supply_id), code, Form())


@for_members
@require_safe
def progress(request: SignedInRequest, code: str, supply_id: UUID) -> HttpResponse:
    """The part of it that changes while the worker is busy; 205 once its state is another."""
    supply = supply_of(request, code, supply_id)
    if request.GET.get("state") != supply.state:
        return HttpResponse(status=205)
    page = page_of(supply, for_bureau=True)
    return render(request, "desk/supply_progress.html", {"page": page})


# What can be done with a list, and what is said then.
DEEDS: dict[str, tuple[Callable[..., None], Any]] = {
    "inschrijven": (supplying.approve, _("They are being enrolled.")),
    "vergeten": (supplying.discard, _("Forgotten.")),
    "ongedaan": (supplying.undo, _("It is being undone.")),
}


@for_members
@require_POST
def deed(request: SignedInRequest, code: str, supply_id: UUID, slug: str) -> HttpResponse:
    supply = supply_of(request, code, supply_id)
    carry, said = or_not_found(DEEDS.get(slug))
    form = Form(request.POST)

    def do() -> Done:
        carry(supply_id=supply.pk)
        is_gone = slug == "vergeten"
        lists = reverse("organisation_supplies", args=[code])
        return Done(str(said), lists if is_gone else address_of(supply, code))

    return carry_out(request, form, do, show=partial(shown, request, supply, code, form))


@for_members
@require_POST
def confirm(request: SignedInRequest, code: str) -> HttpResponse:
    """The bureau says that it told its people where we have their data from (AVG 14)."""
    _meeting, bureau = meeting_of(request, code)
    form = Form(request.POST)
    lists = reverse("organisation_supplies", args=[code])

    def do() -> Done:
        informing.confirm_told(bureau_ids=[bureau.pk], by=request.user)
        return Done(_t("Noted. We mail them nothing about it."), lists)

    return carry_out(request, form, do, show=lambda *, status: send_again(lists))


def send_again(address: str) -> HttpResponse:
    """Back to the lists, where it stands that everybody was told already."""
    return HttpResponse(status=303, headers={"Location": address})
