"""Fills the offer for `script/bench cold-page`: copies of the demo's meetings, weeks later.

Run with a `DATA_DIR` that holds the demo, and how many meetings there are to be on offer.
"""

import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone

from portal.meetings.models import Meeting
from portal.meetings.queries.remembered import on_offer
from portal.meetings.services import copy_meeting
from portal.meetings.services.copying import day_of


def fill(number: int) -> None:
    """Each round copies the whole demo offer a week later than the round before."""
    patterns = list(on_offer(now=timezone.now()))
    for n in range(number - len(patterns)):
        pattern = patterns[n % len(patterns)]
        weeks = timedelta(weeks=n // len(patterns) + 1)
        assert pattern.starts_at
        copy = copy_meeting(
            meeting_id=pattern.pk,
            code=f"meer-{n}",
            first_day=day_of(pattern.starts_at) + weeks,
            by=None,
        )
        Meeting.objects.filter(pk=copy.pk).update(taken=pattern.taken, state=pattern.state)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
