"""Records disclosures, and moves them when a record is claimed."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from legal.rights.models import Disclosure, Restriction


def record_disclosure(
    *,
    people: Iterable[UUID],
    to: str,
    kind: Disclosure.Kind,
    data: str,
    ground: str,
    reference: str = "",
) -> None:
    """Writes down that a party was shown data of these people, in one insert.

    Call it in the transaction that shows it. `data` and `ground` are English source texts, marked
    with `gettext_noop`: a reader gets them in their own language.
    """
    at = timezone.now()
    Disclosure.objects.bulk_create(
        Disclosure(
            person_id=person_id,
            at=at,
            to_whom=to,
            kind=kind,
            data=data,
            ground=ground,
            reference=reference,
        )
        for person_id in dict.fromkeys(people)
    )


def hand_over_disclosures(*, from_person: UUID, to_person: UUID) -> None:
    """Disclosures of a record that joins a person: copied, not changed, for they are frozen.

    The originals go with the record.
    """
    given = list(Disclosure.objects.filter(person=from_person))
    for disclosure in given:
        disclosure.pk, disclosure.person_id = None, to_person
    Disclosure.objects.bulk_create(given)


def hand_over_restrictions(*, from_person: UUID, to_person: UUID) -> None:
    """Restrictions of a record that joins a person, who has one in force at most."""
    already = Restriction.objects.active().filter(person=to_person).exists()
    moving = Restriction.objects.filter(person=from_person)
    (moving.exclude(lifted_at=None) if already else moving).order_by().update(person=to_person)
