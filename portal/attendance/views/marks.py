"""What the door's screen asks by itself: it sends its marks, and asks who is in.

Answers are JSON, and never a redirect: whoever is not signed in gets a 401, and their marks stay on
the phone. No answer holds a name.
"""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pluc.signed_in import SignedInRequest, is_signed_in
from portal.accounts.browser_names import browser_name
from portal.attendance.door_lines import said_of, state_of
from portal.attendance.models import Mark
from portal.attendance.queries.door import State, may_mark, people_in_states, session_at, states_in
from portal.attendance.refusals import malformed
from portal.attendance.sent_marks import NotABatch, read_batch
from portal.attendance.services.marking import Receipt, take_marks
from portal.meetings.wording import clock


def told(status: HTTPStatus) -> JsonResponse:
    """An answer that says no more than its status."""
    return JsonResponse({}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def marks(request: HttpRequest, code: str, session_id: UUID) -> HttpResponse:
    """GET: who is in. POST: takes marks."""
    if not is_signed_in(request):
        return told(HTTPStatus.UNAUTHORIZED)
    answer: Callable[..., JsonResponse] = take if request.method == "POST" else tell
    return answer(request, code, session_id)


def take(request: SignedInRequest, code: str, session_id: UUID) -> JsonResponse:
    """A receipt for each mark, in the order in which they came.

    Marks that another account made on this phone are not taken, nor refused: 401.
    """
    if not may_mark(user=request.user, code=code, session_id=session_id):
        return told(HTTPStatus.NOT_FOUND)
    now = timezone.now()
    try:
        batch = read_batch(request.body, session_id=session_id, now=now)
    except NotABatch:
        return told(HTTPStatus.BAD_REQUEST)
    if batch.account != browser_name(request.user):
        return told(HTTPStatus.UNAUTHORIZED)
    read = [mark for mark in batch.marks if mark]
    receipts = iter(take_marks(marks=read, by=request.user, now=now))
    told_all = [told_of(next(receipts) if mark else None) for mark in batch.marks]
    return JsonResponse({"now": milliseconds(now), "receipts": told_all})


def milliseconds(moment: dt.datetime) -> int:
    """As browsers count."""
    return int(moment.timestamp() * 1000)


def told_of(receipt: Receipt | None) -> dict[str, Any]:
    """A receipt as the phone reads it; of what is no mark, that it is none."""
    if receipt is None:
        return {"id": None, "taken": False, "sentence": malformed().sentence}
    return {"id": str(receipt.id), "taken": receipt.is_taken, "sentence": receipt.sentence}


def tell(request: SignedInRequest, code: str, session_id: UUID) -> JsonResponse:
    """What the marks of everybody say who has any, by key, and how many people are in."""
    session = session_at(user=request.user, session_id=session_id)
    if session is None or session.meeting.code != code:
        return told(HTTPStatus.NOT_FOUND)
    states = states_in(session=session)
    return JsonResponse(
        {
            "now": milliseconds(timezone.now()),
            "in": people_in_states(states),
            "states": {key.hex: as_told(state) for key, state in states.items()},
        }
    )


def as_told(state: State) -> dict[str, Any]:
    return {
        "state": state_of(state.presence.is_in, state.last),
        "said": said_of(state.last, state.own),
        "own": own_as_told(state.own, state.last) if state.own else None,
    }


def own_as_told(own: Mark, last: Mark | None) -> dict[str, str]:
    """What somebody said themselves, when, and what is said without it."""
    told = {"id": str(own.pk), "kind": own.kind, "time": clock(own.at)}
    return told | {"without": said_of(last, None)}
