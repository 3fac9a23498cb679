"""The worker's schedules (STANDARDS 7.8, 7.9, 7.13)."""

import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from pluc.schedules import JOBS, Job, sync_schedules

pytestmark = pytest.mark.django_db


def stored() -> list[tuple[str, str, int | None]]:
    return sorted(Schedule.objects.values_list("name", "func", "minutes"))


def test_every_job_is_scheduled_once():
    sync_schedules()
    assert stored() == sorted((job.name, job.task, job.minutes) for job in JOBS)


def test_syncing_again_changes_nothing():
    sync_schedules()
    before = sorted(Schedule.objects.values_list("id", "name", "next_run"))
    sync_schedules()
    assert sorted(Schedule.objects.values_list("id", "name", "next_run")) == before


def test_a_job_that_changed_keeps_its_next_moment():
    sync_schedules((Job(name="heartbeat", task="pluc.health.beat", minutes=1),))
    before = Schedule.objects.get()
    sync_schedules((Job(name="heartbeat", task="pluc.health.beat", minutes=5),))
    after = Schedule.objects.get()
    assert (after.pk, after.minutes, after.next_run) == (before.pk, 5, before.next_run)


def test_a_job_that_left_the_list_leaves_the_database():
    sync_schedules()
    sync_schedules(JOBS[:1])
    assert [name for name, *_ in stored()] == [JOBS[0].name]


def test_a_job_without_a_task_changes_nothing_at_all():
    sync_schedules()
    before = stored()
    wrong = Job(name="wrong", task="pluc.health.no_such_task", minutes=1)
    with pytest.raises(ImportError):
        sync_schedules((JOBS[0], wrong))
    assert stored() == before


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_may_run_twice(job: Job):
    task = import_string(job.task)
    task()
    task()
