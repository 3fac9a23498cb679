"""What the back office fills in. The services decide whether it holds together."""

from portal.meetings.forms.days import month_from
from portal.meetings.forms.meetings import (
    CancelForm,
    CopyForm,
    MeetingForm,
    PlanningFilters,
    StateForm,
    WholeMeeting,
)
from portal.meetings.forms.parts import CourseForm, PolicyForm, SpeakerForm, VenueForm

__all__ = [
    "CancelForm",
    "CopyForm",
    "CourseForm",
    "MeetingForm",
    "PlanningFilters",
    "PolicyForm",
    "SpeakerForm",
    "StateForm",
    "VenueForm",
    "WholeMeeting",
    "month_from",
]
