"""Where courses and meetings are read on the public site (CONTRACT, Public addresses)."""

from portal.meetings.models import Course, Meeting

# The slugs of the offer's page; editors cannot change them.
OFFER = {"nl": "/bijeenkomsten/", "en": "/en/meetings/"}


def offer_path(language: str) -> str:
    return OFFER.get(language, OFFER["nl"])


def course_path(course: Course, language: str) -> str:
    return f"{offer_path(language)}{course.slug}/"


def meeting_path(meeting: Meeting, language: str) -> str:
    return f"{course_path(meeting.course, language)}{meeting.code}/"
