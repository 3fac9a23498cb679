"""A meeting with its people, one enrolment, all of them, and billing: in the staff screens."""

from portal.enrolments.staff_views.billing import billing_file, billing_screen, export_billing
from portal.enrolments.staff_views.enrolments import enrolment, enrolments
from portal.enrolments.staff_views.meeting import enrol_by_hand, export_people, meeting_screen
from portal.enrolments.staff_views.screens import BILLING, ENROLMENTS

__all__ = [
    "BILLING",
    "ENROLMENTS",
    "billing_file",
    "billing_screen",
    "enrol_by_hand",
    "enrolment",
    "enrolments",
    "export_billing",
    "export_people",
    "meeting_screen",
]
