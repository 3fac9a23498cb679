"""Records disclosures, and moves them when a record is claimed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.utils import timezone

from legal.rights.models import Disclosure, Restriction

# One statement for any number of people: `bulk_create` would need several for a list of hundreds.
RECORD = """
INSERT INTO {table} (person_id, {columns})
SELECT {people}.id, {values} FROM {people}
WHERE {people}.id IN ({keys}) AND NOT EXISTS (
    SELECT 1 FROM {table} AS earlier WHERE earlier.person_id = {people}.id AND {same})
ON CONFLICT DO NOTHING
"""
# By which it is the same again: see the constraint `rights_shown_once_a_day`.
SAME = ("viewer", "kind", "reference", "day")


def record_disclosure(
    *,
    people: Iterable[UUID],
    to: str,
    kind: Disclosure.Kind,
    data: str,
    ground: str,
    reference: str = "",
    about: tuple[str, str] = ("", ""),
    viewer: UUID | None = None,
) -> None:
    """Writes down that a party was shown data of these people, in one statement.

    Call it once what is shown has been made, and before it is answered: what failed was not shown.
    `data` and `ground` are English source texts, marked with `gettext_noop`: a reader gets them in
    their own language. `about` says what it was about in Dutch and in English.

    With a `viewer`, the key of a person, it is written once a person, list (`kind` and `reference`)
    and day, however often they look. Without one each call counts.
    """
    keys = list(dict.fromkeys(people))
    if not keys:
        return
    at = timezone.now()
    facts = Disclosure(
        at=at,
        to_whom=to[:200],
        kind=kind,
        data=data,
        ground=ground,
        reference=reference,
        about=about[0][:250],
        about_en=about[1][:250],
        viewer=viewer,
        day=timezone.localdate(at) if viewer else None,
    )
    insert(facts, keys)


def insert(facts: Disclosure, keys: list[UUID]) -> None:
    """The facts once for each person who is still there, unless that was written already."""
    meta, people = Disclosure._meta, apps.get_model("accounts.Person")._meta
    columns = {column.name: column for column in meta.local_concrete_fields}
    names = [name for name in columns if name not in ("id", "person")]

    def stored(name: str, value: Any) -> Any:
        return columns[name].get_db_prep_save(value, connection)

    sql = RECORD.format(
        table=meta.db_table,
        people=people.db_table,
        columns=", ".join(names),
        values=", ".join(["%s"] * len(names)),
        keys=", ".join(["%s"] * len(keys)),
        same=" AND ".join(f"earlier.{name} = %s" for name in SAME),
    )
    values = [stored(name, getattr(facts, name)) for name in names]
    same = [stored(name, getattr(facts, name)) for name in SAME]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *(stored("person", key) for key in keys), *same])


def hand_over_disclosures(*, from_person: UUID, to_person: UUID) -> None:
    """Disclosures of a record that joins a person: copied, not changed, for they are frozen.

    The originals go with the record. Where both stood on one list that somebody saw on one day,
    the person has that already.
    """
    already = set(Disclosure.objects.filter(person=to_person).values_list(*SAME))
    given = [
        one
        for one in Disclosure.objects.filter(person=from_person)
        if one.viewer is None or tuple(getattr(one, name) for name in SAME) not in already
    ]
    for disclosure in given:
        disclosure.pk, disclosure.person_id = None, to_person
    Disclosure.objects.bulk_create(given)


def hand_over_restrictions(*, from_person: UUID, to_person: UUID) -> None:
    """Restrictions of a record that joins a person, who has one in force at most."""
    already = Restriction.objects.active().filter(person=to_person).exists()
    moving = Restriction.objects.filter(person=from_person)
    (moving.exclude(lifted_at=None) if already else moving).order_by().update(person=to_person)
