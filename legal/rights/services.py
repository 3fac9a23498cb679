"""Restricting, writing down who was given what, and clearing away what has run out."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from legal.rights.models import Disclosure, Restriction


class AlreadyRestricted(Exception):
    """The person's data is restricted already."""


class NotRestricted(Exception):
    """There is no restriction to lift."""


def restrict(*, person_id: UUID, ground: str, by: int | None) -> Restriction:
    """From now on a person's data is kept and not used (P26). `by` is the acting user's number.

    Raises `AlreadyRestricted`. Whoever tells the person so sends mail of the kind `SECURITY`: any
    other kind is withheld from now on.
    """
    try:
        with transaction.atomic():
            return Restriction.objects.create(person_id=person_id, ground=ground, imposed_by=by)
    except IntegrityError as error:
        raise AlreadyRestricted from error


def lift(*, person_id: UUID, by: int | None) -> None:
    """The person's data may be used again. Raises `NotRestricted`."""
    active = Restriction.objects.active().filter(person=person_id)
    if not active.order_by().update(lifted_at=timezone.now(), lifted_by=by):
        raise NotRestricted


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


@transaction.atomic
def hand_over(*, from_person: UUID, to_person: UUID) -> None:
    """A record became part of another person: so do its disclosures and its restriction.

    Disclosures are copied, not changed; the originals go with the record.
    """
    given = list(Disclosure.objects.filter(person=from_person))
    for disclosure in given:
        disclosure.pk, disclosure.person_id = None, to_person
    Disclosure.objects.bulk_create(given)
    already = Restriction.objects.active().filter(person=to_person).exists()
    moving = Restriction.objects.filter(person=from_person)
    (moving.exclude(lifted_at=None) if already else moving).order_by().update(person=to_person)


def purge_counters() -> int:
    """Deletes expired rows of the cache table, counters per network address among them (P10).

    Django leaves them where they are until somebody asks for them again. Returns how many.
    """
    store = settings.CACHES["default"]
    if not store["BACKEND"].endswith(".DatabaseCache"):
        return 0
    table = connection.ops.quote_name(store["LOCATION"])
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608  our own name
        return int(cursor.rowcount)
