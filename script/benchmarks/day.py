"""What the day itself takes with 500 people in a meeting (`script/bench day`).

Run in a process of its own with an empty folder: migrates a database in it, fills a small and a
large meeting, and prints rows as JSON. A part is a function in `PARTS` that takes the meetings by
their size, and returns rows; to measure something else, write another.
"""

import gc
import json
import resource
import statistics
import sys
import time
import tracemalloc
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import django
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from portal.meetings.models import Meeting

SMALL, LARGE, ROUNDS = 50, 500, 5
SECONDS = 3  # for a list of the large meeting, as the issue asks
Meetings = dict[int, "Meeting"]
Rows = list[dict[str, object]]
START = datetime(2026, 12, 1, 12, 30, tzinfo=UTC)


def meeting_of(size: int) -> "Meeting":
    """A meeting with one session and so many people, each with names of usual length."""
    from portal.accounts.models import Person
    from portal.enrolments.models import Booking, Enrolment
    from portal.meetings.models import Course, Meeting, Policy, Session, Subject

    subject, _ = Subject.objects.get_or_create(slug="verslaggeving", defaults={"name": "x"})
    course, _ = Course.objects.get_or_create(
        slug="meting", defaults={"title": "Actualiteiten voor de controller", "subject": subject}
    )
    policy, _ = Policy.objects.get_or_create(name="Meting")
    meeting = Meeting.objects.create(
        course=course,
        code=f"meting-{size}",
        policy=policy,
        capacity=size,
        taken=size,
        price=0,
        is_online=True,
        starts_at=START,
        ends_at=START + timedelta(hours=4),
        days=[f"{START:%Y-%m-%d}"],
    )
    Session.objects.create(meeting=meeting, starts_at=START, ends_at=START + timedelta(hours=4))
    names = [(f"Voornaam{n}", f"van der Achternaam{n:03}") for n in range(size)]
    people = Person.objects.bulk_create(
        Person(first_name=first, last_name=last) for first, last in names
    )
    booking = Booking.objects.create(
        price=0, cancelling_days=7, moving_days=7, substituting_days=0, language="nl"
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            meeting=meeting,
            person=person,
            booking=booking,
            first_name=person.first_name,
            last_name=person.last_name,
            organisation="Kwekerij & Zonen Accountants B.V.",
            titles="RA",
            identity=uuid.uuid4().hex,
            queue_number=number,
        )
        for number, person in enumerate(people, start=1)
    )
    return meeting


def median_of(do: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Seconds on the clock, after one round to warm up."""
    do()
    taken = []
    for _ in range(rounds):
        before = time.perf_counter()
        do()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)


def queries_of(do: Callable[[], Any]) -> int:
    """How many statements ask or change something: not those that begin and end a transaction,
    which no test sees that runs within one."""
    with CaptureQueriesContext(connection) as captured:
        do()
    return sum(not one["sql"].startswith(("BEGIN", "COMMIT")) for one in captured)


def peak_of(do: Callable[[], Any]) -> float:
    """MiB that this process took at most while it did something."""
    gc.collect()
    tracemalloc.start()
    do()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return round(peak / 2**20, 1)


def child_mib() -> int:
    """The largest child so far: the renderer. MiB of real memory."""
    from pluc.documents.child import RENDERER

    RENDERER.stop()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def lists(meetings: Meetings) -> Rows:
    """A new version of a sign-in list, and the list as a spreadsheet."""
    from portal.attendance.models import ListPrint
    from portal.attendance.paper.lists import paper_list
    from portal.attendance.queries.lists import rows_to_print
    from portal.attendance.services.printing import print_list
    from portal.attendance.spreadsheets import sheet_of

    rows: Rows = []
    for size, meeting in meetings.items():
        session = meeting.sessions.get()

        def pdf(meeting: Any = meeting, session: Any = session) -> None:
            ListPrint.objects.filter(meeting=meeting).delete()
            print_list(meeting=meeting, session=session, kind="sign-in", by=None)

        def xlsx(meeting: Any = meeting, session: Any = session) -> None:
            people = rows_to_print(meeting_id=meeting.pk)
            paper = paper_list(meeting=meeting, session=session, kind="sign-in", people=people)
            sheet_of(paper, made_at=meeting.starts_at)

        for what, do in [("sign-in list, PDF", pdf), ("sign-in list, XLSX", xlsx)]:
            rows.append(
                {
                    "benchmark": "day",
                    "what": what,
                    "people": size,
                    "s": round(median_of(do), 2),
                    "at most": SECONDS,
                    "queries": queries_of(do),
                    "MiB here": peak_of(do),
                    "MiB in the child": child_mib() if do is pdf else "",
                }
            )
    return rows


def disclosures(meetings: Meetings) -> Rows:
    """Writing down that somebody saw a list, for everybody on it; and looking a second time."""
    from legal.rights.models import Disclosure
    from portal.accounts.models import Person
    from portal.attendance.queries.lists import rows_to_print
    from portal.attendance.services.disclosing import record_list_shown

    viewer, rows = Person.objects.create(first_name="Saskia", last_name="Spreker"), []
    for size, meeting in meetings.items():
        places = [key for key, _ in rows_to_print(meeting_id=meeting.pk)]

        def again(meeting: Any = meeting, places: Any = places) -> None:
            record_list_shown(meeting=meeting, places=places, viewer=viewer)

        def first(meeting: Any = meeting, places: Any = places) -> None:
            Disclosure.objects.all().delete()
            record_list_shown(meeting=meeting, places=places, viewer=viewer)

        for what, do in [("list shown, first look", first), ("list shown, again", again)]:
            rows.append(
                {
                    "benchmark": "day",
                    "what": what,
                    "people": size,
                    "s": round(median_of(do), 3),
                    "at most": "",
                    "queries": queries_of(again),
                    "MiB here": peak_of(do),
                    "MiB in the child": "",
                }
            )
    return rows


def door(meetings: Meetings) -> Rows:
    """The door's screen, half of the people in; what it asks by itself; and one mark."""
    rows: Rows = []
    browser, account = colleague()
    for size, meeting in meetings.items():
        session, people = opened(meeting)
        address = f"/mijn/deur/{meeting.code}/{session.pk}/"

        def screen(address: str = address) -> None:
            assert browser.get(address).status_code == 200

        def states(address: str = address) -> None:
            assert browser.get(f"{address}merken/").status_code == 200

        def mark(address: str = address, people: Any = people) -> None:
            now = time.time() * 1000
            one = {"id": str(uuid.uuid4()), "of": str(people[-1]), "kind": "in", "at": now}
            body = {"account": account, "sent": now, "marks": [one]}
            answer = browser.post(f"{address}merken/", body, content_type="application/json")
            assert answer.json()["receipts"][0]["taken"]

        for what, do in [("door, screen", screen), ("door, who is in", states), ("a mark", mark)]:
            told = {"benchmark": "day", "what": what, "people": size, "s": round(median_of(do), 3)}
            rows.append({**told, "at most": "", "queries": queries_of(do)})
    return rows


def colleague() -> tuple[Any, str]:
    """A browser of somebody in the back office, and by which name it keeps what is theirs."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from portal.accounts.browser_names import browser_name
    from portal.accounts.models import Person, User
    from portal.accounts.roles import BACK_OFFICE

    person = Person.objects.create(first_name="Bas", last_name="Backoffice")
    user = User.objects.create(person=person, email="bas@pluc.example", is_staff=True)
    user.groups.add(Group.objects.get(name=BACK_OFFICE))
    browser = Client(headers={"host": "localhost"})
    browser.force_login(user)
    return browser, browser_name(user)


def opened(meeting: Any) -> tuple[Any, list[uuid.UUID]]:
    """The session of a meeting, which goes on now with half of the people in; and all of them."""
    from portal.attendance.models import Mark
    from portal.enrolments.models import Enrolment

    now = datetime.now(UTC)
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=2)}
    meeting.sessions.update(**times)
    session = meeting.sessions.get()
    people = list(Enrolment.objects.filter(meeting=meeting).values_list("pk", flat=True))
    Mark.objects.bulk_create(
        Mark(session=session, enrolment_id=key, kind="in", source="door", at=now)
        for key in people[: len(people) // 2]
    )
    return session, people


PARTS: list[Callable[[Meetings], Rows]] = [lists, door, disclosures]


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    meetings = {size: meeting_of(size) for size in (SMALL, LARGE)}
    told = [row for part in PARTS for row in part(meetings)]
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
