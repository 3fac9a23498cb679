"""What joins somebody's own data when they take a record: that they are a speaker."""

from portal.accounts.models import Person
from portal.accounts.roles import SPEAKERS
from portal.accounts.services import grant_role
from portal.meetings.models import Speaker


def move_speaker(record: Person, person: Person) -> None:
    """Unless they are one already: then the back office decides which of the two stays."""
    if Speaker.objects.filter(person=person).exists():
        return
    if Speaker.objects.filter(person=record).update(person=person):
        grant_role(person=person, role=SPEAKERS)
