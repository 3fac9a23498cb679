"""What one person can be in a meeting only once: a name at an address."""

import hashlib


def identity_of(*, first_name: str, last_name: str, email: str) -> str:
    """The same for the same name at the same mailbox, whatever its spaces and capitals.

    An assistant may enrol three colleagues with one address, so the address alone is not enough.
    """
    name = " ".join(f"{first_name} {last_name}".casefold().split())
    return hashlib.sha256(f"{name}\n{email.strip().casefold()}".encode()).hexdigest()
