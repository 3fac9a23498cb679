"""Which mailbox an address means, for counting only: mail always goes to the address itself."""

from collections import Counter
from collections.abc import Iterable

from pluc.folding import clean_address


def mailbox_of(address: str) -> str:
    """The mailbox behind an address: without the case of letters and without a "+tag",
    however it is typed."""
    name, _, domain = clean_address(address).casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}@{domain}"


def mailboxes_in(addresses: Iterable[str]) -> dict[str, int]:
    """How often each mailbox is named."""
    return dict(Counter(mailbox_of(address) for address in addresses if address))
