"""The registry of personal data: what is held of people, why, how long, and for whom.

Each room declares its tables in a `personal_data.py`, which is found by name when the site starts
(DESIGN, idea 1; STANDARDS 3.1, 3.2). A test fails for a table, or a column of a table with personal
data, that nobody decided about.

    personal(
        "contact.ContactMessage",
        owner=Address(field="email"),
        title=_("Messages through the contact form"),
        group=Group.MESSAGES,
        purpose=_("To answer you."),
        basis=Basis.INTEREST,
        source=Source.YOU,
        retention=Retention(
            period=periods.MESSAGE, fact=_("our answer"), fields=("answered_at", "received_at")
        ),
        shown=["topic", "received_at", "answered_at"],
        internal=["id", "name", "email", "phone", "text", "language"],
        erasure=Delete(),
    )
    not_personal("accounts.Title", reason="A list of titles.", despite=["name"])
"""

from legal.rights.registry.declarations import (
    REGISTRY,
    NotPersonal,
    Personal,
    Registry,
    not_personal,
    not_personal_tables,
    personal,
    work_of_staff,
)
from legal.rights.registry.erasing import Anonymise, Delete, Ending, Erasure, Keep, WholePerson
from legal.rights.registry.owners import Address, Lookup, Owner, Path, Subject, Unlinked
from legal.rights.registry.retention import Retention
from legal.rights.registry.words import Basis, Fate, Group, Recipient, Source, Text

__all__ = [
    "REGISTRY",
    "Address",
    "Anonymise",
    "Basis",
    "Delete",
    "Ending",
    "Erasure",
    "Fate",
    "Group",
    "Keep",
    "Lookup",
    "NotPersonal",
    "Owner",
    "Path",
    "Personal",
    "Recipient",
    "Registry",
    "Retention",
    "Source",
    "Subject",
    "Text",
    "Unlinked",
    "WholePerson",
    "not_personal",
    "not_personal_tables",
    "personal",
    "work_of_staff",
]
