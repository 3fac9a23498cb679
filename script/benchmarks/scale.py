"""Does a page cost more when there is a thousand times as much? (`script/bench scale`)

Run in a process of its own per size, with an empty `DATA_DIR`: fills the database with so many
people and enrolments, says so, and then answers each line that names a page with what it took.
"""

import io
import json
import logging
import random
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import Person, PersonWord, User
from portal.accounts.search import words_of
from portal.enrolments.demo.names import FIRMS, FIRST, LAST
from portal.enrolments.identity import identity_of
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent
from portal.meetings.models import Meeting, Session

A_MEETING = 25  # people in each
BATCH = 20_000
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
SOUGHT = "Zoethout"  # one person has this name, whatever the size


def in_batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    pending = iter(rows)
    while batch := list(islice(pending, BATCH)):
        yield batch


def store(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    for batch in in_batches(rows):
        model._base_manager.bulk_create(batch, batch_size=500)


# --- Filling -------------------------------------------------------------------------------------


def make_people(number: int, chance: random.Random) -> list[Person]:
    def person(n: int) -> Person:
        first, last = chance.choice(FIRST), f"{chance.choice(LAST)} {chance.choice(LAST)}"
        firm, domain = chance.choice(FIRMS)
        return Person(
            first_name=first,
            last_name=last if n else SOUGHT,
            email=f"{first.lower()}.{n}@{domain}.example",
            organisation=firm,
            source=Person.Source.BACK_OFFICE,
        )

    people = [person(n) for n in range(number)]
    store(Person, people)
    store(
        PersonWord,
        (PersonWord(person_id=one.pk, word=word) for one in people for word in words_of(one)),
    )
    return people


def make_meetings(number: int) -> list[Meeting]:
    """Past ones, spread over the years before: the offer itself stays as large as it is."""
    pattern = Meeting.objects.filter(format=Meeting.Format.OPEN).first()
    assert pattern
    now, meetings = timezone.now(), []
    for n in range(number):
        start = now - timedelta(hours=30 + n)
        meetings.append(
            Meeting(
                course_id=pattern.course_id,
                code=f"omvang-{n}",
                state=Meeting.State.COMPLETED,
                venue_id=pattern.venue_id,
                policy_id=pattern.policy_id,
                capacity=A_MEETING,
                taken=A_MEETING,
                starts_at=start,
                ends_at=start + timedelta(hours=3),
            )
        )
    store(Meeting, meetings)
    made = list(Meeting.objects.filter(code__startswith="omvang-").order_by("pk"))
    store(Session, (Session(meeting=m, starts_at=m.starts_at, ends_at=m.ends_at) for m in made))
    return made


def make_enrolments(meetings: list[Meeting], people: list[Person], chance: random.Random) -> None:
    for group in in_batches(meetings):
        made = [
            enrolment_of(meeting, person, number)
            for meeting in group
            for number, person in enumerate(chance.sample(people, A_MEETING), start=1)
        ]
        store(Booking, (one.booking for one in made))
        store(Enrolment, made)
        store(
            EnrolmentEvent,
            (EnrolmentEvent(enrolment=e, kind="enrolled", at=e.asked_at) for e in made),
        )


def enrolment_of(meeting: Meeting, person: Person, number: int) -> Enrolment:
    assert meeting.starts_at
    asked_at = meeting.starts_at - timedelta(days=30) + timedelta(seconds=number)
    names = {"first_name": person.first_name, "last_name": person.last_name, "email": person.email}
    booking = Booking(
        payer=person,
        name=person.full_name,
        email=person.email,
        price=0,
        cancelling_days=7,
        moving_days=7,
        substituting_days=0,
        language="nl",
        created_at=asked_at,
        form_id=uuid.uuid4(),
    )
    return Enrolment(
        meeting=meeting,
        person=person,
        booking=booking,
        queue_number=number,
        identity=identity_of(**names),
        asked_at=asked_at,
        **names,
    )


def fill(people: int, enrolments: int) -> None:
    chance = random.Random(417)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_demo", verbosity=0, stdout=io.StringIO())
    with transaction.atomic():
        known = make_people(people, chance)
        # Meetings of a thousand or of a million, a few thousand at a time.
        meetings = make_meetings(enrolments // A_MEETING)
        for start in range(0, len(meetings), 2000):
            make_enrolments(meetings[start : start + 2000], known, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# --- Asking --------------------------------------------------------------------------------------


def pages() -> dict[str, tuple[str, str]]:
    """By name: whose browser it is, and the address."""
    meeting = Meeting.objects.public().upcoming(timezone.now()).select_related("course").first()
    full = Meeting.objects.get(code="omvang-3")
    ordered = Enrolment.objects.order_by("-asked_at", "-id")
    deep = ordered[Enrolment.objects.count() * 9 // 10]
    assert meeting
    return {
        "agenda": ("visitor", "/bijeenkomsten/"),
        "meeting": ("visitor", f"/bijeenkomsten/{meeting.course.slug}/{meeting.code}/"),
        "my meetings": ("deelnemer@pluc.example", "/mijn/bijeenkomsten/"),
        "staff search": ("backoffice@pluc.example", f"/beheer/mensen/?q={SOUGHT.lower()}"),
        "staff search, enrolments": (
            "backoffice@pluc.example",
            f"/beheer/inschrijvingen/?q={SOUGHT.lower()}",
        ),
        "staff list, people": ("backoffice@pluc.example", "/beheer/mensen/"),
        "staff list, enrolments": ("backoffice@pluc.example", "/beheer/inschrijvingen/"),
        "staff list, deep": ("backoffice@pluc.example", f"/beheer/inschrijvingen/?after={deep.pk}"),
        "staff list, meetings": ("backoffice@pluc.example", "/beheer/bijeenkomsten/"),
        "staff, one meeting": ("backoffice@pluc.example", f"/beheer/bijeenkomsten/{full.pk}/"),
        "staff overview": ("backoffice@pluc.example", "/beheer/"),
    }


def browser_of(email: str) -> Client:
    browser = Client(headers={"host": "localhost:8000"})
    if email != "visitor":
        browser.force_login(User.objects.get(email=email))
    return browser


def answer(browsers: dict[str, Client], who: str, address: str) -> dict[str, float]:
    """Milliseconds and queries; counted apart, since counting takes time."""
    browser = browsers.setdefault(who, browser_of(who))
    start = time.perf_counter()
    response = browser.get(address)
    taken = time.perf_counter() - start
    assert response.status_code == 200, (address, response.status_code)
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    return {"ms": round(taken * 1000, 2), "queries": len(captured)}


def main() -> None:
    logging.disable(logging.WARNING)
    people, enrolments = (int(argument) for argument in sys.argv[1:])
    begun = time.perf_counter()
    fill(people, enrolments)
    with override_settings(STORAGES=settings.STORAGES | PLAIN_FILES):
        known, browsers = pages(), dict[str, Client]()
        size = {
            "people": Person.objects.count(),
            "enrolments": Enrolment.objects.count(),
            "meetings": Meeting.objects.count(),
            "filled in, s": round(time.perf_counter() - begun),
        }
        print(json.dumps({"pages": list(known), "size": size}), flush=True)
        for line in sys.stdin:
            print(json.dumps(answer(browsers, *known[line.strip()])), flush=True)


if __name__ == "__main__":
    main()
