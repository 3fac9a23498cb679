"""Keeping a person's data unused, and using it again (P26)."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from legal.rights.models import Restriction


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
