"""Changing what we hold about oneself (P25)."""

from typing import Any

from django.db import transaction

from portal.accounts.models import Person


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
