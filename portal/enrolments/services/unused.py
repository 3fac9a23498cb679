"""Taking back what a file made, as far as nobody has used it since."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Field, OuterRef, Q, QuerySet

from legal.rights.registry.keys import keys_to
from pluc.outbox.models import Mail
from portal.accounts.claims import PROFILE
from portal.accounts.models import Person, PersonWord
from portal.enrolments.models import (
    Enrolment,
    EnrolmentEvent,
    Provenance,
    Supply,
    SupplyRow,
)
from portal.enrolments.supplies.fates import Why

Step = SupplyRow.Step
# What goes along with a place, and with a person: it tells nothing that the row did not say.
OF_A_PLACE = (EnrolmentEvent._meta.get_field("enrolment"),)
OF_A_PERSON = (PersonWord._meta.get_field("person"), Provenance._meta.get_field("person"))
AS_MADE = (Enrolment.State.ENROLLED, Enrolment.State.WAITING)


def take_back(supply: Supply, rows: Sequence[SupplyRow]) -> None:
    """Deletes places and people that these rows made and nobody used. Under the meeting's lock,
    which whoever calls this ends with `settle`; the number of statements does not grow with rows.

    A place was used once anything happened to it, anything points at it, its person claimed it or
    was mailed. A person was used once they are more than the row said, or stand anywhere else.
    """
    keys = [row.place_key for row in rows]
    made = dict(Enrolment.objects.filter(pk__in=keys).values_list("pk", "person"))
    accounts = {row.place_key for row in rows if row.why == Why.ACCOUNT}
    unused = set(unused_places(supply, keys, accounts).values_list("pk", flat=True))
    delete_with(OF_A_PLACE, Enrolment.objects.filter(pk__in=unused))
    forget_sources(supply, {made[key] for key in unused})
    person_keys = {row.person_key for row in rows if row.place_key in unused}
    delete_with(OF_A_PERSON, unused_people(person_keys))
    kept = [row.pk for row in rows if row.place_key in made.keys() - unused]
    of_these = SupplyRow.objects.filter(pk__in=[row.pk for row in rows])
    of_these.update(step=Step.UNDONE)
    SupplyRow.objects.filter(pk__in=kept).update(step=Step.KEPT)


def unused_places(
    supply: Supply, keys: Iterable[UUID], accounts: Iterable[UUID]
) -> "QuerySet[Enrolment]":
    """Those of these places to which nothing happened; `accounts` went to somebody's login."""
    events = Count("events", distinct=True)
    places = Enrolment.objects.filter(
        Q(person__user=None) | Q(pk__in=accounts),
        pk__in=keys,
        state__in=AS_MADE,
        was_absent=None,
        calendar_messages=0,
    )
    mails = Mail.objects.filter(person=OuterRef("person"), created_at__gte=supply.supplied_at)
    places = places.annotate(happened=events).filter(~Exists(mails), happened=1)
    return without_holders(places, but=OF_A_PLACE)


def unused_people(keys: Iterable[UUID]) -> "QuerySet[Person]":
    """Those of these people who are no more than a row of a file said, and stand nowhere else."""
    people = Person.objects.filter(pk__in=keys, titles=None, **dict.fromkeys(PROFILE, ""))
    return without_holders(people, but=OF_A_PERSON)


def without_holders(rows: "QuerySet[Any]", *, but: Sequence[Any]) -> "QuerySet[Any]":
    """Rows that no row of any table points at, by any key but these."""
    for key in keys_to(rows.model):
        if key.field not in but:
            holders = key.related_model._base_manager.filter(**{key.field.name: OuterRef("pk")})
            rows = rows.filter(~Exists(holders))
    return rows


def delete_with(parts: "Sequence[Field[Any, Any]]", rows: "QuerySet[Any]") -> None:
    """Deletes rows that nothing points at but these keys, and what has the keys.

    A statement for each table: `delete` would ask every table about every row once more, and tell
    the meeting of each place that goes.
    """
    keys = list(rows.values_list("pk", flat=True))
    for part in parts:
        held = part.model._base_manager.filter(**{f"{part.name}__in": keys})
        held._raw_delete(held.db)
    rows.model._base_manager.filter(pk__in=keys)._raw_delete(rows.db)


def forget_sources(supply: Supply, people: set[UUID]) -> None:
    """That the organisation supplied people whom we knew otherwise, and who have no other place by
    it. Whoever this file made keeps their source for as long as they are there."""
    others = Enrolment.objects.filter(
        person=OuterRef("person"), booking__supplied_by=supply.organisation_id
    )
    found = Provenance.objects.filter(
        person__in=people, organisation=supply.organisation_id, supplied_at=supply.supplied_at
    )
    known_otherwise = found.exclude(person__source=Person.Source.SUPPLIED)
    known_otherwise.filter(~Exists(others), told_at=None).delete()
