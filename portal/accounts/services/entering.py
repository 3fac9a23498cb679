"""People whom the back office enters."""

from dataclasses import dataclass

from django.db import transaction

from portal.accounts.models import Person


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What somebody told on the phone: a name, and what else they have."""

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""
    language: str = "nl"


@transaction.atomic
def enter_person(*, entered: Entered) -> Person:
    """A record without a login, which its owner may claim once they prove the address."""
    return Person.objects.create(**vars(entered), source=Person.Source.BACK_OFFICE)
