"""Files with participants as a bureau sends them, and the worker that deals with them."""

from typing import Any

from django.utils import timezone

from pluc.documents.uploaded import HowToRead
from portal.accounts.models import User
from portal.enrolments.models import Enrolment, Provenance, Supply, SupplyRow
from portal.enrolments.services import applying
from portal.enrolments.services.supplying import Sent, approve, take_in, undo
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation
from tests.planning import MeetingFactory, OrganisationFactory
from tests.tables import text

ROWS = ("Saar;de Vries;saar@bureau.example", "Sem;Boer;sem@bureau.example")


def bureau(**fields: Any) -> Organisation:
    made: Organisation = OrganisationFactory(is_bureau=True, **fields)
    return made


def supply(
    by: User, *rows: str, meeting: Meeting | None = None, organisation: Organisation | None = None
) -> Supply:
    """A file that was taken in, and that nobody has agreed to yet."""
    return take_in(
        meeting=meeting or MeetingFactory(),
        organisation=organisation or bureau(),
        sent=Sent(content=text(*(rows or ROWS)), how=HowToRead()),
        by=by,
    )


def supplied(by: User, *rows: str, **fields: Any) -> Supply:
    """The same, with its people enrolled."""
    found = supply(by, *rows, **fields)
    approve(supply_id=found.pk)
    work_off(found)
    return found


def work_off(found: Supply, *, chunk: int = 1000) -> None:
    while applying.work_on(supply_id=found.pk, chunk=chunk):
        pass
    found.refresh_from_db()


def take_back(found: Supply) -> None:
    """What the back office does, and the worker after it."""
    undo(supply_id=found.pk)
    work_off(found)


def give_supply(place: Enrolment, by: User) -> None:
    """A row of a list that made this place, and that its person was told who sent it."""
    organisation = bureau()
    found = Supply.objects.create(
        meeting=place.meeting, organisation=organisation, by=by, booking=place.booking
    )
    SupplyRow.objects.create(
        supply=found,
        number=2,
        first_name=place.first_name,
        last_name=place.last_name,
        email=place.email,
        fate="new",
        person_key=place.person_id,
    )
    Provenance.objects.create(
        person=place.person,
        organisation=organisation,
        supplied_by=organisation.name,
        told_at=timezone.now(),
        told_how="office",
        told_by=by,
    )
