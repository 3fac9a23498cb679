"""Schedules, tasks and mails go on after a clock jumped ahead and back (decision 0019)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from pluc import clock, health
from pluc.outbox import services
from pluc.outbox.models import HELD_BACK, Mail
from pluc.periods import HOLD
from pluc.schedules import JOBS, sync_schedules
from portal.enrolments.models import Hold
from portal.enrolments.services.holding import release_holds
from tests.planning import MeetingFactory

DAY = timedelta(days=1)


def ahead() -> time_machine.travel:
    return time_machine.travel(timezone.now() + DAY, tick=False)


def moments() -> list[tuple[str, datetime]]:
    return sorted(Schedule.objects.values_list("name", "next_run"))


def test_timed_jobs_go_on_at_once(committed: None):
    sync_schedules()
    with ahead():
        scheduler(broker=get_broker())
    assert OrmQ.objects.count() == len(JOBS)
    assert Schedule.objects.filter(next_run__lt=timezone.now() + timedelta(hours=20)).count() == 0

    queue = get_broker()
    assert queue.dequeue(), "what was asked for in the wrong time is done"
    assert not OrmQ.objects.filter(lock__gt=timezone.now() + timedelta(minutes=5)).exists()
    scheduler(broker=queue)
    assert OrmQ.objects.count() == 2 * len(JOBS)
    for name, next_run in moments():
        (minutes,) = (job.minutes for job in JOBS if job.name == name)
        assert next_run <= timezone.now() + timedelta(minutes=minutes)


def test_a_restart_sets_right_what_lies_too_far_ahead_and_nothing_else(committed: None):
    sync_schedules()
    scheduler(broker=get_broker())
    before = moments()
    sync_schedules()
    assert moments() == before
    assert clock.set_right() == 0
    Schedule.objects.filter(name="heartbeat").update(next_run=timezone.now() + DAY)
    sync_schedules()
    assert Schedule.objects.get(name="heartbeat").next_run <= timezone.now()


def test_counts_of_the_wrong_time_are_forgotten(committed: None):
    sync_schedules()
    with ahead():
        cache.set("allauth:rl:login", [1.0], timeout=60)
        scheduler(broker=get_broker())
    assert cache.get("allauth:rl:login")
    clock.set_right()
    assert cache.get("allauth:rl:login") is None


@pytest.mark.django_db
def test_a_heartbeat_of_tomorrow_is_none():
    with ahead():
        health.beat()
    assert not health.heart_beats()


@pytest.mark.django_db
def test_mails_of_the_wrong_time_go_now():
    now = timezone.now()
    rows = {
        "posted": {"due_at": now + DAY},
        "failed": {"due_at": now + DAY + timedelta(minutes=1), "attempts": 1},
        "waits": {"due_at": now + timedelta(minutes=4), "attempts": 3},
        "held": {"due_at": now + timedelta(minutes=59), "reason": HELD_BACK},
        "held too long": {"due_at": now + DAY, "reason": HELD_BACK},
        "taken": {"state": Mail.State.SENDING, "claimed_at": now + DAY, "attempts": 1},
    }
    for event, fields in rows.items():
        address = "vera@kantoor.example"
        Mail.objects.create(event=event, sender=address, recipient=address, message=b"", **fields)
    services.recover()
    due = Mail.objects.due_at(timezone.now()).values_list("event", flat=True)
    assert set(due) == {"posted", "failed", "held too long"}
    with time_machine.travel(now + services.CLAIM_LASTS + timedelta(minutes=1), tick=False):
        services.recover()
    assert Mail.objects.get(event="taken").state == Mail.State.WAITING


@pytest.mark.django_db
def test_a_hold_of_the_wrong_time_ends_as_any_other():
    meeting = MeetingFactory()
    Hold.objects.create(meeting=meeting, places=1, expires_at=timezone.now() + DAY)
    release_holds()
    assert Hold.objects.get().expires_at <= timezone.now() + HOLD
