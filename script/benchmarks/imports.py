"""Enrolling 10,000 people from a bureau's list, against a loop that does it row by row.

Run in a process of its own, with an empty database in `DATA_DIR`; prints one JSON list. The loop
is what one would write first: for each row it looks whether the person, the place and the source
are there, makes them, and counts the meeting's places; a thousand rows of it are measured, and
taken ten times. Ours includes reading the file, the plan, and the plan anew when it is done.
"""

import json
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pluc.documents.uploaded import HowToRead
from portal.accounts.models import Person, User
from portal.enrolments.identity import identity_of
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent, Provenance, Supply
from portal.enrolments.services import applying, supplying
from portal.meetings.models import Course, Meeting, Policy, Subject
from portal.organisations.models import Organisation

ROWS, LOOPED = 10_000, 1_000


def name(number: int) -> str:
    """A surname for each number, in letters."""
    return "Vries" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


def list_of(number: int) -> bytes:
    rows = (f"Saar;de;{name(n)};saar.{n}@bureau.example\r\n" for n in range(number))
    return ("voornaam;tussenvoegsel;achternaam;e-mail\r\n" + "".join(rows)).encode()


def meeting_of(code: str) -> Meeting:
    subject, _ = Subject.objects.get_or_create(slug="s", defaults={"name": "S", "name_en": "S"})
    facts = {"title": "C", "title_en": "C", "slug": "c", "subject": subject}
    course = Course.objects.filter(slug="c").first() or Course.objects.create(**facts)
    policy, _ = Policy.objects.get_or_create(name="P")
    start = timezone.now() + timedelta(days=90)
    return Meeting.objects.create(
        course=course,
        code=code,
        policy=policy,
        capacity=ROWS,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
    )


def ours(bureau: Organisation, by: User) -> float:
    """Seconds for all rows, file included."""
    meeting, start = meeting_of("ours"), time.perf_counter()
    sent = supplying.Sent(content=list_of(ROWS), how=HowToRead())
    supply = supplying.take_in(meeting=meeting, organisation=bureau, sent=sent, by=by)
    Supply.objects.filter(pk=supply.pk).update(state=Supply.State.APPLYING)
    while applying.work_on(supply_id=supply.pk):
        pass
    taken = time.perf_counter() - start
    assert Enrolment.objects.filter(meeting=meeting).count() == ROWS
    return taken


def undone() -> tuple[float, int]:
    """Seconds to take all of that back, and how many statements the last thousand rows take."""
    supply, start = Supply.objects.get(meeting__code="ours"), time.perf_counter()
    Supply.objects.filter(pk=supply.pk).update(state=Supply.State.UNDOING, done=0)
    for _ in range(ROWS // supplying.CHUNK):
        with CaptureQueriesContext(connection) as queries:
            applying.work_on(supply_id=supply.pk)
    taken = time.perf_counter() - start
    assert not Enrolment.objects.filter(meeting__code="ours").exists()
    return taken, len(queries)


def statements(bureau: Organisation, by: User) -> dict[str, int]:
    """How many statements a chunk of a thousand rows takes, the first and the last."""
    meeting = meeting_of("counted")
    sent = supplying.Sent(content=list_of(ROWS), how=HowToRead())
    supply = supplying.take_in(meeting=meeting, organisation=bureau, sent=sent, by=by)
    Supply.objects.filter(pk=supply.pk).update(state=Supply.State.APPLYING)
    counts: list[int] = []
    for _ in range(ROWS // supplying.CHUNK):
        with CaptureQueriesContext(connection) as queries:
            applying.work_on(supply_id=supply.pk)
        counts.append(len(queries))
    return {"first": counts[1], "last": counts[-1]}


def row_by_row(bureau: Organisation, by: User) -> float:
    """Seconds for all rows, as a part of them took."""
    meeting, start = meeting_of("loop"), time.perf_counter()
    booking = Booking.objects.create(
        name=bureau.name,
        price=0,
        cancelling_days=1,
        moving_days=1,
        substituting_days=1,
        supplied_by=bureau,
        language="nl",
    )
    for number in range(LOOPED):
        with transaction.atomic():
            enrol_one(meeting, booking, bureau, by, number)
    return (time.perf_counter() - start) * ROWS / LOOPED


def enrol_one(
    meeting: Meeting, booking: Booking, bureau: Organisation, by: User, number: int
) -> None:
    facts = {"first_name": "Saar", "last_name": f"de {name(number)}"}
    email = f"loop.{number}@bureau.example"
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    person = Person.objects.with_address(email).named(**facts) or Person.objects.create(
        **facts, email=email, source=Person.Source.SUPPLIED, supplied_by=bureau.name
    )
    identity = identity_of(**facts, email=email)
    if Enrolment.objects.standing_in(meeting, identity=identity).exists():
        return
    place = Enrolment.objects.create(
        **facts,
        meeting=meeting,
        person=person,
        booking=booking,
        email=email,
        identity=identity,
        queue_number=number + 1,
    )
    EnrolmentEvent.objects.create(enrolment=place, kind="enrolled", by=by)
    Provenance.objects.get_or_create(
        person=person, supplied_by=bureau.name, defaults={"organisation": bureau}
    )
    Meeting.objects.filter(pk=meeting.pk).update(taken=F("taken") + 1)


def main() -> None:
    call_command("migrate", verbosity=0)
    person = Person.objects.create(last_name="Backoffice", email="bas@pluc.example")
    by = User.objects.create_user("bas@pluc.example", uuid.uuid4().hex, person=person)
    bureaus = [
        Organisation.objects.create(name=name, slug=name.lower(), is_bureau=True)
        for name in ("Ours", "Loop", "Counted")
    ]
    deeds: tuple[Callable[[], float], ...] = (
        lambda: ours(bureaus[0], by),
        lambda: row_by_row(bureaus[1], by),
    )
    taken, looped = (deed() for deed in deeds)
    counted = statements(bureaus[2], by)
    taken_back, asked = undone()
    row = {
        "benchmark": "imports",
        "what": f"{ROWS} rows",
        "rows a second": round(ROWS / taken),
        "baseline": "row by row",
        "baseline's": round(ROWS / looped),
        "ratio": round(looped / taken, 1),
        "statements per 1000": f"{counted['first']} to {counted['last']}",
    }
    back = {
        "benchmark": "imports",
        "what": f"{ROWS} rows, undone",
        "rows a second": round(ROWS / taken_back),
        "baseline": "",
        "baseline's": "",
        "ratio": "",
        "statements per 1000": asked,
    }
    json.dump([row, back], sys.stdout)


if __name__ == "__main__":
    main()
