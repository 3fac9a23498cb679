"""Whose data is kept and not used (P26; STANDARDS 3.16): asked where data is read or mail sent."""

from collections.abc import Sequence
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower

from legal.rights.models import Restriction
from pluc.outbox.models import RESTRICTED, Mail

WITHHELD_FROM_RESTRICTED = {Mail.Kind.SERVICE, Mail.Kind.NEWSLETTER}


def restricted_people() -> "QuerySet[Restriction, UUID]":
    """Keys of people, as a subquery: `people.exclude(pk__in=restricted_people())`."""
    return Restriction.objects.active().order_by().values_list("person", flat=True)


def is_restricted(person_id: UUID) -> bool:
    return Restriction.objects.active().filter(person=person_id).exists()


def restrictions_to_list() -> "QuerySet[Restriction]":
    """The restrictions in force, with whom they are about, newest first."""
    return Restriction.objects.active().select_related("person")


def reasons_to_withhold(mails: Sequence[Mail]) -> dict[UUID, str]:
    """A guard of the outbox: a restricted person gets mail about their login alone.

    Where a mail does not say whom it is about, its address does. Somebody else at a shared address
    then misses it too: rather that, than using what may not be used. As many queries for one mail
    as for a hundred.
    """
    asked = [mail for mail in mails if mail.kind in WITHHELD_FROM_RESTRICTED]
    people = restricted_among({mail.person_id for mail in asked if mail.person_id is not None})
    strangers = [mail for mail in asked if mail.person_id is None]
    addresses = restricted_addresses({mail.recipient.lower() for mail in strangers})
    return {
        mail.pk: RESTRICTED
        for mail in asked
        if mail.person_id in people
        or (mail.person_id is None and mail.recipient.lower() in addresses)
    }


def restricted_among(people: set[UUID]) -> set[UUID]:
    if not people:
        return set()
    restricted = Restriction.objects.active().filter(person__in=people)
    return set(restricted.values_list("person", flat=True))


def restricted_addresses(addresses: set[str]) -> set[str]:
    """Which of these, in lower case, are of somebody restricted: told by them, or proven."""
    if not addresses:
        return set()
    told = Restriction.objects.active().annotate(low=Lower("person__email"))
    proven = EmailAddress.objects.filter(
        verified=True, user__person__in=restricted_people()
    ).annotate(low=Lower("email"))
    both = (
        found.filter(low__in=addresses).order_by().values_list("low") for found in (told, proven)
    )
    return {low for (low,) in next(both).union(*both)}
