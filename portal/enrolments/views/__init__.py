"""A person's meetings, and taking, changing and giving up a place in one."""

from portal.enrolments.views.by_link import enrolment, enrolment_calendar
from portal.enrolments.views.enrolling import enrol, enrolled
from portal.enrolments.views.mine import my_meeting, my_meeting_calendar, my_meetings

__all__ = [
    "enrol",
    "enrolled",
    "enrolment",
    "enrolment_calendar",
    "my_meeting",
    "my_meeting_calendar",
    "my_meetings",
]
