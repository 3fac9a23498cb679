"""What becomes of two records of one person: a preview, and what is in the way of it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _t

from legal.rights.registry import REGISTRY, Group, Subject
from portal.accounts.claims import MOVERS, nothing
from portal.accounts.models import Person

# What the record that stays takes over where it has nothing itself. A name is never changed.
FILLED_IN = (
    *("email", "phone", "professional_number", "job", "organisation"),
    *("street", "postal_code", "city", "country"),
    *("invoice_name", "invoice_street", "invoice_postal_code", "invoice_city", "invoice_country"),
)
# Columns that belong together: half an address of one and half of the other would be nobody's.
TOGETHER = (
    ("street", "postal_code", "city", "country"),
    ("invoice_name", "invoice_street", "invoice_postal_code", "invoice_city", "invoice_country"),
)


LABELS = {field.name: field.verbose_name for field in Person._meta.fields}
# What other rooms find in the way of merging two people, in sentences for a colleague.
OBSTACLES: list[Callable[[Person, Person], list[str]]] = []


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Rows of one kind that become those of the record that stays."""

    title: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What merging `goes` into `stays` does."""

    stays: Person
    goes: Person
    moved: list[Moved]
    filled_in: list[tuple[str | Promise, str]]
    obstacles: list[str]


def in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """Which stays and which goes: the one with a login, else the one that was known first."""
    if one.has_login != other.has_login:
        return (one, other) if one.has_login else (other, one)
    return (one, other) if one.created_at <= other.created_at else (other, one)


def preview(*, stays: Person, goes: Person) -> Preview:
    """Reads what would move, in a query for each table; writes nothing."""
    return Preview(
        stays=stays,
        goes=goes,
        moved=rows_that_move(goes.pk),
        filled_in=[(LABELS[name], getattr(goes, name)) for name in filled_in(stays, goes)],
        obstacles=obstacles(stays, goes),
    )


def rows_that_move(person_id: UUID) -> list[Moved]:
    """By the register of movers: what has one, as the registry of personal data names it."""
    subject, moved = Subject(person_id=person_id), []
    for label in [label for label, move in MOVERS.items() if move is not nothing]:
        ways = [one for one in REGISTRY.personal if one.table == label and one.is_linked]
        own = [one for one in ways if one.group is not Group.STAFF][:1]
        for way in own:
            number = way.model._base_manager.filter(way.rows(subject)).count()
            if number:
                moved.append(Moved(title=str(way.model._meta.verbose_name_plural), number=number))
    return moved


def filled_in(stays: Person, goes: Person) -> list[str]:
    """The columns that are taken over; those that belong together only where all are empty."""
    names = [name for name in FILLED_IN if not getattr(stays, name) and getattr(goes, name)]
    for group in TOGETHER:
        if any(getattr(stays, name) for name in group):
            names = [name for name in names if name not in group]
    return [name for name in names if not (name == "email" and stays.has_login)]


def obstacles(stays: Person, goes: Person) -> list[str]:
    """Why the two cannot be merged, in sentences that say what to do first."""
    if stays.pk == goes.pk:
        return [_t("This is one and the same record.")]
    if goes.has_login:
        return [_t("Both have an account. Let this person close one of them, then merge the rest.")]
    return [sentence for find in OBSTACLES for sentence in find(stays, goes)]
