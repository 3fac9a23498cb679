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
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from servers import ROOT, bare_json, bare_view, forgetful_site, our_site, starter

ROUNDS = 5
SECONDS = 4
RESULTS = ROOT / "var" / "bench"

Rows = list[dict[str, object]]


def requests_per_second(address: str) -> float:
    """What one wrk thread with eight connections gets in `SECONDS` seconds."""
    command = ["wrk", "-t1", "-c8", f"-d{SECONDS}s", address]
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


# By name: which of our servers, and the path; "meeting" is the first one on offer.
COLD_PAGES = {
    "home": ("19 meetings", ""),
    "agenda": ("19 meetings", "bijeenkomsten/"),
    "agenda, 300 meetings": ("300 meetings", "bijeenkomsten/"),
    "meeting": ("19 meetings", "meeting"),
}


def cold_page() -> Rows:
    """Our pages, not from any cache of pages, against a bare Django view that answers with as many
    bytes; the home page also against a fresh Wagtail's. The agenda is shown with 19 meetings on
    offer, as the demo has, and with 300.
    """
    with ExitStack() as stack:
        folders = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(4))
        ours = {
            "19 meetings": stack.enter_context(our_site(next(folders))),
            "300 meetings": stack.enter_context(our_site(next(folders), meetings=300)),
        }
        fresh = stack.enter_context(starter(next(folders)))
        bare = stack.enter_context(bare_view(next(folders)))
        paths = {
            name: (ours[server], first_meeting(ours[server]) if path == "meeting" else path)
            for name, (server, path) in COLD_PAGES.items()
        }
        addresses = {name: address + path for name, (address, path) in paths.items()}
        bares = {
            f"bare view, {name}": f"{bare}{len(body_of(one))}/" for name, one in addresses.items()
        }
        medians = take_turns(addresses | bares | {"wagtail start": fresh})
    against = [(name, f"bare view, {name}") for name in COLD_PAGES]
    return [cold_row(name, baseline, medians) for name, baseline in [*against, WAGTAIL]]


WAGTAIL = ("home", "wagtail start")


def cold_row(name: str, baseline: str, medians: dict[str, float]) -> dict[str, object]:
    """One page against its baseline, as a ratio and as "one in so many"."""
    return {
        "benchmark": "cold-page",
        "what": name,
        "requests per second": round(medians[name], 1),
        "baseline": baseline,
        "baseline's": round(medians[baseline], 1),
        "ratio": round(medians[name] / medians[baseline], 4),
        "1 in": round(medians[baseline] / medians[name]),
    }


def body_of(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        return bytes(answer.read())


def first_meeting(site: str) -> str:
    """The path of the first meeting that the agenda lists."""
    agenda = body_of(f"{site}bijeenkomsten/").decode()
    found = re.search(r'<h3><a href="/([^"]+)">', agenda)
    assert found, agenda
    return found[1]


def in_folder(folder: str) -> dict[str, str]:
    """The environment of a process of ours with its data in a folder."""
    return os.environ | {
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "pluc.settings",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }


LISTS = ("meetings", "courses", "partners")


def api() -> Rows:
    """The lists of the offer's API, made anew and given again, against a bare Django view that
    makes JSON of the same answer. Cached is to be at least equal, uncached at least 1 in 20.
    """
    with ExitStack() as stack:
        ours, alone = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        cached = stack.enter_context(our_site(ours))
        lists = {name: f"api/offer/{name}/" for name in LISTS}
        answers = {name: body_of(cached + path) for name, path in lists.items()}
        uncached = stack.enter_context(forgetful_site(ours))
        bare = stack.enter_context(bare_json(alone, answers))
        servers = {"cached": cached, "uncached": uncached}
        addresses = {
            f"{name}, {how}": server + path
            for how, server in servers.items()
            for name, path in lists.items()
        }
        bares = {f"bare JSON view, {name}": f"{bare}{name}/" for name in LISTS}
        medians = take_turns(addresses | bares)
    return [
        {**cold_row(f"{name}, {how}", f"bare JSON view, {name}", medians), "benchmark": "api"}
        for name in LISTS
        for how in servers
    ]


def enumeration() -> Rows:
    """How long the account forms take for known addresses, against unknown ones."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "script/benchmarks/enumeration.py")]
        output = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=in_folder(folder), cwd=ROOT
        ).stdout
    return list(json.loads(output))


def imports() -> Rows:
    """Enrolling 10,000 people from a bureau's list, against a loop that does it row by row."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "script/benchmarks/imports.py")]
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


def newsletter() -> Rows:
    """Queueing 100 000 mails, and sending them, against a loop and the mail server's own limit."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "script/benchmarks/newsletter.py")]
        output = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=in_folder(folder), cwd=ROOT
        ).stdout
    return list(json.loads(output))


def day() -> Rows:
    """The day itself with 500 people in a meeting, and with 50: lists, and what others added."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "script/benchmarks/day.py")]
        output = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=in_folder(folder), cwd=ROOT
        ).stdout
    return list(json.loads(output))


def certificates() -> Rows:
    """Rendering and signing 500 certificates, against one WeasyPrint call each."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "script/benchmarks/certificates.py")]
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
    "api": api,
    "certificates": certificates,
    "cold-page": cold_page,
    "day": day,
    "enumeration": enumeration,
    "imports": imports,
    "newsletter": newsletter,
    "scale": scale,
    "slow-clients": slow_clients,
}


def print_table(rows: Rows) -> None:
    """One table per benchmark: each has columns of its own."""
    for name in dict.fromkeys(row["benchmark"] for row in rows):
        print_rows([row for row in rows if row["benchmark"] == name])


def print_rows(rows: Rows) -> None:
    """A part that has nothing to say in a column leaves it empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
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
