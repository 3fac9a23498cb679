"""What the worker does for enrolments. Each may run twice with one effect."""

import time
from uuid import UUID

from portal.enrolments import services
from portal.enrolments.queries.supplies import supplies_to_work_on
from portal.enrolments.services import applying, informing

SECONDS = 20  # for supplies: a task is ended after a minute


def keep_places_moving() -> None:
    """Task, each minute: passes on offers and holds whose time is over."""
    services.lapse_offers()
    services.release_holds()


def post_reminders() -> None:
    """Task, hourly: reminds participants two days before their meeting."""
    services.post_reminders()


def work_on_supply(supply_id: str) -> None:
    """Task: enrols the people of a file, or undoes that; what is left, the next minute's task."""
    work_until(time.monotonic() + SECONDS, UUID(supply_id))


def keep_supplies_moving() -> None:
    """Task, each minute: goes on with what a worker that was killed left behind."""
    end = time.monotonic() + SECONDS
    for supply_id in supplies_to_work_on():
        work_until(end, supply_id)


def work_until(end: float, supply_id: UUID) -> None:
    while time.monotonic() < end and applying.work_on(supply_id=supply_id):
        pass


def tell_sources() -> None:
    """Task, hourly: tells people who supplied their data, and follows what became of that mail."""
    informing.follow_mails()
    informing.mail_those_due()
