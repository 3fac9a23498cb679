"""Taking back what a file made, as far as nobody has used it since."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

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
AS_MADE = (Enrolment.State.ENROLLED, Enrolment.State.WAITING)


def take_back(supply: Supply, rows: Sequence[SupplyRow]) -> None:
    """Deletes places and people that these rows made and nobody used. Under the meeting's lock.

    A place was used once anything happened to it, anything points at it, its person claimed it or
    was mailed. A person was used once they are more than the row said, or stand anywhere else.
    """
    keys = [row.place_key for row in rows]
    made = dict(Enrolment.objects.filter(pk__in=keys).values_list("pk", "person"))
    accounts = {row.place_key for row in rows if row.why == Why.ACCOUNT}
    unused = set(unused_places(supply, keys, accounts).values_list("pk", flat=True))
    Enrolment.objects.filter(pk__in=unused).delete()
    forget_sources(supply, {made[key] for key in unused})
    person_keys = {row.person_key for row in rows if row.place_key in unused}
    unused_people(person_keys).delete()
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
    return without_holders(places, but=(EnrolmentEvent.enrolment.field,))


def unused_people(keys: Iterable[UUID]) -> "QuerySet[Person]":
    """Those of these people who are no more than a row of a file said, and stand nowhere else."""
    people = Person.objects.filter(pk__in=keys, titles=None, **dict.fromkeys(PROFILE, ""))
    own = (PersonWord.person.field, Provenance.person.field)
    return without_holders(people, but=own)


def without_holders(rows: "QuerySet[Any]", *, but: Sequence[Any]) -> "QuerySet[Any]":
    """Rows that no row of any table points at, by any key but these."""
    model: type[Model] = rows.model
    for related in model._meta.related_objects:
        key = related.field
        if key in but or not hasattr(key, "attname") or key.many_to_many:
            continue
        holders = related.related_model._base_manager.filter(**{key.name: OuterRef("pk")})
        rows = rows.filter(~Exists(holders))
    return rows


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
