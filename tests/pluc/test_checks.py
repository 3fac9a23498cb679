"""System checks: queue settings (STANDARDS 7.4) and names of fields."""

from math import ceil
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from pluc.checks import check_names, check_queue, check_scanner, hidden_names, queue_faults
from pluc.scanning import Scanner

SAFE = {
    "timeout": 60,
    "retry": 300,
    "workers": 1,
    "queue_limit": 2,
    "max_attempts": 4,
    "catch_up": False,
}
UNSAFE = [
    {"timeout": 0},
    {"timeout": None},
    {"timeout": 300},
    {"retry": None},
    {"retry": 60},
    {"retry": 180},  # the third task in the queue would be handed out a second time
    {"queue_limit": 0},
    {"queue_limit": 50},
    {"max_attempts": 0},
    {"max_attempts": 2},
    {"max_attempts": 6},
    {"catch_up": True},
    {"catch_up": None},
]


def test_our_own_settings_are_safe():
    assert queue_faults(settings.Q_CLUSTER) == []


@pytest.mark.parametrize("change", UNSAFE, ids=str)
def test_an_unsafe_setting_is_a_fault(change: dict[str, Any]):
    assert queue_faults(SAFE) == []
    assert queue_faults(SAFE | change)


@pytest.mark.parametrize(
    "missing", sorted({"timeout", "retry", "queue_limit", "max_attempts", "catch_up"})
)
def test_leaving_a_setting_to_the_library_is_a_fault(missing: str):
    assert queue_faults({name: value for name, value in SAFE.items() if name != missing})


def test_a_fault_stops_every_command(settings: Settings):
    settings.Q_CLUSTER = settings.Q_CLUSTER | {"retry": 1}
    assert {error.id for error in check_queue()} == {"pluc.E001"}
    assert all(error.is_serious() for error in check_queue())


@given(
    timeout=st.integers(-1, 200),
    retry=st.integers(-1, 3000),
    workers=st.integers(1, 8),
    queue_limit=st.integers(1, 10),
)
def test_no_task_is_handed_out_again_before_the_first_can_have_ended(
    timeout: int, retry: int, workers: int, queue_limit: int
):
    """The lock runs from the moment a task is taken; others may wait before it."""
    cluster = SAFE | {
        "timeout": timeout,
        "retry": retry,
        "workers": workers,
        "queue_limit": queue_limit,
    }
    if not queue_faults(cluster):
        turns_before_it = ceil(queue_limit / workers)
        assert timeout > 0
        assert retry > turns_before_it * timeout + timeout


def test_no_field_of_ours_hides_a_name_of_its_base():
    assert check_names() == []


def test_a_field_that_hides_a_name_of_its_base_is_found():
    """As `ContactPage.route` once hid `Page.route`: it is enough to break a report of Wagtail's."""

    fields = {name: models.TextField() for name in ("serializable_value", "title")}
    meta = type("Meta", (), {"app_label": "pluc", "managed": False})
    hiding = type("Hiding", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    try:
        assert hidden_names(hiding) == ["serializable_value"]
    finally:
        del apps.all_models["pluc"]["hiding"]
        apps.clear_cache()


def test_a_site_without_a_scanner_is_told_so(settings: Settings):
    settings.SCANNER = None
    assert [warning.id for warning in check_scanner()] == ["pluc.W001"]
    settings.SCANNER = Scanner(path="/run/clamd")
    assert check_scanner() == []
