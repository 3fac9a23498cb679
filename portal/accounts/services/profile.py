"""Changing what we hold about oneself (P25)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.mails import address_changed
from portal.accounts.models import Person, User


@transaction.atomic
def update_profile(*, person: Person, data: dict[str, Any]) -> None:
    """Writes a person's own changes; `data` holds fields of `Person` by name."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    titles = data.pop("titles", None)
    for name, value in data.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(data))
    if titles is not None:
        locked.titles.set(titles)


@transaction.atomic
def tell_old_address(*, user: User, old: str) -> None:
    """A notice to the mailbox that a login had, where a colleague entered another one for it.

    Whoever changes their own is dealt with by allauth (STANDARDS 6.12).
    """
    if old and old.lower() != user.email.lower():
        address_changed(user=user, old=old, new=user.email, at=timezone.now())
