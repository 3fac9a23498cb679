"""What is taught, when and where, by whom, and on what terms."""

from portal.meetings.models.accreditations import Accreditation
from portal.meetings.models.courses import Course, Scheme, Speaker, Subject
from portal.meetings.models.finding import MeetingQuerySet, to_come
from portal.meetings.models.meetings import Meeting
from portal.meetings.models.policies import Policy
from portal.meetings.models.sessions import Session
from portal.meetings.models.vat import Vat
from portal.meetings.models.venues import Region, Venue

__all__ = [
    "Accreditation",
    "Course",
    "Meeting",
    "MeetingQuerySet",
    "Policy",
    "Region",
    "Scheme",
    "Session",
    "Speaker",
    "Subject",
    "Vat",
    "Venue",
    "to_come",
]
