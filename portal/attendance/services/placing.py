"""What becomes of a walk-in: a place on the list, a new one, somebody else's, or nothing."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _t

from pluc.deeds import Refused
from pluc.outbox.telling import Telling
from portal.accounts.models import Person, User
from portal.accounts.services.entering import Entered
from portal.attendance.models import WalkIn
from portal.attendance.queries.hours import is_final
from portal.enrolments.models import Enrolment
from portal.enrolments.orders import Attendee
from portal.enrolments.services import Call, enrol_by_phone, enrol_somebody_new, substitute
from portal.enrolments.services.places import locked

SILENT = Telling(by_mail=False)  # they were there: a mail that confirms it would come too late


class Decided(Refused):
    @property
    def sentence(self) -> str:
        return _t("It has been said already what becomes of this walk-in. Load the page again.")


class IsFinal(Refused):
    @property
    def sentence(self) -> str:
        return _t("Attendance of this meeting is final. Open it again first, and say why.")


class NotOnTheList(Refused):
    field = "enrolment"

    @property
    def sentence(self) -> str:
        return _t("This person has no place in this meeting. Choose somebody who has.")


class WhyMissing(Refused):
    field = "because"

    @property
    def sentence(self) -> str:
        return _t("Write why it does not count.")


def undecided(walk_in_id: UUID) -> WalkIn:
    """The walk-in, with its meeting locked. Raises `Decided`, `IsFinal`."""
    walk_in = WalkIn.objects.get(pk=walk_in_id)
    locked(walk_in.meeting_id)
    walk_in.refresh_from_db()
    if walk_in.enrolment_id or walk_in.dropped_because:
        raise Decided
    if is_final(meeting_id=walk_in.meeting_id):
        raise IsFinal
    return walk_in


def give(walk_in: WalkIn, enrolment: Enrolment) -> Enrolment:
    """The marks of the walk-in are those of this place from now on."""
    walk_in.enrolment = enrolment
    walk_in.save(update_fields=["enrolment"])
    return enrolment


@transaction.atomic
def join_to_place(*, walk_in_id: UUID, enrolment_id: UUID) -> Enrolment:
    """The walk-in stands on the list after all. Raises `NotOnTheList`."""
    walk_in = undecided(walk_in_id)
    places = Enrolment.objects.filter(meeting=walk_in.meeting_id, state=Enrolment.State.ENROLLED)
    enrolment = places.filter(pk=enrolment_id).first()
    if enrolment is None:
        raise NotOnTheList
    return give(walk_in, enrolment)


@transaction.atomic
def came_instead(
    *, walk_in_id: UUID, enrolment_id: UUID, attendee: Attendee, by: User
) -> Enrolment:
    """The walk-in came for somebody, whose place it is from now on. Raises `NotOnTheList`."""
    walk_in = undecided(walk_in_id)
    places = Enrolment.objects.filter(meeting=walk_in.meeting_id, state=Enrolment.State.ENROLLED)
    if not places.filter(pk=enrolment_id).exists():
        raise NotOnTheList
    new = substitute(
        enrolment_id=enrolment_id,
        attendee=attendee,
        by=by,
        as_staff=True,
        has_come=True,
        telling=SILENT,
    )
    return give(walk_in, new)


@transaction.atomic
def enrol_walk_in(
    *, walk_in_id: UUID, entered: Entered, call: Call, by: User, known: Person | None = None
) -> Enrolment:
    """A place of their own, of somebody whom we know or who is entered. Raises what
    `enrol_by_phone` does."""
    walk_in = undecided(walk_in_id)
    if known:
        enrolment = enrol_by_phone(person=known, call=call, by=by)
    else:
        enrolment = enrol_somebody_new(entered=entered, call=call, by=by)
    if walk_in.titles:  # nobody asks for them on the phone
        enrolment.titles = walk_in.titles
        enrolment.save(update_fields=["titles"])
    return give(walk_in, enrolment)


@transaction.atomic
def drop(*, walk_in_id: UUID, because: str) -> WalkIn:
    """Nobody of that name was there, or they stand on the list twice. Raises `WhyMissing`."""
    if not because.strip():
        raise WhyMissing
    walk_in = undecided(walk_in_id)
    walk_in.dropped_because = because.strip()
    walk_in.save(update_fields=["dropped_because"])
    return walk_in
