"""What a payer ordered, as they may see it: what they typed, and what became of each place (P13).

Who takes over a place is named where the payer said so themselves, on their order page. Whom a
colleague or the back office sent instead is not: the payer reads that somebody else comes.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _t

from portal.enrolments.models import AskedAgain, Booking, Enrolment, EnrolmentEvent
from portal.enrolments.queries.deadlines import Terms, can_cancel, can_substitute
from portal.meetings.models import Meeting
from portal.meetings.wording import when

State, Kind = Enrolment.State, EnrolmentEvent.Kind
RELATED = ("meeting__course", "meeting__policy", "meeting__venue__region", "meeting__region")
# What makes one enrolment take over from another.
HANDED_ON = (Kind.MOVED_AWAY, Kind.REPLACED)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A place of an order. `place` is the enrolment as it is now; of somebody who asked again it
    only stands for one, and `asked_again` is the row. `asked_for` is the meeting of the form."""

    name: str
    place: Enrolment
    asked_for: Meeting
    somebody_else: bool = False
    is_moved: bool = False
    invoice_stays: bool = False
    asked_again: AskedAgain | None = None

    @property
    def key(self) -> UUID:
        """By which a button says which line it is about."""
        return self.asked_again.pk if self.asked_again else self.place.pk

    @property
    def has_place(self) -> bool:
        return self.place.has_place

    @property
    def waits(self) -> bool:
        """On the waiting list, or offered a place that they have not taken yet."""
        return self.place.state in (State.WAITING, State.OFFERED)

    @property
    def is_paid_for(self) -> bool:
        """A place that is had, or was given up too late."""
        return self.has_place or self.invoice_stays

    def state_in_words(self) -> str:
        """What became of it, in the active language."""
        told = {
            State.ENROLLED: _t("has a place"),
            State.WAITING: _t("on the waiting list"),
            State.OFFERED: _t("can take a place that has come free"),
            State.LAPSED: _t("did not take the place in time"),
            State.CANCELLED: _t("cancelled, and the invoice stays")
            if self.invoice_stays
            else _t("cancelled"),
        }[State(self.place.state)]
        if self.place.meeting.is_cancelled:
            told = _t("the meeting does not take place")
        elif self.is_moved and self.has_place:
            told = _t("comes on another date: %(when)s") % {"when": when(self.place.meeting)}
        elif self.somebody_else and self.has_place:
            told = _t("somebody else comes instead")
        return told

    def cancelling(self, now: datetime) -> Terms:
        return can_cancel(self.place, now)

    def substituting(self, now: datetime) -> Terms:
        return can_substitute(self.place, now)


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """All lines of a booking. `meeting` is the one it was made for, also after a place moved."""

    booking: Booking
    meeting: Meeting
    lines: tuple[Line, ...]

    @property
    def names(self) -> list[str]:
        """Those who have a place."""
        return [line.name for line in self.lines if line.has_place]

    @property
    def waiting(self) -> list[str]:
        return [line.name for line in self.lines if line.waits]

    @property
    def paid_for(self) -> int:
        """For how many places the invoice is."""
        return sum(line.is_paid_for for line in self.lines)

    @property
    def total(self) -> Decimal:
        """In euros, without VAT that comes on top. Who waits pays nothing yet."""
        return self.booking.price * self.paid_for

    def line_with(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.key.hex == key), None)


def order_of(booking: Booking) -> Ordered | None:
    """What became of a booking; `None` where nothing of it is left. Three queries."""
    rows = booking.enrolments.select_related(*RELATED).order_by("queue_number")
    places = {row.pk: row for row in rows}
    for place in places.values():
        place.booking = booking
    lines = own_lines(places, events_in(booking))
    again = booking.asked_again.select_related(*(f"enrolment__{one}" for one in RELATED))
    for row in again.order_by("position"):
        lines.insert(row.position, line_again(row, booking))
    if not lines:
        return None
    own = [line for line in lines if not line.asked_again]
    return Ordered(booking=booking, meeting=(own or lines)[0].asked_for, lines=tuple(lines))


def events_in(booking: Booking) -> dict[UUID, list[EnrolmentEvent]]:
    """What happened to the places of a booking, by place, the latest last."""
    events = EnrolmentEvent.objects.filter(enrolment__booking=booking).order_by("at", "id")
    found: dict[UUID, list[EnrolmentEvent]] = {}
    for event in events:
        found.setdefault(event.enrolment_id, []).append(event)
    return found


def own_lines(
    places: dict[UUID, Enrolment], events: dict[UUID, list[EnrolmentEvent]]
) -> list[Line]:
    """A line for each place that was asked for, with who has it now."""
    after = {
        pk: event
        for pk, happened in events.items()
        for event in happened
        if event.kind in HANDED_ON and event.other_id in places
    }
    taken_over = {event.other_id for event in after.values()}
    return [
        line_from(place, places, after, events)
        for pk, place in places.items()
        if pk not in taken_over
    ]


def line_from(
    place: Enrolment,
    places: dict[UUID, Enrolment],
    after: dict[UUID, EnrolmentEvent],
    events: dict[UUID, list[EnrolmentEvent]],
) -> Line:
    """Follows a place from hand to hand, under the last name that the payer typed."""
    name, somebody_else, is_moved = place.full_name, False, False
    asked_for = place.meeting
    while (step := after.get(place.pk)) and step.other_id:
        place = places[step.other_id]
        if step.kind == Kind.MOVED_AWAY:
            is_moved = True
        else:
            name = place.full_name if step.by_payer else name
            somebody_else = not step.by_payer
    return Line(
        name=name,
        place=place,
        asked_for=asked_for,
        somebody_else=somebody_else,
        is_moved=is_moved,
        invoice_stays=invoice_stays(place, events.get(place.pk, [])),
    )


def invoice_stays(place: Enrolment, events: list[EnrolmentEvent]) -> bool:
    """Whether a place was given up too late (`queries.billing.cancelled_late`, of one row)."""
    if place.state != State.CANCELLED or place.meeting.is_cancelled:
        return False
    return any(event.kind == Kind.CANCELLED and event.is_free is False for event in events)


def line_again(row: AskedAgain, booking: Booking) -> Line:
    """A line like any other, of somebody whose place is another form's."""
    meeting = row.enrolment.meeting
    state = State.CANCELLED if meeting.is_cancelled else row.state
    return Line(
        name=row.name,
        asked_for=meeting,
        place=Enrolment(meeting=meeting, booking=booking, state=state),
        invoice_stays=not row.is_free and not meeting.is_cancelled,
        asked_again=row,
    )
