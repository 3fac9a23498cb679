"""The hash of name and address by which somebody stands in a meeting only once."""

import hashlib

from pluc.folding import clean_address, fold


def identity_of(*, first_name: str, last_name: str, email: str) -> str:
    """Returns a hash of name and address, however they are typed (`pluc.folding`).

    An assistant may enrol three colleagues with one address, so the address alone is not enough.
    """
    name = fold(f"{first_name} {last_name}")
    return hashlib.sha256(f"{name}\n{clean_address(email).casefold()}".encode()).hexdigest()
