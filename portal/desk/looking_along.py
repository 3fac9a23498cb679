"""Screens on which a colleague sees a room as somebody else sees it: to look, and nothing more.

No impersonation: the colleague stays who they are, and no form, file or door of the room is reached
this way. PLUC! itself looks, so it is no disclosure. Who looked along with whom, at which page and
when, stands in Wagtail's log, by number (STANDARDS 6.24; docs/decisions/0042).
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from pluc.errors import or_not_found
from pluc.signed_in import Permitted, SignedInRequest, for_staff
from portal.accounts.models import Person
from portal.accounts.people_screens import file_address
from portal.accounts.queries import person_with_id
from portal.desk import rooms
from portal.desk.permissions import (
    may_enter_organisations_room,
    may_enter_speakers_room,
    may_look_along,
)
from portal.desk.queries.who import acts_for_anybody, is_a_speaker
from portal.desk.rooms import Eyes, Page

ACTION = "desk.look_along"


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room: by which right and rows somebody has it, and its pages."""

    name: str
    right: Callable[[Permitted], bool]
    rows: Callable[[Person], bool]
    start: Callable[[Eyes], Page]
    page: Callable[[Eyes, str], Page | None]

    def is_of(self, person: Person) -> bool:
        """Whether somebody finds the room when they sign in; without a login nobody does."""
        return person.has_login and self.right(person.user) and self.rows(person)


SPEAKERS = Room(
    name="speaker",
    right=may_enter_speakers_room,
    rows=is_a_speaker,
    start=rooms.speakers_start,
    page=rooms.speakers_page,
)
ORGANISATIONS = Room(
    name="organisation",
    right=may_enter_organisations_room,
    rows=acts_for_anybody,
    start=rooms.organisations_start,
    page=rooms.organisations_page,
)


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
