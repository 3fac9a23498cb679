"""Answers are given again until anything is written, by whomever (transactions are committed)."""

import threading
from collections.abc import Hashable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from headless.answers import limits
from headless.answers.memory import key_of
from portal.meetings.models import Course, Meeting
from tests import databases
from tests.conftest import LimitTo
from tests.home.offers import on_offer
from tests.houses import House

pytestmark = pytest.mark.usefixtures("committed")
MEETINGS = "/api/offer/meetings/"


@pytest.fixture
def visitor(committed: None) -> Client:
    """With one meeting on offer, and warm."""
    cache.clear()
    limits.forget()
    on_offer(code="de-ene")
    visitor = House("one host").visitor()
    statements(visitor)
    statements(visitor)
    return visitor


def statements(visitor: Client, address: str = MEETINGS) -> tuple[int, Any]:
    """How many queries an answer takes, and the answer."""
    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if "pg_current_snapshot" not in sql:
            seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = visitor.get(address)
    return len(seen), answer


def is_given_again(visitor: Client, address: str = MEETINGS) -> bool:
    """PostgreSQL counts what it does by itself as a change too, now and then."""
    return any(statements(visitor, address)[0] == 0 for _ in range(5))


def test_an_answer_is_given_again_until_anything_is_written(visitor: Client):
    meeting = Meeting.objects.get()
    assert is_given_again(visitor)
    first = visitor.get(MEETINGS)
    assert statements(visitor, f"{MEETINGS}?limit=5&format=open")[0] > 0
    assert is_given_again(visitor, f"{MEETINGS}?format=open&limit=5"), "in any order"
    for change in (
        lambda: Meeting.objects.filter(pk=meeting.pk).update(taken=2),
        lambda: elsewhere(lambda: Meeting.objects.filter(pk=meeting.pk).update(taken=3)),
        lambda: elsewhere(lambda: Course.objects.update(title="Anders")),
    ):
        change()
        queries, again = statements(visitor)
        assert queries > 0
        assert is_given_again(visitor)
    assert again.json()["items"][0]["places"]["left"] == 9
    assert first["ETag"] != again["ETag"]
    assert statements(visitor, f"{MEETINGS}nergens/")[0] > 0
    assert statements(visitor, f"{MEETINGS}nergens/")[0] > 0, "only good answers are remembered"


def elsewhere(do: Any) -> None:
    """Does something on another connection."""

    def run() -> None:
        do()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.skipif(databases.POSTGRES, reason="a counter in PostgreSQL is a change like any other")
def test_a_counter_that_is_written_makes_nobody_read_again(visitor: Client, limit_to: LimitTo):
    limit_to(limits.READ, "30/m/ip")  # so each request writes
    statements(visitor)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(MEETINGS)
    seen = [one["sql"] for one in queries.captured_queries]
    assert seen
    assert not [sql for sql in seen if "meetings_meeting" in sql]
    told = [visitor.get(MEETINGS) for _ in range(30)]
    assert told[-1].status_code == 429, "what is given again counts too"
    assert told[-1]["Access-Control-Allow-Origin"] == "*"
    assert told[0]["RateLimit"] != told[1]["RateLimit"]


def test_of_a_name_that_stands_there_twice_the_order_counts():
    def key(query: str) -> Hashable:
        return key_of(RequestFactory().get(f"/api/oembed/?{query}"))

    assert key("url=a&format=json") == key("format=json&url=a")
    assert key("url=a&url=b") != key("url=b&url=a")
    assert key("%75rl=a&url=b") != key("url=b&%75rl=a")
