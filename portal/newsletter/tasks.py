"""What the worker does for the newsletter. Each may run twice with one effect."""

import logging
import time
from collections.abc import Callable, Iterable

from django.utils import timezone

from portal.newsletter.queries.mailings import due_to_start, to_count, to_queue
from portal.newsletter.services import returning, sending, subscribing

log = logging.getLogger("pluc.newsletter")

# A task is ended after a minute; and the mails that are queued go between two of these.
SECONDS = 20


def look_at(asking_id: str) -> None:
    """Task: mails whoever was named on the site. The key of a row, never an address."""
    subscribing.look_at(asking_id=asking_id)


def keep_sending() -> None:
    """Task, each minute: starts what is due, queues what is left to queue, and counts."""
    now, end = timezone.now(), time.monotonic() + SECONDS

    def queue(*, mailing_id: int) -> None:
        while time.monotonic() < end and sending.queue_batch(mailing_id=mailing_id):
            pass

    each(due_to_start(now), sending.start)
    each(to_queue(), queue)
    each(to_count(now), sending.keep_count)


def each(mailing_ids: Iterable[int], do: Callable[..., object]) -> None:
    """Does it for every issue, also where it fails for one: the others must still go."""
    for mailing_id in mailing_ids:
        try:
            do(mailing_id=mailing_id)
        except Exception as error:
            told = (mailing_id, do.__name__, type(error).__name__)  # a traceback might name people
            log.error("Issue %s: %s failed: %s", *told)  # noqa: TRY400


def end_rows() -> None:
    """Task, each day: ends rows of issues that did not arrive where one has arrived since."""
    returning.end_rows()
