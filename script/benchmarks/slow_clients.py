"""What others notice while 200 connections stall (`script/bench slow-clients`).

Run in a process of its own with an empty folder: serves our site from it, and prints rows as JSON.
Quiet and stalled rounds take turns, and medians are compared, since machines are noisy.
"""

import json
import statistics
import sys
import time
import urllib.request
from pathlib import Path

from servers import our_site

from tests.faults.slow_clients import NUMBER, STALLS, drip_until_closed, stalled_clients

ROUNDS, TIMES = 3, 15
ADDRESSES = {"/livez": "livez", "home": "", "sign-in": "mijn/inloggen/"}


def milliseconds(address: str) -> float:
    start = time.perf_counter()
    urllib.request.urlopen(address).read()
    return (time.perf_counter() - start) * 1000


def measure(site: str, found: dict[str, list[float]]) -> None:
    for name, path in ADDRESSES.items():
        found[name] += [milliseconds(site + path) for _ in range(TIMES)]


def settle(site: str) -> None:
    """Returns when the server has taken in what came before."""
    milliseconds(site + "livez")
    time.sleep(0.2)


def compared(site: str, kind: str) -> list[dict[str, object]]:
    quiet: dict[str, list[float]] = {name: [] for name in ADDRESSES}
    stalled: dict[str, list[float]] = {name: [] for name in ADDRESSES}
    closed: list[float] = []
    for _ in range(ROUNDS):
        measure(site, quiet)
        began = time.monotonic()
        clients = stalled_clients(site, kind)
        settle(site)
        measure(site, stalled)
        drip_until_closed(clients, [])
        closed.append(time.monotonic() - began)
    return [
        {
            "benchmark": "slow-clients",
            "stalled": f"{NUMBER} in {kind}",
            "page": name,
            "ms": round(statistics.median(stalled[name]), 1),
            "baseline": "nobody stalls",
            "baseline's": round(statistics.median(quiet[name]), 1),
            "ratio": round(statistics.median(stalled[name]) / statistics.median(quiet[name]), 2),
            "all closed after, s": round(max(closed)),
        }
        for name in ADDRESSES
    ]


def main(folder: Path) -> list[dict[str, object]]:
    with our_site(folder) as site:
        measure(site, {name: [] for name in ADDRESSES})  # to warm up
        rows = [row for kind in STALLS for row in compared(site, kind)]
        stalled_clients(site)
        ends = time.monotonic()
    taken = round(time.monotonic() - ends, 1)
    return [row | {"SIGTERM, s": taken} for row in rows]


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
