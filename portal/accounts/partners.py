"""Through whose page somebody came to register. Who is a partner, a room above knows."""

from collections.abc import Callable

# Called with a short name; whether it is a partner's.
RECOGNISERS: list[Callable[[str], bool]] = []


def partner_or_none(slug: str) -> str:
    """The short name, if it is a partner's; an invented one is nothing."""
    return slug if slug and any(is_partner(slug) for is_partner in RECOGNISERS) else ""
