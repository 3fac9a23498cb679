"""Which mailbox an address means, for counting only: mail always goes to the address itself."""

from collections import Counter
from collections.abc import Iterable


def mailbox_of(address: str) -> str:
    """The mailbox behind an address: without the case of letters and without a "+tag"."""
    name, _, domain = address.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}@{domain}"


def mailboxes_in(addresses: Iterable[str]) -> dict[str, int]:
    """How often each mailbox is named."""
    return dict(Counter(mailbox_of(address) for address in addresses if address))
