"""A partner's program: its token, and what it sends to enrol people or to supply a list."""

import datetime as dt
import json
import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from headless.tokens.models import Scope
from headless.tokens.services import make_token
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation
from tests.planning import OrganisationFactory

INVOICE = {
    "name": "Perenhof B.V.",
    "street": "Perenlaan 1",
    "postal_code": "3511 AB",
    "city": "Utrecht",
}


def token_of(organisation: Organisation | None = None, *scopes: Scope) -> str:
    """A token in force, for enrolling unless told otherwise."""
    whose = organisation or OrganisationFactory(is_partner=True)
    last_day = timezone.localdate() + dt.timedelta(days=30)
    _, text = make_token(
        organisation=whose, name="site", scopes=scopes or [Scope.ENROL], last_day=last_day, by=None
    )
    return text


def somebody(number: int = 1, **fields: Any) -> dict[str, Any]:
    plain = {"first_name": "Guus", "last_name": f"Gast {'x' * number}"}
    return plain | {"email": f"guus{number}@kantoor.example"} | fields


def order(meeting: Meeting, *people: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """For one guest, or for those named."""
    plain = {"people": list(people or [somebody()]), "price": str(meeting.price)}
    plain |= {"agrees_to_terms": True}
    if meeting.price:
        plain["invoice"] = INVOICE
    return plain | fields


def send(
    path: str, body: Any, *, token: str, key: str = "", query: str = "", **headers: str
) -> HttpResponse:
    """A POST as a program sends it; `body` is JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key or uuid.uuid4().hex} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return Client().post(
        f"/api/offer/{path}{query}",
        content,
        content_type=headers.pop("Content-Type", "application/json"),
        headers={name: value for name, value in headers.items() if value != "-"},
    )


def enrol_by_api(
    meeting: Meeting, *people: dict[str, Any], token: str, key: str = "", **fields: Any
) -> HttpResponse:
    path = f"meetings/{meeting.code}/enrolments/"
    return send(path, order(meeting, *people, **fields), token=token, key=key)
