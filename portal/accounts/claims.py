"""Register of what moves when a record is claimed, filled by the rooms above.

A room that keeps rows about a person registers how they move when a record is taken, by the
table's name, and what a record holds, so that one can tell whether it is one's own. The registry of
personal data reports a key to a person that has no rule here.
"""

from collections.abc import Callable
from typing import TypeAlias

from django.apps import apps

from legal.rights.services import hand_over_disclosures, hand_over_restrictions
from portal.accounts.models import Person

# Called with the record that is taken and the person who takes it, in one transaction.
Mover: TypeAlias = Callable[[Person, Person], None]


def hand_over(label: str, key: str) -> Mover:
    """Rows of a table that become the person's, by a key to them."""

    def move(record: Person, person: Person) -> None:
        apps.get_model(label)._base_manager.filter(**{key: record}).update(**{key: person})

    return move


def nothing(record: Person, person: Person) -> None:
    """Needs no move: the rows follow their parent, are deleted with the record, or are never held
    of somebody without a login."""


MOVERS: dict[str, Mover] = {
    "accounts.User": nothing,
    "accounts.Person_titles": nothing,
    "accounts.PersonWord": nothing,
    "accounts.PersonNote": hand_over("accounts.PersonNote", "person"),
    "outbox.Mail": hand_over("outbox.Mail", "person"),
    "rights.Disclosure": lambda record, person: hand_over_disclosures(
        from_person=record.pk, to_person=person.pk
    ),
    "rights.Restriction": lambda record, person: hand_over_restrictions(
        from_person=record.pk, to_person=person.pk
    ),
}
# Lines that tell what a record holds, in the active language.
DESCRIBERS: list[Callable[[Person], list[str]]] = []


def move_everything(record: Person, person: Person) -> None:
    """What hangs on a record hangs on the person; then the record goes."""
    for move in MOVERS.values():
        move(record, person)
    record.delete()


def details_of(record: Person) -> list[str]:
    return [line for describe in DESCRIBERS for line in describe(record)]
