"""Mail to many: in batches on one connection, at most once, at a rate (STANDARDS 2.6, 7.6)."""

import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pluc.outbox import batches, bulk, services
from pluc.outbox.bulk import COMPOSERS, Addressee, Standing, post_bulk, tally
from pluc.outbox.guards import GUARDS
from pluc.outbox.models import HELD_BACK, LEFT_OUT, STOPPED, Mail
from pluc.outbox.outcomes import BACK_OFF
from pluc.outbox.return_addresses import mail_of_bounce
from tests.conftest import LimitTo
from tests.post_offices import PostOffice, open_office

pytestmark = pytest.mark.django_db
State = Mail.State
EVENT, TEMPLATE = "harvest:1", "tests/harvest"


class Harvest:
    """A composer of the tests' own."""

    def __init__(self) -> None:
        self.left: set[str] = set()
        self.stands = Standing.GOES
        self.while_composing: Callable[[], object] = lambda: None

    def standing(self, event: str) -> Standing:
        return self.stands

    def compose(self, event: str, mails: Sequence[Mail]) -> Mapping[uuid.UUID, Callable[[], bytes]]:
        self.while_composing()
        return {
            mail.pk: partial(written, mail.recipient)
            for mail in mails
            if mail.recipient not in self.left
        }

    def show(self, mail: Mail) -> bytes:
        return b"Subject: Peren\r\n\r\nRijp.\r\n"


def written(recipient: str) -> bytes:
    return f"To: {recipient}\r\nSubject: Peren\r\n\r\n.Rijp.\r\n".encode()


@pytest.fixture
def harvest() -> Iterator[Harvest]:
    COMPOSERS[TEMPLATE] = made = Harvest()
    yield made
    del COMPOSERS[TEMPLATE]


@pytest.fixture
def office(settings: Any, harvest: Harvest) -> Iterator[PostOffice]:
    with open_office() as office:
        settings.MAIL_SERVER = {"host": "127.0.0.1", "port": office.port, "timeout": 20}
        yield office


def post(*names: str, domain: str = "klant.example") -> None:
    people = [Addressee(name if "@" in name else f"{name}@{domain}", None, "") for name in names]
    post_bulk(event=EVENT, template=TEMPLATE, addressees=people)


def numbered(number: int, name: str = "lezer") -> list[str]:
    return [f"{name}-{one}" for one in range(number)]


def send(seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    return batches.send_batch(event=EVENT, template=TEMPLATE, until=until)


def states() -> dict[str, int]:
    return tally(EVENT).by_state


def mail_to(name: str) -> Mail:
    return Mail.objects.get(event=EVENT, recipient=f"{name}@klant.example")


def test_a_batch_goes_over_one_connection_each_mail_with_an_envelope_of_its_own(
    office: PostOffice,
):
    post(*numbered(30))
    assert send()
    assert (states(), office.connections) == ({State.SENT: 30}, 1)
    assert set(office.times.values()) == {1}
    for one in office.taken:
        mail = Mail.objects.get(pk=mail_of_bounce(one.sender))
        assert (mail.recipient, mail.attempts) == (one.recipient, 1)
        assert mail.sent_at
        assert one.content == written(one.recipient)
    assert not send(), "nothing is left"


def test_posted_twice_it_goes_once(office: PostOffice):
    post("lezer-1")
    post("lezer-1", "lezer-2")
    send()
    assert set(office.times.values()) == {1}
    assert len(office.taken) == 2


def test_what_the_server_says_of_one_is_about_that_one_alone(office: PostOffice):
    post("refused-1", "full-1", "lezer-1", "refused-2", "lezer-2", "geen\nadres")
    send()
    assert office.connections == 1
    assert states() == {State.SENT: 2, State.GIVEN_UP: 3, State.WAITING: 1}
    waits = mail_to("full-1")
    assert round((waits.due_at - timezone.now()).total_seconds() / 60) == BACK_OFF[0]
    assert (waits.reason, waits.attempts) == ("SMTPRecipientsRefused", 1)


def test_a_line_that_drops_is_opened_anew(office: PostOffice):
    post("lezer-1", "dies-1", "lezer-2", "hangs-up-1", "lezer-3")
    send()
    assert states() == {State.SENT: 3, State.WAITING: 1, State.UNKNOWN: 1}
    assert mail_to("hangs-up-1").state == State.UNKNOWN, "it may have arrived"
    Mail.objects.update(due_at=timezone.now())
    office.recovers = True
    send()
    assert set(office.times.values()) == {1}
    assert states() == {State.SENT: 4, State.UNKNOWN: 1}


@pytest.mark.parametrize(
    ("name", "state"), [("closing-1", State.WAITING), ("stalls-1", State.UNKNOWN)]
)
def test_a_server_that_wants_no_more_gets_no_more_for_now(
    office: PostOffice, settings: Any, name: str, state: str
):
    settings.MAIL_SERVER["timeout"] = 2
    post("lezer-1", name, *numbered(5, "later"))
    assert not send(), "the rest is for the next task"
    assert office.connections == 1
    assert mail_to(name).state == state
    rest = Mail.objects.filter(recipient__startswith="later")
    assert {(one.state, one.attempts, one.claimed_at) for one in rest} == {(State.WAITING, 0, None)}


def test_without_a_server_one_is_tried_and_all_wait(settings: Any, harvest: Harvest):
    settings.MAIL_SERVER = {"host": "127.0.0.1", "port": 1, "timeout": 0.3}
    post(*numbered(5))
    assert not send()
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    assert states() == {State.WAITING: 5}


def test_who_left_after_it_was_queued_gets_nothing(office: PostOffice, harvest: Harvest):
    post("lezer-1", "weg-1")
    harvest.left.add("weg-1@klant.example")
    send()
    assert list(office.times) == ["lezer-1@klant.example"]
    assert (mail_to("weg-1").state, mail_to("weg-1").reason) == (State.WITHHELD, LEFT_OUT)


def test_a_guard_withholds_and_a_full_mailbox_waits(office: PostOffice, limit_to: LimitTo):
    def guard(mails: Sequence[Mail]) -> dict[uuid.UUID, str]:
        return {mail.pk: "no" for mail in mails if mail.recipient.startswith("niet")}

    limit_to("mailbox", "1/h/key")
    message = EmailMessage("Peren", "Rijp.", to=["vol-1@klant.example"])
    services.post(message=message)
    services.send_for(0.1)
    post("niet-1", "vol-1", "lezer-1")
    GUARDS.append(guard)
    try:
        send()
    finally:
        GUARDS.remove(guard)
    assert states() == {State.WITHHELD: 1, State.WAITING: 1, State.SENT: 1}
    assert mail_to("niet-1").reason == "no"
    assert mail_to("vol-1").reason == HELD_BACK
    assert mail_to("vol-1").due_at > timezone.now() + timedelta(minutes=50)


def test_a_batch_that_cannot_be_made_waits_and_holds_nobody_up(
    office: PostOffice, harvest: Harvest, caplog: Any
):
    def broken() -> None:
        raise LookupError

    harvest.while_composing = broken
    post(*numbered(3))
    services.post(message=EmailMessage("Peren", "Rijp.", to=["anna@klant.example"]))
    services.send_for(5)
    assert list(office.times) == ["anna@klant.example"]
    assert states() == {State.WAITING: 3}
    assert "LookupError" in caplog.text
    assert "lezer" not in caplog.text


# --- Steering -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steer", "state", "reason"),
    [(bulk.pause, State.PAUSED, ""), (bulk.stop, State.WITHHELD, STOPPED)],
)
def test_pausing_and_stopping_reach_a_batch_that_is_under_way(
    office: PostOffice, harvest: Harvest, steer: Callable[[str], int], state: str, reason: str
):
    post(*numbered(4))
    harvest.while_composing = lambda: steer(EVENT)
    send()
    assert (office.taken, states()) == ([], {state: 4})
    assert set(Mail.objects.values_list("reason", flat=True)) == {reason}
    bulk.go_on(EVENT)
    harvest.while_composing = lambda: None
    send()
    assert len(office.taken) == (4 if state == State.PAUSED else 0)


def test_what_comes_back_to_a_paused_mailing_is_paused_too(office: PostOffice, harvest: Harvest):
    post(*numbered(3))
    harvest.stands = Standing.WAITS
    assert not send()
    assert states() == {State.WAITING: 3}
    harvest.stands = Standing.PAUSED
    assert send()
    assert states() == {State.PAUSED: 3}
    harvest.stands = Standing.STOPPED
    assert send()
    assert states() == {State.WITHHELD: 3}


def test_mail_about_a_login_goes_between_batches(
    office: PostOffice, harvest: Harvest, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(batches, "BATCH", 3)
    post(*numbered(6))

    def ask_for_a_link() -> None:
        message = EmailMessage("Peren", "Rijp.", to=["anna@klant.example"])
        services.post(message=message, event="link", template="link", kind=Mail.Kind.SECURITY)

    harvest.while_composing = ask_for_a_link
    services.send_for(20)
    assert [one.recipient for one in office.taken].index("anna@klant.example") == 3
    assert len(office.taken) == 7


# --- Crashes ------------------------------------------------------------------------------------


def test_a_killed_worker_leaves_doubt_about_one_unit_and_the_rest_goes_on(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(batches, "STORED_EVERY", 2)
    post(*numbered(9))
    monkeypatch.setattr(batches, "store", stopped_after(2))
    with pytest.raises(KeyboardInterrupt):
        send()
    assert len(office.taken) == 6
    assert states() == {State.SENT: 4, State.SENDING: 2, State.TAKEN: 3}
    before = timezone.now() - services.CLAIM_LASTS - timedelta(seconds=1)
    Mail.objects.under_way().update(claimed_at=before)
    services.recover()
    assert states() == {State.SENT: 4, State.UNKNOWN: 2, State.WAITING: 3}
    monkeypatch.undo()
    send()
    assert states() == {State.SENT: 7, State.UNKNOWN: 2}
    assert set(office.times.values()) == {1}


def stopped_after(number: int) -> Callable[..., None]:
    """Stores what became of so many mails; then the worker is gone."""
    left, whole = iter(range(number)), batches.store

    def store(*given: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        whole(*given)

    return store


def test_a_worker_that_comes_back_too_late_sends_nothing_of_what_others_took(
    office: PostOffice, harvest: Harvest
):
    post(*numbered(3))
    harvest.while_composing = lambda: Mail.objects.update(claimed_at=timezone.now())
    send()
    assert (office.taken, states()) == ([], {State.TAKEN: 3})


def test_no_time_is_no_reason_to_lose_any(office: PostOffice):
    office.slow = 0.05
    post(*numbered(50))
    send(seconds=0.2)
    assert 0 < states()[State.SENT] < 50
    assert states()[State.WAITING] == 50 - states()[State.SENT]
    assert {mail.attempts for mail in Mail.objects.filter(state=State.WAITING)} == {0}


# --- Rates --------------------------------------------------------------------------------------


def test_what_is_over_the_rate_waits_for_the_next_minute(office: PostOffice, settings: Any):
    settings.NEWSLETTER_RATE, settings.NEWSLETTER_DOMAIN_RATE = 5, 2
    post(*numbered(4), domain="groot.example")
    post(*numbered(4))
    services.send_for(20)
    assert states() == {State.SENT: 4, State.WAITING: 4}
    domains = [one.recipient.rpartition("@")[2] for one in office.taken]
    assert sorted(domains) == ["groot.example"] * 2 + ["klant.example"] * 2
    post("ander-1@derde.example", "ander-2@vierde.example")
    services.send_for(20)
    assert states() == {State.SENT: 5, State.WAITING: 5}, "all together, too"
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    Mail.objects.filter(state=State.SENT).update(claimed_at=a_minute_ago)
    services.send_for(20)
    assert states()[State.SENT] == 10


def test_a_batch_of_ten_and_of_a_hundred_ask_as_often(office: PostOffice, settings: Any):
    """But for the two notes about every few mails; and a hundred is one batch."""
    settings.NEWSLETTER_RATE = 1000
    asked = []
    for number in (10, 100):
        Mail.objects.all().delete()
        post(*numbered(number))
        with CaptureQueriesContext(
            connection,
        ) as context:
            send()
        assert states() == {State.SENT: number}
        asked.append(len(context) - 2 * number // batches.STORED_EVERY)
    assert asked[0] == asked[1] <= 9
