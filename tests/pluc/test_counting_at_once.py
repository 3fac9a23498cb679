"""Requests at the same moment are counted in one counter (docs/limits.md)."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.test import RequestFactory

from pluc.counting import Deed, count
from tests.conftest import LimitTo


def test_two_who_count_at_once_count_both(committed: None, limit_to: LimitTo):
    limit_to("enrol", "10/h/ip")

    def counts(_: int) -> bool:
        refusal = count(RequestFactory().post("/"), Deed(name="enrol", cost=3))
        connections.close_all()
        return refusal is None

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(counts, range(8))) == 3
