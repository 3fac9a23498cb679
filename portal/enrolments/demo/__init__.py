"""The demo's people and their places. No mail goes out for what has been.

Made once: who is there stays; what runs again only puts moments right, as dates follow today.
"""

import datetime as dt
import random
import uuid

from django.utils import timezone

from portal.accounts import search
from portal.accounts.models import Person
from portal.enrolments.demo.names import FIRMS, FIRST, LAST, TITLES
from portal.enrolments.identity import identity_of
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent
from portal.meetings.demo import facts
from portal.meetings.models import Meeting

PEOPLE = 200
DEMO = uuid.UUID("7b0f0f5c-3c53-4bd0-9a57-5f4f2d9c3d11")
State, Kind = Enrolment.State, EnrolmentEvent.Kind
# Where the demo's own accounts have a place.
OWN_PLACES = {
    "deelnemer@pluc.example": (
        "latent-rotterdam-0",
        "steekproef-utrecht-0",
        "cafe-eindhoven-0",
        "latent-utrecht-1",
        "cafe-utrecht-1",
        "gesprek-utrecht-vandaag",
    ),
    "collega@pluc.example": ("data-utrecht-0", "cafe-zwolle-1", "data-rotterdam-1"),
}


def load_enrolments() -> None:
    """People, and as many of them in each meeting as the planning says."""
    chance = random.Random(417)
    people = load_people(chance)
    for one in facts()["meetings"]:
        meeting = Meeting.objects.select_related("policy").get(code=one["code"])
        fill(meeting, one["taken"], one.get("waiting", 0), people, random.Random(one["code"]))


def load_people(chance: random.Random) -> list[Person]:
    """Guests with invented names, known by their number."""
    people = []
    for number in range(PEOPLE):
        first, last = chance.choice(FIRST), LAST[number % len(LAST)]
        people.append(
            Person(
                id=uuid.uuid5(DEMO, f"person {number}"),
                first_name=first,
                last_name=last,
                email=f"gast{number + 1}@{chance.choice(FIRMS)[1]}.example",
            )
        )
    Person.objects.bulk_create(people, ignore_conflicts=True)
    search.remember(people)
    return list(Person.objects.filter(pk__in=[person.pk for person in people]).order_by("email"))


def fill(
    meeting: Meeting, taken: int, waiting: int, people: list[Person], chance: random.Random
) -> None:
    if Enrolment.objects.filter(meeting=meeting).exists():
        follow_today(meeting)
        return
    own = [email for email, codes in OWN_PLACES.items() if meeting.code in codes]
    guests = list(Person.objects.filter(email__in=own, user__isnull=False))
    guests += chance.sample(people, taken + waiting - len(guests))
    moments = sorted(asked_at(meeting, chance) for _ in guests)
    made = [
        place(meeting, person, number, moment, number > taken, chance)
        for number, (person, moment) in enumerate(zip(guests, moments, strict=True), start=1)
    ]
    Booking.objects.bulk_create([enrolment.booking for enrolment in made])
    Enrolment.objects.bulk_create(made)
    EnrolmentEvent.objects.bulk_create(event_of(enrolment) for enrolment in made)
    states = [enrolment.state for enrolment in made]
    counts = {"taken": states.count(State.ENROLLED), "waiting": states.count(State.WAITING)}
    Meeting.objects.filter(pk=meeting.pk).update(**counts)


def asked_at(meeting: Meeting, chance: random.Random) -> dt.datetime:
    """Most ask some weeks ahead, never after now or after the start."""
    start = meeting.starts_at or timezone.now()
    latest = min(start - dt.timedelta(days=1), timezone.now() - dt.timedelta(hours=1))
    ahead = start - dt.timedelta(days=chance.betavariate(1.4, 2.6) * 84)
    return min(ahead, latest - dt.timedelta(minutes=chance.randint(0, 6000)))


def place(
    meeting: Meeting,
    person: Person,
    number: int,
    moment: dt.datetime,
    waits: bool,
    chance: random.Random,
) -> Enrolment:
    firm, _ = chance.choice(FIRMS)
    has_been = meeting.state in (Meeting.State.HELD, Meeting.State.COMPLETED)
    state = State.WAITING if waits else State.ENROLLED
    return Enrolment(
        meeting=meeting,
        person=person,
        booking=booking_of(meeting, person, firm, moment),
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        organisation=person.organisation or firm,
        titles=chance.choice(TITLES),
        state=State.CANCELLED if meeting.is_cancelled else state,
        queue_number=number,
        identity=identity_of(
            first_name=person.first_name, last_name=person.last_name, email=person.email
        ),
        asked_at=moment,
        was_absent=chance.random() < 0.07 if has_been else None,
    )


def booking_of(meeting: Meeting, person: Person, firm: str, moment: dt.datetime) -> Booking:
    invoice = {
        "invoice_name": firm,
        "invoice_street": "Perenlaan 1",
        "invoice_postal_code": "3511 AB",
        "invoice_city": "Utrecht",
    }
    return Booking(
        payer=person,
        name=person.full_name,
        email=person.email,
        price=meeting.price if meeting.is_invoiced else 0,
        cancelling_days=meeting.policy.cancelling_days,
        moving_days=meeting.policy.moving_days,
        substituting_days=meeting.policy.substituting_days,
        came_from_id=meeting.partner_id,
        language="nl",
        created_at=moment,
        **(invoice if meeting.is_invoiced else {}),
    )


def event_of(enrolment: Enrolment) -> EnrolmentEvent:
    kinds = {State.WAITING: Kind.WAITING, State.CANCELLED: Kind.MEETING_CANCELLED}
    kind = kinds.get(State(enrolment.state), Kind.ENROLLED)
    return EnrolmentEvent(enrolment=enrolment, kind=kind, at=enrolment.asked_at)


def follow_today(meeting: Meeting) -> None:
    """The meeting moved along with today: so do the moments at which people asked."""
    chance = random.Random(meeting.code)
    people = list(Enrolment.objects.filter(meeting=meeting).order_by("queue_number"))
    moments = sorted(asked_at(meeting, chance) for _ in people)
    for enrolment, moment in zip(people, moments, strict=True):
        enrolment.asked_at = moment
    Enrolment.objects.bulk_update(people, ["asked_at"])
