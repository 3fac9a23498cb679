"""Measures ratios against named baselines in the same run, and writes them as JSON.

Machines are noisy, so the servers take turns, several rounds each, and medians are compared.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from servers import ROOT, bare_view, our_site, starter

ROUNDS = 5
SECONDS = 4
RESULTS = ROOT / "var" / "bench"

Rows = list[dict[str, object]]


def requests_per_second(address: str) -> float:
    """What one wrk thread with four connections gets in `SECONDS` seconds."""
    command = ["wrk", "-t1", "-c4", f"-d{SECONDS}s", address]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output:
        raise RuntimeError(f"{address} answered with errors:\n{output}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    assert found, output
    return float(found[1])


def take_turns(addresses: dict[str, str]) -> dict[str, float]:
    """The median of each server over all rounds, after one round to warm up."""
    measured: dict[str, list[float]] = {name: [] for name in addresses}
    for number in range(ROUNDS + 1):
        for name, address in addresses.items():
            figure = requests_per_second(address)
            if number:
                measured[name].append(figure)
    return {name: statistics.median(figures) for name, figures in measured.items()}


def cold_page() -> Rows:
    """Our home page, not from any cache, against a fresh Wagtail's and a bare Django view."""
    servers = {"home": our_site, "wagtail start": starter, "bare view": bare_view}
    with ExitStack() as stack:
        folders = {
            name: Path(stack.enter_context(tempfile.TemporaryDirectory())) for name in servers
        }
        addresses = {
            name: stack.enter_context(server(folders[name])) for name, server in servers.items()
        }
        medians = take_turns(addresses)
    return [
        {
            "benchmark": "cold-page",
            "what": "home",
            "requests per second": round(medians["home"], 1),
            "baseline": baseline,
            "baseline's": round(medians[baseline], 1),
            "ratio": round(medians["home"] / medians[baseline], 3),
        }
        for baseline in ("wagtail start", "bare view")
    ]


def in_folder(folder: str) -> dict[str, str]:
    """The environment of a process of ours with its data in a folder."""
    return os.environ | {
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "pluc.settings",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }


def enumeration() -> Rows:
    """How long the account forms take for known addresses, against unknown ones."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "script/benchmarks/enumeration.py")]
        output = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=in_folder(folder), cwd=ROOT
        ).stdout
    return list(json.loads(output))


def slow_clients() -> Rows:
    """How long others wait while 200 connections stall, against nobody stalling."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "script/benchmarks/slow_clients.py"), folder]
        output = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=in_folder(folder), cwd=ROOT
        ).stdout
    return list(json.loads(output))


SIZES = {"small": (200, 1_000), "large": (200_000, 1_000_000)}  # people, enrolments


class Filled:
    """A process whose database was filled, and that says what a page takes."""

    def __init__(self, folder: str, people: int, enrolments: int) -> None:
        command = [sys.executable, str(ROOT / "script/benchmarks/scale.py")]
        self.process = subprocess.Popen(
            [*command, str(people), str(enrolments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=in_folder(folder),
            cwd=ROOT,
        )

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("A filled database did not answer.")
        return dict(json.loads(line))

    def ask(self, page: str) -> dict[str, Any]:
        assert self.process.stdin
        self.process.stdin.write(f"{page}\n")
        self.process.stdin.flush()
        return self.read()


def scale() -> Rows:
    """What pages take with a million enrolments, against a thousand. The two take turns."""
    with ExitStack() as stack:
        filled = {}
        for name, size in SIZES.items():
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            filled[name] = Filled(folder, *size)
            stack.callback(filled[name].process.kill)
        known = {name: one.read() for name, one in filled.items()}
        print(*(f"{name}: {told['size']}" for name, told in known.items()), sep="\n")
        return [compared(page, filled) for page in known["small"]["pages"]]


def compared(page: str, filled: dict[str, Filled], rounds: int = 21) -> dict[str, object]:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in filled}
    for number in range(rounds + 2):
        for name, one in filled.items():
            told = one.ask(page)
            if number >= 2:
                found[name].append(told)
    ms = {name: statistics.median(told["ms"] for told in tolds) for name, tolds in found.items()}
    queries = {name: sorted({told["queries"] for told in tolds}) for name, tolds in found.items()}
    return {
        "benchmark": "scale",
        "page": page,
        "ms": round(ms["large"], 1),
        "queries": queries["large"],
        "baseline": "1 000 enrolments",
        "baseline's": round(ms["small"], 1),
        "its queries": queries["small"],
        "ratio": round(ms["large"] / ms["small"], 2),
    }


BENCHMARKS: dict[str, Callable[[], Rows]] = {
    "cold-page": cold_page,
    "enumeration": enumeration,
    "scale": scale,
    "slow-clients": slow_clients,
}


def print_table(rows: Rows) -> None:
    """One table per benchmark: each has columns of its own."""
    for name in dict.fromkeys(row["benchmark"] for row in rows):
        print_rows([row for row in rows if row["benchmark"] == name])


def print_rows(rows: Rows) -> None:
    names = list(rows[0])
    widths = [
        max(len(str(row[name])) for row in [*rows, dict(zip(names, names, strict=True))])
        for name in names
    ]
    for cells in [names, *([str(row[name]) for name in names] for row in rows)]:
        print("  ".join(str(cell).ljust(width) for cell, width in zip(cells, widths, strict=True)))


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    rows = [row for name in names or BENCHMARKS for row in BENCHMARKS[name]()]
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(rows, indent=2))
    print_table(rows)
    print(f"Written to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
