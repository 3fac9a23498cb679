"""What is filled in to take a place, and to change or give it up."""

from portal.enrolments.forms.changing import AttendeeForm, MoveForm
from portal.enrolments.forms.enrolling import EnrollingForm

__all__ = ["AttendeeForm", "EnrollingForm", "MoveForm"]
