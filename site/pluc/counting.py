"""Counts what is limited (`pluc.limits`), in the cache that all processes share.

A counter is a list of moments with what each cost: nine people cost nine. Its key is a keyed
digest, so that the cache holds neither network nor e-mail addresses.
"""

import ipaddress
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import Rate, cache_lock, parse_rates
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.limits import rates_of
from pluc.mailboxes import mailboxes_in
from pluc.on_request import Left

OVER_LIMIT = Left("is_over_limit", False)

LOCK_WAIT = 2  # seconds to wait where a counter was busy for too long
MINUTES_ARE_TOLD = 90  # a longer wait is told in hours
NETWORK_BITS = 64  # of an IPv6 address: what one customer of a provider has
History = list[tuple[float, int, str]]  # moment, cost, mark; the oldest first


def rates(name: str) -> list[Rate]:
    """The rates of a limit, as this installation has them."""
    return list(dict.fromkeys(parse_rates(rates_of(name, https=settings.HTTPS))))


def network_of(request: HttpRequest) -> str:
    """The client's network: its IPv4 address, or the first 64 bits of its IPv6 address.

    Takes the address that stands before `TRUSTED_PROXIES` proxies.
    """
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A deed that counts against limit `name`.

    `cost` is what it costs the network; `keys` what it costs each of the things that a rate per
    "key" is about. Deeds with the same `mark` and cost are one: a form that is sent twice.
    """

    name: str
    cost: int = 1
    keys: Mapping[str, int] = field(default_factory=dict)
    mark: str = ""


@dataclass(frozen=True)
class Refusal:
    """Which limit has no room, and in how many seconds it has."""

    name: str
    seconds: int


@dataclass(frozen=True)
class Counter:
    """A deed in one counter of the cache."""

    key: str
    rate: Rate
    cost: int
    deed: Deed

    def without_old(self, history: History, now: float) -> History:
        """The entries within the period, but this deed's own and those in the future."""
        again = (self.cost, self.deed.mark)
        return [
            one
            for one in history
            if now - self.rate.duration < one[0] <= now
            and not (self.deed.mark and one[1:] == again)
        ]


def count(request: HttpRequest, *deeds: Deed) -> Refusal | None:
    """Counts what somebody is about to do; where one limit has no room, nothing is counted."""
    counters = [counter for deed in deeds for counter in counters_of(request, deed)]
    with ExitStack() as locks:
        for counter in sorted(counters, key=lambda counter: counter.key):
            if not locks.enter_context(cache_lock(counter.key)):
                return Refusal(counter.deed.name, LOCK_WAIT)
        return count_locked(counters)


def take_back(request: HttpRequest, *deeds: Deed) -> None:
    """Takes deeds out of their counters because they did not happen. Each needs a `mark`."""
    for counter in [counter for deed in deeds for counter in counters_of(request, deed)]:
        with cache_lock(counter.key) as is_locked:
            if is_locked:  # otherwise the counter stays too high for a while, which harms nobody
                history = counter.without_old(cache.get(counter.key, []), time.time())
                cache.set(counter.key, history, counter.rate.duration)


def counters_of(request: HttpRequest, deed: Deed) -> Iterator[Counter]:
    """The counters of a deed: for each rate one per network, or one per key."""
    for rate in rates(deed.name):
        whom = {network_of(request): deed.cost} if rate.per == "ip" else deed.keys
        for who, cost in whom.items():
            secret = salted_hmac("pluc.counting", f"{rate}:{who}", algorithm="sha256").hexdigest()
            yield Counter(f"pluc.limit:{deed.name}:{secret}", rate, cost, deed)


def count_locked(counters: list[Counter]) -> Refusal | None:
    """`count` for counters whose locks are held."""
    now = time.time()
    stored = cache.get_many([counter.key for counter in counters])
    histories = {one.key: one.without_old(stored.get(one.key, []), now) for one in counters}
    for counter in counters:
        if seconds := wait(histories[counter.key], counter, now):
            return Refusal(counter.deed.name, seconds)
    for counter in counters:
        entry = (now, counter.cost, counter.deed.mark)
        cache.set(counter.key, [*histories[counter.key], entry], counter.rate.duration)
    return None


def room_in(counter: Counter) -> tuple[int, int]:
    """How much a counter still has, and in how many seconds the oldest that it counts is over."""
    now = time.time()
    history = counter.without_old(cache.get(counter.key, []), now)
    oldest = history[0][0] if history else now
    left = counter.rate.amount - sum(entry[1] for entry in history)
    return max(left, 0), max(1, math.ceil(oldest + counter.rate.duration - now))


def wait(history: History, counter: Counter, now: float) -> int:
    """Seconds until there is room; for what never fits, the whole period."""
    spare = counter.rate.amount - sum(entry[1] for entry in history)
    if counter.cost <= spare:
        return 0
    for moment, spent, _ in history:
        spare += spent
        if counter.cost <= spare:
            return max(1, math.ceil(moment + counter.rate.duration - now))
    return math.ceil(counter.rate.duration)


# --- What one is told ----------------------------------------------------------------------------


def wait_in_words(seconds: int) -> str:
    """A time in words, rounded up: "12 minuten", "3 uur"."""
    minutes = math.ceil(seconds / 60)
    if minutes <= MINUTES_ARE_TOLD:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def sentence(seconds: int) -> str:
    """The error of a form that is shown again with everything that was typed."""
    told = _t(
        "That was too much at once from your network or for one mailbox. Try again in %(time)s. "
        "All that you typed is still here."
    )
    return told % {"time": wait_in_words(seconds)}


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page for 429, which says how long to wait."""
    answer = render(request, "429.html", {"time": wait_in_words(seconds)})
    answer["Cache-Control"] = "no-store"
    return to_wait(answer, seconds)


def to_wait(answer: HttpResponse, seconds: int) -> HttpResponse:
    """Makes a response a 429 with `Retry-After` (RFC 6585, RFC 9110)."""
    answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
    answer["Retry-After"] = str(seconds)
    return answer


def limited(name: str, *, mailbox: str = "") -> Callable[..., Callable[..., HttpResponse]]:
    """Decorator: POSTs count against limit `name`; `mailbox` is a field with an address."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            keys = mailboxes_in([request.POST.get(mailbox, "")]) if mailbox else {}
            refusal = count(request, Deed(name=name, keys=keys))
            return too_many(request, refusal.seconds) if refusal else view(request, *args, **kwargs)

        return wrapped

    return decorate


def note_limit(request: HttpRequest) -> None:
    """Marks a request whose form was refused by a limit: its page is then answered with 429."""
    OVER_LIMIT.put(request, True)


class LimitMiddleware:
    """Answers 429 with `Retry-After` wherever a library found that something was done too often."""

    WAIT = 5 * 60  # seconds: what the page and the sentences of forms say

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        refused = answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        if (refused and "Retry-After" not in answer) or OVER_LIMIT.read(request):
            return to_wait(answer, self.WAIT)
        return answer
