"""Who has a room: asked by every page of the portal, so nobody else costs a query."""

from django.utils import timezone

from portal.accounts.models import Person, User
from portal.desk.queries.organisations import grants_of
from portal.meetings.models import Speaker


def has_speakers_room(user: User) -> bool:
    """Whether they may come in (`User.is_speaker`), and are one of the speakers (P14)."""
    return (user.is_speaker or user.is_superuser) and is_a_speaker(user.person)


def has_organisations_room(user: User) -> bool:
    """Whether they may come in (`User.is_contact`), and have a grant that runs today (P15)."""
    may_come_in = user.is_contact or user.is_superuser
    return may_come_in and acts_for_anybody(user.person)


def is_a_speaker(person: Person) -> bool:
    """Whether one of the speakers is them, with meetings or not."""
    return Speaker.objects.filter(person=person).exists()


def acts_for_anybody(person: Person) -> bool:
    """Whether a grant of theirs runs today."""
    return bool(grants_of(person=person, now=timezone.now()))
