"""People, their logins, and what they chose when they registered."""

from portal.accounts.models.addresses import AddressChange
from portal.accounts.models.choices import ClaimDecision, Registration
from portal.accounts.models.notes import PersonNote
from portal.accounts.models.people import Person, Title
from portal.accounts.models.users import User
from portal.accounts.models.words import PersonWord

__all__ = [
    "AddressChange",
    "ClaimDecision",
    "Person",
    "PersonNote",
    "PersonWord",
    "Registration",
    "Title",
    "User",
]
