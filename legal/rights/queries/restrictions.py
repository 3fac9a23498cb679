"""Whose data is kept and not used (P26; STANDARDS 3.16): asked where data is read or mail sent."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from legal.rights.models import Restriction
from pluc.outbox.models import Mail

WITHHELD_FROM_RESTRICTED = {Mail.Kind.SERVICE, Mail.Kind.NEWSLETTER}


def restricted_people() -> "QuerySet[Restriction, UUID]":
    """Keys of people, as a subquery: `people.exclude(pk__in=restricted_people())`."""
    return Restriction.objects.active().order_by().values_list("person", flat=True)


def is_restricted(person_id: UUID) -> bool:
    return Restriction.objects.active().filter(person=person_id).exists()


def restrictions_to_list() -> "QuerySet[Restriction]":
    """The restrictions in force, with whom they are about, newest first."""
    return Restriction.objects.active().select_related("person")


def reason_to_withhold(mail: Mail) -> str | None:
    """A guard of the outbox: a restricted person gets mail about their login alone.

    Where a mail does not say whom it is about, its address does. Somebody else at a shared address
    then misses it too: rather that, than using what may not be used.
    """
    if mail.kind not in WITHHELD_FROM_RESTRICTED:
        return None
    restricted = Restriction.objects.active().filter(meant_by(mail))
    return "restricted" if restricted.exists() else None


def meant_by(mail: Mail) -> Q:
    if mail.person_id is not None:
        return Q(person=mail.person_id)
    proven = EmailAddress.objects.filter(email__iexact=mail.recipient, verified=True)
    return Q(person__email__iexact=mail.recipient) | Q(person__in=proven.values("user__person"))
