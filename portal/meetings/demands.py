"""Register of what rooms above demand before a meeting takes a step in its life."""

from collections import defaultdict
from collections.abc import Callable

from portal.meetings.models import Meeting

# What a step demands: a sentence that says what is missing, or nothing.
Demand = Callable[[Meeting], str]
# By the state that a meeting is in and the one that it goes to.
DEMANDS: defaultdict[tuple[str, str], list[Demand]] = defaultdict(list)


def demanded_above(meeting: Meeting, to: str) -> str:
    """What the rooms above miss for a step: the first sentence, or nothing."""
    missing = (demand(meeting) for demand in DEMANDS[meeting.state, to])
    return next((why for why in missing if why), "")
