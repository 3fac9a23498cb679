"""Making one of two records of the same person."""

import logging
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log as log_action

from pluc.deeds import Refused
from portal.accounts.claims import move_everything
from portal.accounts.followers import tell_followers
from portal.accounts.merging import filled_in, obstacles
from portal.accounts.models import Person, User

log = logging.getLogger("pluc.accounts")


@transaction.atomic
def merge(*, stays_id: UUID, goes_id: UUID, by: User) -> Person:
    """Everything at one record becomes the other's, and that record goes.

    What the record that stays says of itself is not changed, only filled in. Raises `Refused` where
    something is in the way, and `Person.DoesNotExist`.
    """
    locked = Person.objects.select_for_update(of=("self",)).order_by("pk")
    people = {one.pk: one for one in locked.filter(pk__in=[stays_id, goes_id])}
    if not {stays_id, goes_id} <= people.keys():
        raise Person.DoesNotExist
    stays, goes = people[stays_id], people[goes_id]
    if sentences := obstacles(stays, goes):
        raise Refused(" ".join(sentences))
    fill_in(stays, goes)
    move_everything(goes, stays)
    log.info("Person %s: %s was merged into it by user %s", stays_id, goes_id, by.pk)
    log_action(
        instance=stays,
        action="accounts.merge",
        user=by,
        title=str(stays_id),
        data={"record": str(goes_id)},
    )
    return stays


def fill_in(stays: Person, goes: Person) -> None:
    """Takes over what the record that stays does not say (`merging.filled_in`), and titles."""
    for name in (names := filled_in(stays, goes)):
        setattr(stays, name, getattr(goes, name))
    stays.save(update_fields=names)
    if "email" in names:
        tell_followers(stays, "")
    if not stays.titles.exists():
        stays.titles.set(goes.titles.all())
