"""Screens on which a colleague sees a room as somebody else sees it: to look, and nothing more.

No impersonation: the colleague stays who they are, and no form, file or door of the room is reached
this way. PLUC! itself looks, so it is no disclosure. Who looked along with whom, at which page and
when, stands in Wagtail's log, by number (STANDARDS 6.24; docs/decisions/0042).
"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from portal.accounts.people_screens import file_address
from portal.accounts.queries import person_with_id
from portal.desk.permissions import may_look_along
from portal.desk.rooms import Eyes, Page, Room

ACTION = "desk.look_along"


@for_staff(may_look_along)
@require_safe
def room(request: SignedInRequest, person_id: UUID, which: Room) -> HttpResponse:
    eyes = eyes_of(person_id, which)
    return seen(request, which.start(eyes), eyes, path=which.name)


@for_staff(may_look_along)
@require_safe
def meeting(request: SignedInRequest, person_id: UUID, code: str, which: Room) -> HttpResponse:
    eyes = eyes_of(person_id, which)
    page = or_not_found(which.page(eyes, code))
    return seen(request, page, eyes, path=f"{which.name} {code}")


def eyes_of(person_id: UUID, which: Room) -> Eyes:
    """Those of somebody who has the room. Raises `Http404` for anybody else."""
    person = or_not_found(person_with_id(person_id=person_id))
    or_not_found(which.is_of(person) or None)
    return Eyes(
        person=person,
        now=timezone.now(),
        start=reverse(f"along_{which.name}_room", args=[person_id]),
        meeting=lambda code: reverse(f"along_{which.name}_meeting", args=[person_id, code]),
        is_along=True,
    )


def seen(request: SignedInRequest, page: Page, eyes: Eyes, *, path: str) -> HttpResponse:
    """The page with a banner that says whose eyes these are, once it is logged."""
    context = page.context | {"back": file_address(eyes.person)}
    response = render(request, page.template, context)
    log(
        instance=eyes.person,
        action=ACTION,
        user=request.user,
        title=_t("A person"),
        data={"page": path},
    )
    return response
