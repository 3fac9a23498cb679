"""An issue on its way while its worker is killed twice and the mail server once (STANDARDS 7.6).

Each subscriber gets it at most once, and each of whom nobody knows is counted. A short form runs
always; `--long` has five thousand subscribers.
"""

import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from pluc.outbox import batches, services
from pluc.outbox.models import LEFT_OUT, Mail
from portal.accounts.models import User
from portal.newsletter import tasks
from portal.newsletter.models import Mailing, Subscription
from portal.newsletter.services import sending
from tests.factories import UserFactory
from tests.faults.workers import Worker, wait_until
from tests.mailings import approved_issue, subscribers
from tests.post_offices import PostOffice, open_office

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("committed")]


@pytest.fixture
def worker() -> Iterator[Worker]:
    """What the worker does for an issue."""
    made = Worker("keep_sending(); send_due()")
    yield made
    made.kill()


def let_five_minutes_pass() -> None:
    """The claims of a worker that was killed are old by then, and what waits is due."""
    before = timezone.now() - services.CLAIM_LASTS - timedelta(seconds=1)
    Mail.objects.under_way().update(claimed_at=before)
    services.recover()
    Mail.objects.filter(state=Mail.State.WAITING).update(due_at=timezone.now())


def kill_once(worker: Worker, office: PostOffice, *, after: int) -> None:
    """Kills the worker once the server has so many more, and lets its claims grow old."""
    goal = len(office.taken) + after
    wait_until(lambda: len(office.taken) >= goal)
    worker.kill()
    let_five_minutes_pass()


@pytest.mark.promise("P08")
@pytest.mark.parametrize("number", [300, pytest.param(5_000, marks=pytest.mark.long)])
def test_each_gets_it_at_most_once_and_each_doubt_is_counted(number: int, worker: Worker):
    port = worker.mail_port
    mailing = approved_issue()
    people = subscribers(number)
    by = UserFactory()
    worker.start()
    with open_office(port) as office:
        kill_once(worker, office, after=number // 6)
        worker.start()
        steer(mailing, by, office, people, after=number // 6)
        kill_once(worker, office, after=number // 6)
        taken = list(office.taken)
        worker.start()
        wait_until(lambda: len(office.taken) >= len(taken) + number // 6)
        taken = office.taken
    with open_office(port) as office:  # the server starts anew, in the middle of a message or not
        wait_until(lambda: bring_back() and len(office.taken) > 0)
        wait_until(lambda: bring_back() and Mailing.objects.get().state == Mailing.State.SENT)
        taken = taken + office.taken
    report(mailing, [one.recipient for one in taken], number)


def bring_back() -> bool:
    """What waits a minute because the server was away is due at once."""
    Mail.objects.filter(state=Mail.State.WAITING).update(due_at=timezone.now())
    return True


def steer(
    mailing: Mailing, by: User, office: PostOffice, people: list[Subscription], *, after: int
) -> None:
    """Pauses it for a moment, in which somebody leaves; nothing goes meanwhile."""
    goal = len(office.taken) + after
    wait_until(lambda: len(office.taken) >= goal)
    sending.pause(mailing_id=mailing.pk, by=by)
    wait_until(lambda: not Mail.objects.filter(state=Mail.State.SENDING).exists())
    taken = len(office.taken)
    waits = Mail.objects.filter(state=Mail.State.PAUSED).first()
    assert waits is not None
    leaver = Subscription.objects.filter(email=waits.recipient)
    leaver.update(state="left", left_at=timezone.now())
    time.sleep(0.5)
    assert len(office.taken) == taken
    sending.go_on(mailing_id=mailing.pk, by=by)


def report(mailing: Mailing, taken: list[str], number: int) -> None:
    """Everybody has it once, or is counted among those of whom nobody knows."""
    tasks.keep_sending()
    mailing.refresh_from_db()
    assert len(taken) == len(set(taken)), "nobody got it twice"
    unknown = set(Mail.objects.filter(state=Mail.State.UNKNOWN).values_list("recipient", flat=True))
    sent = set(Mail.objects.filter(state=Mail.State.SENT).values_list("recipient", flat=True))
    assert sent <= set(taken), "what is told to have gone has gone"
    assert set(taken) <= sent | unknown, "what went without being told is a doubt"
    # Two kills, each of a unit; and a server that took one and went away.
    assert len(unknown) <= 2 * batches.STORED_EVERY + 2
    assert mailing.withheld_because == {LEFT_OUT: 1}
    assert (mailing.queued, mailing.failed) == (number, 0)
    assert mailing.sent + mailing.unknown + mailing.withheld == number
    lost = len(unknown - set(taken))
    sys.stdout.write(f"{len(sent)} sent, {len(unknown)} unknown, of these {lost} did not arrive\n")


def test_stopped_under_way_nobody_else_gets_it(worker: Worker):
    port = worker.mail_port
    mailing, by = approved_issue(), UserFactory()
    subscribers(300)
    with open_office(port) as office:
        worker.start()
        wait_until(lambda: len(office.taken) >= 20)
        sending.stop(mailing_id=mailing.pk, by=by)
        wait_until(lambda: not Mail.objects.under_way().exists())
        taken = len(office.taken)
        time.sleep(0.5)
        assert len(office.taken) == taken < 300
    tasks.keep_sending()
    mailing.refresh_from_db()
    assert mailing.sent == taken
    assert mailing.sent + mailing.withheld == 300
