"""What hangs on a person in the rooms above, told by those rooms themselves.

A room that keeps rows about a person registers how they move when a record is taken, and what a
record holds, so that one can tell whether it is one's own.
"""

from collections.abc import Callable

from legal.rights.services import hand_over
from pluc.outbox.models import Mail
from portal.accounts.models import Person


def move_mails(record: Person, person: Person) -> None:
    Mail.objects.filter(person=record).update(person=person)


def move_rights(record: Person, person: Person) -> None:
    hand_over(from_person=record.pk, to_person=person.pk)


# Called with the record that is taken and the person who takes it, in one transaction.
MOVERS: list[Callable[[Person, Person], None]] = [move_mails, move_rights]
# Lines that tell what a record holds, in the active language.
DESCRIBERS: list[Callable[[Person], list[str]]] = []


def details_of(record: Person) -> list[str]:
    return [line for describe in DESCRIBERS for line in describe(record)]
