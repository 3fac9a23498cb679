"""The analytics decision (STANDARDS 1.12), in full: every combination of its seven facts."""

from dataclasses import fields
from itertools import product

import pytest

from legal.consent.analytics import GOOGLE_HOSTS, POLICY, Facts, may_measure

NAMES = [field.name for field in fields(Facts)]
# The rule as the standard says it: the one combination in which the tracking code is there.
MEASURED = {
    "group_is_accepted": True,
    "browser_opted_out": False,
    "account_opted_out": False,
    "is_preview": False,
    "is_staff_page": False,
    "has_token_in_address": False,
    "id_is_set": True,
}
COMBINATIONS = [
    dict(zip(NAMES, values, strict=True)) for values in product((False, True), repeat=7)
]


def test_the_facts_are_the_seven_of_the_standard():
    assert set(NAMES) == set(MEASURED)
    assert len(COMBINATIONS) == 2**7


@pytest.mark.promise("P37")
@pytest.mark.promise("P38")
@pytest.mark.parametrize("facts", COMBINATIONS, ids=lambda f: "".join("01"[v] for v in f.values()))
def test_visits_are_measured_in_exactly_one_combination(facts: dict[str, bool]):
    assert may_measure(Facts(**facts)) is (facts == MEASURED)


@pytest.mark.promise("P38")
@pytest.mark.parametrize("name", ["browser_opted_out", "account_opted_out"])
def test_either_opt_out_suffices(name: str):
    assert not may_measure(Facts(**(MEASURED | {name: True})))


def test_the_policy_names_google_and_nobody_else():
    hosts = {host for hosts in POLICY.values() for host in hosts}
    assert hosts == {"https://www.googletagmanager.com", *GOOGLE_HOSTS}
    assert all(host.startswith("https://") for host in hosts)
    assert set(POLICY) == {"script-src", "connect-src", "img-src"}
