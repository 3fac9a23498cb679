"""What a record holds of this room, told to whoever may take it."""

from django.utils import timezone
from django.utils.translation import gettext as _t

from portal.accounts.models import Person
from portal.enrolments.models import Enrolment
from portal.meetings.wording import when


def describe(record: Person) -> list[str]:
    """The meetings that a record is about, so that one can tell whether it is one's own."""
    places = Enrolment.objects.filter(person=record).select_related("meeting__course")
    return [f"{one.meeting.course}, {when(one.meeting)}" for one in places.order_by("asked_at")]


def two_places(stays: Person, goes: Person) -> list[str]:
    """Two records of one person in one meeting to come: one of the places goes first."""
    alive = Enrolment.objects.alive().not_over(timezone.now()).select_related("meeting__course")
    own = alive.filter(person=stays).values("meeting")
    return [
        _t("Both stand in %(meeting)s. Cancel one of the two first.") % {"meeting": one.meeting}
        for one in alive.filter(person=goes, meeting__in=own)
    ]
