"""The addresses that take something in: people whom a partner enrols, lists that a bureau supplies.

Each asks for a token with its scope, and for a key by which it is done once (docs/decisions/0050).
"""

from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, Header, Path, Query, Router, Schema, Status

from headless.answers.problems import Problem, there_is
from headless.answers.queries import Parameters
from headless.answers.reading import reads
from headless.answers.writing import writes
from headless.offer.lists import (
    SuppliedIn,
    SuppliedOut,
    SupplyState,
    rows_foretold,
    rows_out,
    state_of,
)
from headless.offer.missing import no_meeting
from headless.offer.models import StoredAnswer
from headless.offer.orders import EnrolmentIn, EnrolmentOut, GivenPlace
from headless.offer.services import enrolling, listing
from headless.offer.services.once import sent
from headless.tokens.bearer import Bearer
from headless.tokens.models import ApiToken, Scope
from pluc import periods
from pluc.links import PUBLIC_URLCONF, site_address
from portal.enrolments.models import Enrolment, Supply, SupplyRow
from portal.enrolments.queries.supplies import rows_of
from portal.enrolments.supply_pages import place_states, states_of
from portal.meetings.addresses import meeting_path
from portal.meetings.models import Meeting

REPLAYED = "Idempotency-Replayed"
IN_CONFLICT = {409: Problem}  # the other errors are told of every operation (`answers.schema`)

intakes = Router(tags=["intakes"])
progress = Router(tags=["intakes"])
intakes.add_decorator(writes(), mode="view")
progress.add_decorator(reads(seconds=0), mode="view")


class OfMeeting(Schema):
    code: str = Field(
        pattern=r"^[-a-zA-Z0-9_]{1,80}$",
        description="The code of the meeting, as its address has it.",
        examples=["pe-cafe-utrecht-2026-12"],
    )


class OfList(OfMeeting):
    supply_id: UUID = Field(description="The id of the list.")


class Keyed(Schema):
    idempotency_key: str = Field(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,200}$",
        description="Your own name for this request, such as a UUID. Sent again with the same key,"
        " it is done once and answered alike, for 24 hours; a key counts per token and address.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    )


class MailLanguage(Parameters):
    locale: Literal["nl", "en"] = Field("nl", description="Of the mails, and of this answer.")


class Preview(MailLanguage):
    dry_run: bool = Field(
        False, description="Only tell what would become of each row; nothing is stored."
    )


@intakes.post(
    "/meetings/{code}/enrolments/",
    auth=Bearer(Scope.ENROL),
    response={201: EnrolmentOut, **IN_CONFLICT},
    operation_id="enrol",
    summary="Enrol people in a meeting",
)
def enrol(
    request: HttpRequest,
    response: HttpResponse,
    path: Path[OfMeeting],
    query: Query[MailLanguage],
    header: Header[Keyed],
    wanted: EnrolmentIn,
) -> Status[Any]:
    """Enrols up to ten people, by the rules, limits and mails of our own form. All of them or none.

    Each gets our mail at their own address. Who stands in the meeting already keeps that place and
    takes no other; what the answer tells of them is what it would tell of anybody.
    """
    token = token_of(request)
    known = sent(
        token=token,
        path=request.path_info,
        key=header.idempotency_key,
        asked=f"{query.locale} {wanted.model_dump_json()}",
    )
    answer, is_new = enrolling.take(
        request=request, token=token, code=path.code, wanted=wanted, sent=known
    )
    return answered(response, 201, enrolment_out(answer, path.code), is_new=is_new)


@intakes.post(
    "/meetings/{code}/supplied/",
    auth=Bearer(Scope.SUPPLY),
    response={200: SuppliedOut, 202: SuppliedOut, **IN_CONFLICT},
    operation_id="supply_participants",
    summary="Supply participants of a meeting",
)
def supply(
    request: HttpRequest,
    response: HttpResponse,
    path: Path[OfMeeting],
    query: Query[Preview],
    header: Header[Keyed],
    wanted: SuppliedIn,
) -> Status[Any]:
    """Takes in a bureau's list for a meeting that is agreed with it, and enrols its people.

    They are enrolled in the background (202): `url` tells how far it is. With `dry_run=true` the
    answer (200) only tells what would become of each row, as far as that can be told of anybody:
    somebody who stands in the meeting by another booking is told of as a stranger is.
    """
    token = token_of(request)
    if query.dry_run:
        found, rows = listing.look_at(token=token, code=path.code, wanted=wanted)
        return Status(200, preview_out(found, rows))
    known = sent(
        token=token,
        path=request.path_info,
        key=header.idempotency_key,
        asked=wanted.model_dump_json(),
    )
    answer, is_new = listing.take(token=token, code=path.code, wanted=wanted, sent=known)
    told = supplied_out(listing.supply_made(answer))
    return answered(response, 202, told, is_new=is_new)


@progress.get(
    "/meetings/{code}/supplied/{supply_id}/",
    auth=Bearer(Scope.SUPPLY),
    response=SuppliedOut,
    operation_id="supplied_participants",
    url_name="supplied_participants",
    summary="What became of a list of participants",
)
def supplied(request: HttpRequest, path: Path[OfList], query: Query[MailLanguage]) -> SuppliedOut:
    """How far a list is, and what became of each of its rows. Undoing it is our back office's."""
    return supplied_out(
        listing.supply_of(token=token_of(request), code=path.code, supply_id=path.supply_id)
    )


def token_of(request: Any) -> ApiToken:
    """By which `Bearer` let the request in."""
    token: ApiToken = request.auth
    return token


# --- Answers -------------------------------------------------------------------------------------


def answered(response: HttpResponse, status: int, told: Schema, *, is_new: bool) -> Status[Any]:
    if not is_new:
        response[REPLAYED] = "true"
    return Status(status, told)


def enrolment_out(answer: StoredAnswer, code: str) -> EnrolmentOut:
    """From what was told then, whatever became of the places since."""
    people = [
        GivenPlace(state="enrolled" if number is None else "waiting", place_in_line=number)
        for number in answer.places_in_line
    ]
    waiting = sum(one.state == "waiting" for one in people)
    return EnrolmentOut(
        meeting=code,
        places=len(people) - waiting,
        waiting=waiting,
        people=people,
        url=meeting_address(code),
    )


def meeting_address(code: str) -> str:
    found = Meeting.objects.select_related("course").filter(code=code).first()
    meeting = there_is(found, no_meeting())
    return site_address(meeting_path(meeting, get_language() or "nl"))


def preview_out(supply: Supply, rows: list[SupplyRow]) -> SuppliedOut:
    return out(supply, rows, SupplyState.PREVIEW)


def supplied_out(supply: Supply) -> SuppliedOut:
    rows = rows_of(supply=supply, limit=supply.size)
    return out(supply, rows, state_of(supply))


def out(supply: Supply, rows: list[SupplyRow], state: SupplyState) -> SuppliedOut:
    is_kept = state is not SupplyState.PREVIEW
    states = states_of(supply)
    waiting = (Enrolment.State.WAITING, Enrolment.State.OFFERED)
    return SuppliedOut(
        id=supply.pk if is_kept else None,
        meeting=supply.meeting.code,
        state=state,
        size=supply.size,
        done=supply.done,
        enrolled=states.get(Enrolment.State.ENROLLED, 0),
        waiting=sum(states.get(one, 0) for one in waiting),
        tell_before=timezone.localdate(supply.supplied_at + periods.SOURCE_TOLD),
        mailed_on=timezone.localdate(supply.supplied_at + periods.SUPPLIER_TELLS),
        rows=rows_out(rows, place_states(rows)) if is_kept else rows_foretold(rows),
        url=address_of(supply) if is_kept else None,
    )


def address_of(supply: Supply) -> str:
    path = reverse(
        "api:supplied_participants",
        urlconf=PUBLIC_URLCONF,
        kwargs={"code": supply.meeting.code, "supply_id": supply.pk},
    )
    return settings.SITE_URL + path
