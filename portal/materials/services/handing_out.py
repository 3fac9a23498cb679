"""Writes down that somebody got a file (P12)."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import Person
from portal.materials.models import HandedOut


def note_handed_out(*, person: Person, version_id: UUID) -> None:
    """Once per person and version, also where two requests of one person come at once."""
    row = HandedOut(person=person, version_id=version_id, at=timezone.now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # on SQLite also from the trigger that keeps rows as they are
        if not HandedOut.objects.filter(person=person, version=version_id).exists():
            raise
