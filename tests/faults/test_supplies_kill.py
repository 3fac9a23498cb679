"""The worker is killed while it enrols supplied people, and while it takes them back.

Each row is applied once, and taken back once. A short form runs always; `--long` has 10 000 rows.
"""

from collections.abc import Iterator

import pytest

from portal.accounts.models import Person
from portal.enrolments.models import (
    Booking,
    Enrolment,
    EnrolmentEvent,
    Provenance,
    Supply,
    SupplyRow,
)
from portal.enrolments.services.supplying import CHUNK, approve, undo
from tests.enrolling import assert_adds_up
from tests.factories import UserFactory
from tests.faults.workers import Worker, dies_at, wait_until
from tests.planning import MeetingFactory
from tests.supplying import supply

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("committed")]
APPLYING = "portal.enrolments.services.applying"


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("keep_supplies_moving()")
    yield made
    made.kill()


def name(number: int) -> str:
    """One for each number, in letters: a name with many digits is none."""
    return "Vries" + "".join("abcdefghij"[int(digit)] for digit in str(number))


@pytest.mark.promise("P18")
@pytest.mark.parametrize("number", [2_300, pytest.param(10_000, marks=pytest.mark.long)])
def test_each_row_is_applied_once_and_taken_back_once(number: int, worker: Worker):
    rows = (f"Saar;{name(n)};saar{n}@bureau.example" for n in range(number))
    meeting = MeetingFactory(capacity=number - 100)
    found = supply(UserFactory(), *rows, meeting=meeting)
    approve(supply_id=found.pk)
    # In the second thousand: people and places are written, and nothing of it is committed.
    worker.start(dies_at(APPLYING, "make_places", call=2))
    worker.dies()
    assert Enrolment.objects.count() == Person.objects.filter(source="supplied").count() == CHUNK
    worker.start(dies_at(APPLYING, "take_back", call=2))
    wait_until(lambda: state_of(found) == Supply.State.APPLIED)
    assert_applied_once(found, number)
    undo(supply_id=found.pk)
    worker.dies()
    assert Enrolment.objects.count() == Person.objects.filter(source="supplied").count()
    assert Enrolment.objects.count() == number - CHUNK
    worker.start()
    wait_until(lambda: state_of(found) == Supply.State.UNDONE)
    assert not Enrolment.objects.exists()
    assert not Person.objects.filter(source="supplied").exists()
    assert set(SupplyRow.objects.values_list("step", flat=True)) == {SupplyRow.Step.UNDONE}
    assert_adds_up(meeting)


def state_of(found: Supply) -> str:
    found.refresh_from_db()
    return found.state


def assert_applied_once(found: Supply, number: int) -> None:
    keys = set(SupplyRow.objects.values_list("place_key", flat=True))
    assert set(Enrolment.objects.values_list("pk", flat=True)) == keys
    assert found.done == len(keys) == number
    for table in (EnrolmentEvent, Provenance):
        assert table.objects.count() == number
    assert Person.objects.filter(source="supplied").count() == number
    assert Booking.objects.count() == 1
    assert_adds_up(found.meeting)
