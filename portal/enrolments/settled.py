"""Register: whether it is settled who came to a meeting. Filled by the room that takes attendance.

What is settled is not changed here; where it is opened again, `Keeper.reopen_url` tells.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """A room that knows: by the keys of meetings, whether it is settled of one of them."""

    is_settled: Callable[[Collection[int]], bool]
    # The staff screen on which it is opened again, by the meeting's key.
    reopen_url: Callable[[int], str]


KEEPERS: list[Keeper] = []


def is_settled(meeting_ids: Collection[int]) -> bool:
    return bool(meeting_ids) and any(keeper.is_settled(meeting_ids) for keeper in KEEPERS)


def ways_to_reopen(meeting_id: int) -> list[str]:
    """Where it can be opened again: nothing while it is not settled."""
    return [keeper.reopen_url(meeting_id) for keeper in KEEPERS if keeper.is_settled({meeting_id})]
