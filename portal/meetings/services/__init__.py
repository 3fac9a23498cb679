"""What the back office does with meetings."""

from portal.meetings.services.copying import copy_meeting, copy_to_days
from portal.meetings.services.courses import save_course
from portal.meetings.services.saving import save_meeting
from portal.meetings.services.states import cancel_meeting, change_state
from portal.meetings.services.venues import save_venue

__all__ = [
    "cancel_meeting",
    "change_state",
    "copy_meeting",
    "copy_to_days",
    "save_course",
    "save_meeting",
    "save_venue",
]
