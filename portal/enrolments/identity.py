"""The hash of name and address by which somebody stands in a meeting only once."""

import hashlib


def identity_of(*, first_name: str, last_name: str, email: str) -> str:
    """Returns a hash of name and address, whatever their spaces and capitals.

    An assistant may enrol three colleagues with one address, so the address alone is not enough.
    """
    name = " ".join(f"{first_name} {last_name}".casefold().split())
    return hashlib.sha256(f"{name}\n{email.strip().casefold()}".encode()).hexdigest()
