"""What the back office fills in. The services decide whether it holds together."""

from portal.meetings.forms.days import month_from
from portal.meetings.forms.meetings import CancelForm, CopyForm, MeetingForm, PlanningFilters
from portal.meetings.forms.parts import CourseForm, PolicyForm, SpeakerForm, VenueForm
from portal.meetings.forms.rows import Rows, accreditation_rows, session_rows

__all__ = [
    "CancelForm",
    "CopyForm",
    "CourseForm",
    "MeetingForm",
    "PlanningFilters",
    "PolicyForm",
    "Rows",
    "SpeakerForm",
    "VenueForm",
    "accreditation_rows",
    "month_from",
    "session_rows",
]
