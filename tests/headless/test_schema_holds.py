"""The whole API is asked all that its schema allows, and much that it does not (Schemathesis).

All of its checks, in the phases examples, coverage and fuzzing, with a token and without; with
`--long` many more examples of each. The application is asked in process, on a database in which
transactions are committed.
"""

import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis.engine import events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from headless.tokens.models import Scope
from portal.meetings.models import Meeting
from tests import databases
from tests.conftest import LimitTo
from tests.factories import CoursePageFactory, offer_page
from tests.intakes import token_of
from tests.planning import MeetingFactory, in_days
from tests.supplying import bureau

pytestmark = [pytest.mark.usefixtures("committed", "wide_limits"), pytest.mark.thorough]
EXAMPLES, MORE_EXAMPLES = 2, 60  # of each operation, beside those that its schema implies
# Each value at the edge of what the schema allows, and each beyond it. What is beyond it is refused
# before any database is asked: PostgreSQL has a few of these in the other phases, SQLite all.
COVERED = {"generation": {"mode": "positive"}} if databases.POSTGRES else {}
KEY = "Idempotency-Key"
WIDE = {"api_read": "ip", "api_write": "ip", "api_token": "key"}
WIDE |= {"enrol": "ip", "named": "key", "vouched": "key"}
APPLICATION = get_wsgi_application()


@pytest.fixture
def wide_limits(limit_to: LimitTo) -> None:
    for name, whom in WIDE.items():
        limit_to(name, f"1000000/d/{whom}")


@pytest.fixture
def meeting() -> Meeting:
    """That of the schema's examples: in the offer, and agreed with a bureau that is a partner."""
    made: Meeting = MeetingFactory(
        code="pe-cafe-utrecht-2026-12",
        partner=bureau(is_partner=True),
        day=in_days(60),
        capacity=1000,
        price="195.00",
    )
    CoursePageFactory(parent=offer_page(), course=made.course)
    return made


@pytest.fixture(autouse=True)
def asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """How Schemathesis asks an application in process.

    It has no settings of a socket, which Schemathesis 4.32 sends all the same where it asks again
    without a token. And each sound request has a key of its own, as a program gives it: the same
    key with another body is refused, which no schema can say.
    """
    send, of_sockets = WSGITransport.send, ("max_redirects", "verify", "cert", "proxies")

    def sent(self: Any, case: Any, **kwargs: Any) -> Any:
        if case.meta and case.meta.generation.mode.is_positive and KEY in (case.headers or {}):
            case.headers[KEY] = uuid.uuid4().hex
        return send(self, case, **{name: kwargs[name] for name in kwargs if name not in of_sockets})

    monkeypatch.setattr(WSGITransport, "send", sent)


def from_loopback(environ: dict[str, Any], start: Any) -> Any:
    """The application as a server on this machine calls it."""
    return APPLICATION(environ | {"REMOTE_ADDR": "127.0.0.1"}, start)


def asked(meeting: Meeting, *, token: str, examples: int, coverage: bool) -> Any:
    """The schema as Schemathesis reads it, with rows that are there among the values to try."""
    known = {"codes": {"values": [meeting.code]}, "prices": {"values": [str(meeting.price)]}}
    config = {
        "dictionaries": known,
        "parameters": {
            "path.code": {"dictionary": "codes", "probability": 0.7},
            "body.price": {"dictionary": "prices", "probability": 0.7},
        },
        "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
        "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": coverage} | COVERED},
        "continue-on-failure": True,
    }
    if token:
        config["auth"] = {"openapi": {"Bearer": {"bearer": token}}}
    return schemathesis.openapi.from_wsgi(
        "/api/openapi.json", from_loopback, config=schemathesis.Config.from_dict(config)
    )


def failures_of(schema: Any) -> Iterator[str]:
    """What is wrong, each kind once an operation. Raises what stops Schemathesis itself."""
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError):
            yield f"{event.label}: {event.info.title} {event.info.message}"
        if isinstance(event, events.FatalError):
            raise event.exception
        if isinstance(event, events.ScenarioFinished):
            yield from failures_in(event.recorder)


def failures_in(recorder: Any) -> Iterator[str]:
    for checks in recorder.checks.values():
        for found in (one.failure_info for one in checks if one.failure_info):
            failure = found.failure
            yield f"{failure.operation}: {failure.title}: {failure.message}\n{found.code_sample}"


def test_it_answers_as_its_schema_says(meeting: Meeting, pytestconfig: pytest.Config) -> None:
    is_long = pytestconfig.getoption("--long")
    examples = MORE_EXAMPLES if is_long else EXAMPLES
    token = token_of(meeting.partner, *Scope)
    logging.disable(logging.CRITICAL)  # thousands of refusals
    try:
        failures = [
            *failures_of(asked(meeting, token=token, examples=examples, coverage=True)),
            *failures_of(asked(meeting, token="", examples=examples, coverage=is_long)),
        ]
    finally:
        logging.disable(logging.NOTSET)
    assert not failures, "\n\n".join(dict.fromkeys(failures))
