"""Two hundred people want twenty places at the same moment (P02; docs/decisions/0011).

How long the slowest waited is measured and printed (`pytest -s`), not asserted: this machine may
be busy with something else.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from pluc.outbox.models import Mail
from portal.enrolments import services
from portal.enrolments.models import BillingLine, Enrolment, EnrolmentEvent
from portal.meetings.models import Meeting
from tests import databases
from tests.enrolling import assert_adds_up, enrol_number
from tests.live_site import LiveSite, free_port, wait_for
from tests.planning import MeetingFactory, in_days
from tests.run import ROOT, environment, manage, own_folder

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.thorough]
PEOPLE, PLACES, PROCESSES = 200, 20, 4
# For each process. PostgreSQL takes a hundred, and keeps some for itself. SQLite lets one write and
# the others try again and again, so a server has as many as it has workers; here four times as many
# as the largest machine that would run on SQLite. Who finds none stands in line before the server.
CONNECTIONS = 20 if databases.POSTGRES else 4


def all_at_once(meeting: Meeting) -> list[dict[str, Any]]:
    """What everybody was told."""
    arguments = [meeting.pk, PEOPLE, PROCESSES, CONNECTIONS]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.rushers", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def report(what: str, seconds: list[float]) -> None:
    base = "PostgreSQL" if databases.POSTGRES else "SQLite"
    slowest, middle = max(seconds), statistics.median(seconds)
    busy = f"load {os.getloadavg()[0]:.1f}"
    sys.stdout.write(f"\n{what}, {base}: slowest {slowest:.2f} s, median {middle:.2f} s, {busy}\n")


def people_of(meeting: Meeting) -> list[Enrolment]:
    """Everybody, in the order in which they asked: twenty have a place, nobody is lost, and each
    has one mail that says so."""
    people = list(Enrolment.objects.filter(meeting=meeting).order_by("queue_number"))
    assert [one.queue_number for one in people] == list(range(1, PEOPLE + 1))
    states = Counter(one.state for one in people)
    assert states == {"enrolled": PLACES, "waiting": PEOPLE - PLACES}
    for template, number in (("confirmed", PLACES), ("waiting", PEOPLE - PLACES)):
        assert Mail.objects.filter(template=f"enrolments/{template}").count() == number
    assert EnrolmentEvent.objects.count() == PEOPLE
    assert_adds_up(meeting)
    return people


@pytest.mark.promise("P02")
def test_two_hundred_for_twenty_places_are_twenty_and_a_line_in_order():
    meeting = MeetingFactory(capacity=PLACES)
    told = all_at_once(meeting)
    report("Enrolling", [one["seconds"] for one in told])
    people = people_of(meeting)
    by_email = {f"guus{one['number']}@kantoor.example": one for one in told}
    lines = [(by_email[one.email]["state"], by_email[one.email]["line"]) for one in people]
    assert lines[:PLACES] == [("enrolled", None)] * PLACES
    assert lines[PLACES:] == [("waiting", n) for n in range(1, PEOPLE - PLACES + 1)]


def test_exports_at_the_same_moment_bill_each_place_once():
    meeting = MeetingFactory(price=100, day=in_days(3))
    for number in range(10):
        services.cancel(enrolment_id=enrol_number(meeting, number).pk, by=None)
    gate, made = threading.Barrier(4), []

    def export() -> None:
        gate.wait()
        made.append(services.export_billing(by=None))
        connection.close()

    threads = [threading.Thread(target=export) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4, "nobody got an error"
    assert [one is not None for one in made].count(True) == 1
    assert BillingLine.objects.count() == 10


# --- Through the running server ------------------------------------------------------------------

PREPARE = "from pluc.preparation import prepare; prepare()"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture(params=[1, 2], ids=["one worker", "two workers"])
def site(request: pytest.FixtureRequest) -> Iterator[LiveSite]:
    """The server as production runs it, on this test's database."""
    folder, port = own_folder() / f"rush-{request.param}", free_port()
    folder.mkdir()
    url = f"http://localhost:{port}"
    variables = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": databases.own_address(),
        "SECRET_KEY": settings.SECRET_KEY,
        "PORT": str(port),
        "SITE_URL": url,
        "WEB_WORKERS": str(request.param),
    }
    prepared = manage("shell", "--no-imports", "--command", PREPARE, **variables)
    assert prepared.returncode == 0, prepared.stderr
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--no-demo"],
            cwd=ROOT,
            env=environment(**variables),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    site = LiveSite(url, f"{url}/mijn", folder, process)
    wait_for(site)
    yield site
    site.stop()


class Guest:
    """A browser that has opened the form, and presses the button."""

    def __init__(self, site: LiveSite, meeting: Meeting, number: int) -> None:
        self.port = int(site.url.rpartition(":")[2])
        self.path = f"/mijn/bijeenkomsten/{meeting.code}/aanmelden/"
        self.cookies: SimpleCookie = SimpleCookie()
        self.form = {"first_name": "Guus", "last_name": f"Gast {number}"}
        self.form["email"] = f"guus{number}@kantoor.example"

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str, float]:
        """Status, text and seconds of an answer."""
        cookies = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        headers = {"Host": f"localhost:{self.port}", "Cookie": cookies}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.monotonic()
        server = HTTPConnection("127.0.0.1", self.port, timeout=120)
        server.request(method, path, body, headers)
        answer = server.getresponse()
        text = answer.read().decode()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(value)
        server.close()
        return answer.status, text, time.monotonic() - begun

    def open(self) -> float:
        status, text, seconds = self.ask("GET", self.path)
        assert status == 200, text
        self.form |= dict(HIDDEN.findall(text))
        return seconds

    def press(self) -> float:
        status, text, seconds = self.ask("POST", self.path, urlencode(self.form))
        assert status == 302, text
        return seconds


@pytest.mark.long
@pytest.mark.promise("P02")
def test_two_hundred_browsers_at_once_are_twenty_and_a_line(site: LiveSite):
    """The twenty are those who opened the form first: their places are held."""
    meeting = MeetingFactory(capacity=PLACES)
    guests = [Guest(site, meeting, number) for number in range(PEOPLE)]
    workers = site.folder.name.rpartition("-")[2]
    with ThreadPoolExecutor(PEOPLE) as threads:
        report(f"Opening the form, {workers} worker(s)", list(threads.map(Guest.open, guests)))
        report(f"Sending the form, {workers} worker(s)", list(threads.map(Guest.press, guests)))
    people_of(meeting)
