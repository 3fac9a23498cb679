"""Who was given data of somebody."""

from uuid import UUID

from django.db.models import QuerySet

from legal.rights.models import Disclosure


def disclosures_of(*, person_id: UUID) -> "QuerySet[Disclosure]":
    """What was given to others about a person, newest first (P17, P24)."""
    return Disclosure.objects.filter(person=person_id)
