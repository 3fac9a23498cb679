"""The hash of name and address by which somebody stands in a meeting only once."""

import hashlib
from uuid import UUID

from pluc.folding import clean_address, fold


def identity_of(
    *, first_name: str, last_name: str, email: str, person_id: UUID | None = None
) -> str:
    """Returns a hash of name and address, however they are typed (`pluc.folding`).

    An assistant may enrol three colleagues with one address, so the address alone is not enough.
    Who has none is told apart by their record, `person_id`.
    """
    mailbox = clean_address(email).casefold() or str(person_id or "")
    name = fold(f"{first_name} {last_name}")
    return hashlib.sha256(f"{name}\n{mailbox}".encode()).hexdigest()
