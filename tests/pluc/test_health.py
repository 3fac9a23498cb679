"""The addresses `/livez` and `/readyz` (STANDARDS 7.9, 7.10)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pluc import health


def test_livez_answers_without_a_database(visitor: Client):
    # This test may not touch the database: pytest-django refuses any query.
    response = visitor.get("/livez")
    assert response.status_code == 200
    assert response.content == b"ok"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_livez_makes_no_query(visitor: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/livez")


@pytest.mark.django_db
def test_readyz_is_well_when_every_part_is(visitor: Client):
    health.beat()
    response = visitor.get("/readyz")
    assert response.status_code == 200
    parts = ("database", "write", "cache", "migrations", "worker")
    assert response.json() == dict.fromkeys(parts, True)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_readyz_names_the_worker_that_never_started(visitor: Client):
    cache.delete(health.HEARTBEAT_KEY)
    response = visitor.get("/readyz")
    assert response.status_code == 503
    assert [name for name, well in response.json().items() if not well] == ["worker"]


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "status"), [(179, 200), (181, 503)])
def test_readyz_fails_when_the_heartbeat_is_older_than_three_minutes(
    visitor: Client, seconds: int, status: int
):
    health.beat()
    with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
        assert visitor.get("/readyz").status_code == status


@pytest.mark.django_db
def test_a_second_heartbeat_replaces_the_first(visitor: Client):
    with time_machine.travel(timezone.now() - timedelta(minutes=10), tick=False):
        health.beat()
    health.beat()
    health.beat()
    assert visitor.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_says_so_when_a_migration_is_missing(visitor: Client):
    from django.db.migrations.recorder import MigrationRecorder

    health.beat()
    latest = MigrationRecorder.Migration.objects.filter(app="home").order_by("name").last()
    latest.delete()
    response = visitor.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] is False


def test_a_check_that_raises_is_a_part_that_is_not_well():
    def fall_over() -> bool:
        raise OSError("no route to the database")

    assert health.is_well(fall_over) is False
