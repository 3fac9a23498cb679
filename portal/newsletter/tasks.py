"""What the worker does for the newsletter. Each may run twice with one effect."""

import time

from django.utils import timezone

from portal.newsletter.queries.mailings import due_to_start, to_count, to_queue
from portal.newsletter.services import returning, sending, subscribing

# A task is ended after a minute; and the mails that are queued go between two of these.
SECONDS = 20


def look_at(asking_id: str) -> None:
    """Task: mails whoever was named on the site. The key of a row, never an address."""
    subscribing.look_at(asking_id=asking_id)


def keep_sending() -> None:
    """Task, each minute: starts what is due, queues what is left to queue, and counts."""
    for mailing_id in due_to_start(timezone.now()):
        sending.start(mailing_id=mailing_id)
    end = time.monotonic() + SECONDS
    for mailing_id in to_queue():
        while time.monotonic() < end and sending.queue_batch(mailing_id=mailing_id):
            pass
    for mailing_id in to_count(timezone.now()):
        sending.keep_count(mailing_id=mailing_id)


def end_rows() -> None:
    """Task, each day: ends rows of issues that did not arrive where one has arrived since."""
    returning.end_rows()
