"""How often the API may be asked: per network, and per token (docs/limits.md, docs/decisions/0049).

The counters are those of `pluc.counting`, in the cache that all processes share, under keyed
digests: of a network, or of a token's number, never of the token itself. A path does not count, so
that however it is spelled it is the same limit. A process takes a thirtieth of a limit at a time
from the shared counter, and gives it out by itself: so reading does not write each time.
"""

import math
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t

from headless.answers.memory import nothing_told_changes
from headless.answers.problems import Refusal
from pluc.counting import Counter, Deed, count, counters_of, room_in, wait_in_words
from pluc.limits import LIMITS
from pluc.on_request import Left

READ, WRITE, TOKEN = "api_read", "api_write", "api_token"
NAMES = {READ: "network", WRITE: "network-writing", TOKEN: "token"}  # in the headers
PARTS = 30  # of a limit, of which a process takes one at a time
MOST_SHARES = 5_000


@dataclass
class Share:
    """What a process may still give out of a limit, and what the shared counter has beside it."""

    mine: int
    others: int
    until: float  # of this process's clock
    renews: int  # in how many seconds there is more room

    def joined(self, other: "Share | None") -> "Share":
        """With what another thread took at the same time."""
        if other is not None and other.until >= time.monotonic():
            self.mine += other.mine
        return self


@dataclass(frozen=True, kw_only=True)
class Room:
    """What is left of a limit for whoever asks (RateLimit header fields for HTTP)."""

    name: str
    amount: int
    period: int
    left: int
    seconds: int


ROOMS = Left[list[Room]]("api_rooms")
_shares: dict[str, Share] = {}
_counters: dict[int, list[Counter]] = {}
_lock = threading.Lock()


def count_request(request: HttpRequest, name: str, *, key: str = "") -> None:
    """Counts a request against limit `name`: of its network, or of `key`.

    Raises `Refusal` (429) with `Retry-After` where there is no room.
    """
    for counter in known_counters(request, name, key):
        room = taken_from(request, counter, name, key)
        ROOMS.put(request, [*ROOMS.once(request, list), room])


def known_counters(request: HttpRequest, name: str, key: str) -> list[Counter]:
    """Those of an asker. Kept under a hash, since working out a digest costs as much as answering;
    so nobody's address stays here either.
    """
    meta = request.META
    asker = (meta.get("REMOTE_ADDR"), meta.get("HTTP_X_FORWARDED_FOR"), settings.SECRET_KEY)
    known = hash((name, key, LIMITS[name], *asker))
    counters = _counters.get(known)
    if counters is None:
        if len(_counters) >= MOST_SHARES:
            _counters.clear()
        counters = _counters[known] = list(counters_of(request, deed_of(name, key, 1)))
    return counters


def deed_of(name: str, key: str, cost: int) -> Deed:
    return Deed(name=name, cost=cost, keys={key: cost} if key else {})


def taken_from(request: HttpRequest, counter: Counter, name: str, key: str) -> Room:
    """One request out of this process's share, or out of a new one."""
    with _lock:
        room = room_of(_shares.get(counter.key), counter, name)
    if room is None:
        share = new_share(request, counter, name, key)
        with _lock:
            _shares[counter.key] = share.joined(_shares.get(counter.key))
            room = room_of(share, counter, name)
    assert room is not None  # noqa: S101  a new share has room for one
    return room


def room_of(share: Share | None, counter: Counter, name: str) -> Room | None:
    """Takes one; `None` where there is none to take."""
    if share is None or share.mine < 1 or share.until < time.monotonic():
        return None
    share.mine -= 1
    return Room(
        name=NAMES[name],
        amount=counter.rate.amount,
        period=int(counter.rate.duration),
        left=share.mine + share.others,
        seconds=share.renews,
    )


def new_share(request: HttpRequest, counter: Counter, name: str, key: str) -> Share:
    """Takes a part of the limit. Raises `Refusal` where none is left."""
    size = max(1, counter.rate.amount // PARTS)
    with nothing_told_changes():
        refusal = count(request, deed_of(name, key, size))
        if refusal is not None:
            raise over(counter, name, refusal.seconds)
        left, renews = room_in(counter)
    if len(_shares) >= MOST_SHARES:
        _shares.clear()
    until = time.monotonic() + counter.rate.duration
    return Share(mine=size, others=left, until=until, renews=renews)


def over(counter: Counter, name: str, seconds: int) -> Refusal:
    room = Room(
        name=NAMES[name],
        amount=counter.rate.amount,
        period=int(counter.rate.duration),
        left=0,
        seconds=seconds,
    )
    detail = _t("That was too much at once. Try again in %(time)s; see Retry-After.")
    told = detail % {"time": wait_in_words(seconds)}
    headers = {"Retry-After": str(max(1, math.ceil(seconds))), **headers_of([room])}
    return Refusal(HTTPStatus.TOO_MANY_REQUESTS, told, headers=headers)


def headers_of(rooms: Iterable[Room]) -> dict[str, str]:
    """`RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers)."""
    rooms = list(rooms)
    return {
        "RateLimit-Policy": ", ".join(
            f'"{one.name}";q={one.amount};w={one.period}' for one in rooms
        ),
        "RateLimit": ", ".join(f'"{one.name}";r={one.left};t={one.seconds}' for one in rooms),
    }


def tell_rooms(request: HttpRequest, response: HttpResponse) -> None:
    """Puts on an answer what is left of each limit that its request counted against."""
    rooms = ROOMS.once(request, list)
    if rooms and "RateLimit" not in response:
        for name, value in headers_of(rooms).items():
            response[name] = value


def forget() -> None:
    """Drops what this process holds of limits, as a restart does."""
    _shares.clear()
    _counters.clear()
