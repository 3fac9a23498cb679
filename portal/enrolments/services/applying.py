"""The worker enrols the people of a file, and takes that back: a thousand rows a transaction.

Rows and how far it is are one transaction, and the keys of what a row makes are chosen with it: a
worker that is killed leaves nothing half done, and the next one goes on where it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person
from portal.accounts.search import learn_all
from portal.enrolments.models import (
    Booking,
    Enrolment,
    EnrolmentEvent,
    Provenance,
    Supply,
    SupplyRow,
)
from portal.enrolments.queries.supplies import known_of, rows_to_do, takes_supplies
from portal.enrolments.services.places import Crowd, crowd_in, keep_count, locked
from portal.enrolments.services.supplying import CHUNK
from portal.enrolments.services.unused import take_back
from portal.enrolments.services.waiting_list import settle
from portal.enrolments.supplies.fates import Fate, Why
from portal.enrolments.supplies.people import Named
from portal.enrolments.supplies.plan import Decision, decide
from portal.meetings.models import Meeting

State, Step, Kind = Supply.State, SupplyRow.Step, EnrolmentEvent.Kind


def work_on(*, supply_id: UUID, chunk: int = CHUNK) -> bool:
    """Deals with the next rows of a supply that is under way; returns whether there may be more.

    Of two workers that try, the second waits for the first and takes the rows after those.
    """
    with transaction.atomic():
        found = Supply.objects.select_for_update(of=("self",)).filter(pk=supply_id)
        supply = found.select_related("organisation", "booking").first()
        if supply is None or not supply.is_under_way:
            return False
        meeting, now = locked(supply.meeting_id)[supply.meeting_id], timezone.now()
        rows = rows_to_do(supply=supply, most=chunk)
        is_undone = supply.state == State.UNDOING
        if is_undone:
            take_back(supply, rows)
            settle(meeting, now)
        elif takes_supplies(meeting, now=now):
            enrol_rows(supply, meeting, rows, now)
        else:  # it was closed meanwhile: what is left stays undone, in sight
            rows = []
        supply.done += len(rows)
        is_over = len(rows) < chunk
        if is_over:
            supply.state = State.UNDONE if is_undone else State.APPLIED
        supply.save(update_fields=["done", "state", "booking"])
        return not is_over


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody who gets a place: the row, and whose record it is."""

    row: SupplyRow
    person_id: UUID
    is_new: bool


def enrol_rows(supply: Supply, meeting: Meeting, rows: Sequence[SupplyRow], now: datetime) -> None:
    """Gives each a place, in the order of the file; whoever finds none joins the waiting list.

    What becomes of a row is decided anew: somebody may have enrolled since it was looked at. Nobody
    is mailed here: see `informing`.
    """
    people = [named(row) for row in rows]
    known = known_of(people, meeting=meeting, organisation=supply.organisation)
    decided = [(row, decide(one, known)) for row, one in zip(rows, people, strict=True)]
    note_fates(decided)
    seats = [
        Seat(
            row=row,
            person_id=decision.person_id or row.person_key,
            is_new=decision.person_id is None,
        )
        for row, decision in decided
        if decision.gets_place
    ]
    if seats:
        crowd = crowd_in(meeting, now)
        make_people(supply, meeting, [seat for seat in seats if seat.is_new], now)
        after = make_places(supply, meeting, seats, crowd, now)
        note_sources(supply, seats)
        if crowd.waiting and after.taken < meeting.capacity:
            settle(meeting, now)
        else:  # nobody to offer anything to
            keep_count(meeting, after)


def named(row: SupplyRow) -> Named:
    is_fixed = row.fate == Fate.ERROR or row.why == Why.ALIKE
    return Named(
        number=row.number,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        why=Why(row.why) if is_fixed else None,
    )


def note_fates(decided: Sequence[tuple[SupplyRow, Decision]]) -> None:
    """Stores that rows are dealt with, and how where that is another than was shown."""
    rows = SupplyRow.objects.filter(pk__in=[row.pk for row, _ in decided])
    rows.update(step=Step.DONE)
    changed: dict[tuple[str, str], list[int]] = {}
    for row, decision in decided:
        now = (str(decision.fate), str(decision.why or ""))
        if now != (row.fate, row.why):
            changed.setdefault(now, []).append(row.pk)
    for (fate, why), keys in changed.items():
        SupplyRow.objects.filter(pk__in=keys).update(fate=fate, why=why)


def make_people(supply: Supply, meeting: Meeting, seats: Sequence[Seat], now: datetime) -> None:
    """Records without a login, with three fields and where they came from (P18, P20)."""
    people = [
        Person(
            pk=seat.person_id,
            first_name=seat.row.first_name,
            last_name=seat.row.last_name,
            email=seat.row.email,
            language=meeting.language,
            source=Person.Source.SUPPLIED,
            supplied_by=supply.organisation.name,
            created_at=now,
        )
        for seat in seats
    ]
    Person.objects.bulk_create(people)
    learn_all(people)


def make_places(
    supply: Supply, meeting: Meeting, seats: Sequence[Seat], crowd: Crowd, now: datetime
) -> Crowd:
    """Stores the places with their events. Returns who stands in the meeting then."""
    free = 0 if crowd.waiting else max(meeting.capacity - crowd.taken, 0)
    booking = booking_of(supply, meeting)
    places = [
        Enrolment(
            pk=seat.row.place_key,
            meeting=meeting,
            person_id=seat.person_id,
            booking=booking,
            first_name=seat.row.first_name,
            last_name=seat.row.last_name,
            email=seat.row.email,
            identity=named(seat.row).identity,
            queue_number=crowd.last_number + number,
            state=Enrolment.State.ENROLLED if number <= free else Enrolment.State.WAITING,
            asked_at=now,
        )
        for number, seat in enumerate(seats, start=1)
    ]
    Enrolment.objects.bulk_create(places)
    EnrolmentEvent.objects.bulk_create(
        EnrolmentEvent(
            enrolment=one,
            kind=Kind.ENROLLED if one.has_place else Kind.WAITING,
            at=now,
            by_id=supply.by_id,
        )
        for one in places
    )
    with_place = min(len(places), free)
    return replace(
        crowd,
        enrolled=crowd.enrolled + with_place,
        waiting=crowd.waiting + len(places) - with_place,
    )


def booking_of(supply: Supply, meeting: Meeting) -> Booking:
    """One for the whole file, on the terms of the meeting; none of its people pays anything."""
    if supply.booking is None:
        policy = meeting.policy
        supply.booking = Booking.objects.create(
            name=supply.organisation.name,
            price=0,
            cancelling_days=policy.cancelling_days,
            moving_days=policy.moving_days,
            substituting_days=policy.substituting_days,
            payment_days=policy.payment_days,
            vat=meeting.applied_vat,
            supplied_by=supply.organisation,
            language=meeting.language,
            form_id=supply.pk,
        )
    return supply.booking


def note_sources(supply: Supply, seats: Sequence[Seat]) -> None:
    """Where their data came from, with the clock of AVG 14; once for each organisation."""
    Provenance.objects.bulk_create(
        [
            Provenance(
                person_id=seat.person_id,
                organisation=supply.organisation,
                supplied_by=supply.organisation.name,
                supplied_at=supply.supplied_at,
            )
            for seat in seats
        ],
        ignore_conflicts=True,
    )
