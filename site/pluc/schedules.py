"""The tasks that the worker runs at intervals. Every schedule stands here, and nowhere else."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

from pluc import clock


@dataclass(frozen=True, kw_only=True)
class Job:
    """A task (dotted path of a function without arguments) and how often it runs, in minutes."""

    name: str
    task: str
    minutes: int


JOBS = (
    Job(name="heartbeat", task="pluc.health.beat", minutes=1),
    Job(name="publish what is due", task="pluc.content.tasks.publish_due", minutes=1),
    Job(name="send what is due", task="pluc.outbox.tasks.send_due", minutes=1),
    Job(name="tell endpoints", task="headless.webhooks.tasks.keep_telling", minutes=1),
    Job(name="read what came back", task="pluc.outbox.tasks.read_mailbox", minutes=5),
    Job(name="keep places moving", task="portal.enrolments.tasks.keep_places_moving", minutes=1),
    Job(name="scan material", task="portal.materials.tasks.scan_due", minutes=1),
    Job(name="remind of meetings", task="portal.enrolments.tasks.post_reminders", minutes=60),
    Job(
        name="enrol who was supplied",
        task="portal.enrolments.tasks.keep_supplies_moving",
        minutes=1,
    ),
    Job(name="tell sources of data", task="portal.enrolments.tasks.tell_sources", minutes=60),
    Job(name="count for the overview", task="portal.desk.tasks.make_figures", minutes=24 * 60),
    Job(name="make certificates", task="portal.certificates.tasks.keep_making", minutes=1),
    Job(name="post announcements", task="portal.announcements.tasks.post_more", minutes=1),
    Job(name="send issues", task="portal.newsletter.tasks.keep_sending", minutes=1),
    Job(name="end rows of bounces", task="portal.newsletter.tasks.end_rows", minutes=24 * 60),
    Job(name="purge what is past its time", task="legal.rights.tasks.purge", minutes=24 * 60),
    Job(name="purge what is short-lived", task="legal.rights.tasks.purge_short_lived", minutes=60),
)


def sync_schedules(jobs: tuple[Job, ...] = JOBS) -> None:
    """Makes the schedules in the database equal to `jobs`: all of them, or none.

    Raises `ImportError` for a task that does not exist, and then changes nothing. Moments that a
    wrong clock set are brought to now.
    """
    with transaction.atomic():
        Schedule.objects.exclude(name__in=[job.name for job in jobs]).delete()
        for job in jobs:
            import_string(job.task)
            Schedule.objects.update_or_create(
                name=job.name,
                defaults={
                    "func": job.task,
                    "schedule_type": Schedule.MINUTES,
                    "minutes": job.minutes,
                    "repeats": -1,
                },
                create_defaults={
                    "func": job.task,
                    "schedule_type": Schedule.MINUTES,
                    "minutes": job.minutes,
                    "repeats": -1,
                    "next_run": timezone.now(),
                },
            )
        clock.set_right()
