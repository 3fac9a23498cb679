"""Keeping a person's data unused, and using it again (P26)."""

import logging
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from legal.rights.models import Restriction
from pluc.deeds import Refused

log = logging.getLogger("pluc.rights")


class AlreadyRestricted(Refused):
    @property
    def sentence(self) -> str:
        return _t("This data is restricted already.")


class NotRestricted(Refused):
    @property
    def sentence(self) -> str:
        return _t("This data is not restricted, so there is nothing to lift.")


def restrict(*, person_id: UUID, ground: str, by: int | None) -> Restriction:
    """From now on a person's data is kept and not used (P26). `by` is the acting user's number.

    Raises `AlreadyRestricted`. Whoever tells the person so sends mail of the kind `SECURITY`: any
    other kind is withheld from now on.
    """
    try:
        with transaction.atomic():
            made = Restriction.objects.create(person_id=person_id, ground=ground, imposed_by=by)
    except IntegrityError as error:
        raise AlreadyRestricted from error
    log.info("Person %s: restricted by user %s", person_id, by)
    return made


def lift(*, person_id: UUID, by: int | None) -> None:
    """The person's data may be used again. Raises `NotRestricted`."""
    active = Restriction.objects.active().filter(person=person_id)
    if not active.order_by().update(lifted_at=timezone.now(), lifted_by=by):
        raise NotRestricted
    log.info("Person %s: restriction lifted by user %s", person_id, by)
