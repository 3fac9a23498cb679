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


# What somebody may tell about themselves beyond a name (P12).
PROFILE = (
    *("professional_number", "job", "organisation", "phone"),
    *("street", "postal_code", "city", "country"),
    *(f"invoice_{name}" for name in ("name", "street", "postal_code", "city", "country")),
)


def fill_in_profile(record: Person, person: Person) -> None:
    """What the record says and the person left open; what is the person's own stays (P20).

    An address is taken whole or not at all: half of it may be another one's.
    """
    for names in (*((name,) for name in PROFILE[:4]), PROFILE[4:8], PROFILE[8:]):
        if not any(getattr(person, name) for name in names):
            for name in names:
                setattr(person, name, getattr(record, name))
    person.save(update_fields=PROFILE)
    if not person.titles.exists():
        person.titles.set(record.titles.all())


def nothing(record: Person, person: Person) -> None:
    """Needs no move: the rows follow their parent, are deleted with the record, or are never held
    of somebody without a login."""


MOVERS: dict[str, Mover] = {
    "accounts.User": nothing,
    "accounts.Person_titles": fill_in_profile,
    "accounts.PersonWord": nothing,
    "accounts.PersonNote": hand_over("accounts.PersonNote", "person"),
    "outbox.Mail": hand_over("outbox.Mail", "person"),
    "outbox.Return": nothing,
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
