"""Messages on their way: signed, in order, tried again, given up (docs/decisions/0051)."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook, WebhookVerificationError

from headless.webhooks import tasks
from headless.webhooks.models import Delivery, Endpoint, Event
from headless.webhooks.services import endpoints, sending
from headless.webhooks.services.telling import Happening, tell
from pluc.deeds import Refused
from pluc.outbox.models import Mail
from pluc.outbox.outcomes import BACK_OFF
from pluc.periods import SECRETS_OVERLAP, WEBHOOK_FAILS
from tests.factories import UserFactory
from tests.receivers import Receiver, endpoint_at, receiving, send_all, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
State, Reason = Delivery.State, Delivery.Reason


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def made(receiver: Receiver) -> tuple[Endpoint, str]:
    return endpoint_at(receiver.address)


def happen(*numbers: int, event: Event = Event.PAGE_PUBLISHED) -> None:
    for number in numbers:
        path = f"/api/v2/pages/{number}/"
        tell(Happening(event=event, subject=f"page:{number}", object_id=number, path=path))


def later(**period: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**period))


def again() -> Endpoint:
    return Endpoint.objects.get()


def test_a_message_is_signed_and_delivered_once(receiver: Receiver, made: tuple[Endpoint, str]):
    happen(1, 2)
    send_all()
    send_all()
    assert [one["data"]["id"] for one in receiver.verified(made[1])] == [1, 2]
    first = Delivery.objects.earliest("pk")
    assert (first.state, first.status, first.attempts) == (State.DELIVERED, 204, 1)
    assert receiver.got[0][0]["webhook-id"] == first.name
    with pytest.raises(WebhookVerificationError):
        Webhook(made[1]).verify(receiver.got[0][1] + " ", receiver.got[0][0])


@pytest.mark.usefixtures("made")
def test_an_attempt_has_its_own_moment_and_the_same_id(receiver: Receiver):
    receiver.status = 503
    happen(1)
    send_all()
    ((headers, body),) = receiver.got
    (message,) = waiting()
    assert (message.status, message.reason) == (503, Reason.ANSWER)
    with later(minutes=BACK_OFF[0], seconds=1):
        receiver.status = 200
        send_all()
    once_more, same = receiver.got[1]
    assert (once_more["webhook-id"], same) == (headers["webhook-id"], body)
    assert int(once_more["webhook-timestamp"]) >= int(headers["webhook-timestamp"]) + 60
    assert once_more["webhook-signature"] != headers["webhook-signature"]


@pytest.mark.usefixtures("made")
def test_messages_about_one_object_keep_their_order_and_others_go_on(receiver: Receiver):
    happen(1)
    happen(1, event=Event.PAGE_UNPUBLISHED)
    happen(2)
    Delivery.objects.filter(pk=waiting()[0].pk).update(due_at=timezone.now() + timedelta(hours=1))
    send_all()
    assert receiver.told == [("page.published", 2)]
    with later(hours=2):
        send_all()
    assert receiver.told[1:] == [("page.published", 1), ("page.unpublished", 1)]


@pytest.mark.either_database
def test_two_signatures_while_a_secret_takes_over(receiver: Receiver, made: tuple[Endpoint, str]):
    endpoint, former = made
    _, secret = endpoints.renew_secret(endpoint_id=endpoint.pk, by=UserFactory())
    happen(1)
    send_all()
    assert receiver.verified(former) == receiver.verified(secret)
    receiver.got.clear()
    with later(seconds=SECRETS_OVERLAP.total_seconds() + 1):
        tasks.keep_telling()
        assert again().former_secret == ""
        happen(2)
        send_all()
        assert len(receiver.verified(secret)) == 1
        with pytest.raises(WebhookVerificationError):
            receiver.verified(former)


@pytest.mark.either_database
def test_a_secret_is_encrypted_and_outlives_a_change_of_the_secret_key(
    receiver: Receiver, made: tuple[Endpoint, str], settings: Settings
):
    endpoint, secret = made
    assert secret not in endpoint.secret
    settings.SECRET_KEY_FALLBACKS = [django_settings.SECRET_KEY]
    settings.SECRET_KEY = "x" * 40
    happen(1)
    tasks.keep_telling()
    assert len(receiver.verified(secret)) == 1
    settings.SECRET_KEY_FALLBACKS = []
    happen(2)
    send_all()
    assert len(receiver.got) == 2, "it was encrypted anew while the former key was there"


@pytest.mark.either_database
def test_without_the_key_a_message_waits_until_there_is_another_secret(
    receiver: Receiver, made: tuple[Endpoint, str]
):
    Endpoint.objects.update(secret="niet meer te lezen")
    happen(1)
    send_all()
    (message,) = waiting()
    assert message.reason == Reason.NO_SECRET
    _, secret = endpoints.renew_secret(endpoint_id=made[0].pk, by=UserFactory())
    endpoints.send_again(delivery_id=message.pk, by=UserFactory())
    send_all()
    assert len(receiver.verified(secret)) == 1


@pytest.mark.either_database
@pytest.mark.usefixtures("made")
def test_a_receiver_that_redirects_or_is_away_leaves_a_message_waiting(receiver: Receiver):
    receiver.status = 302
    happen(1)
    send_all()
    (message,) = waiting()
    assert (message.status, message.reason) == (302, Reason.REDIRECT)
    Endpoint.objects.update(address="http://127.0.0.1:9/", rests_until=None)
    happen(2)
    send_all()
    assert [one.reason for one in waiting()] == [Reason.REDIRECT, Reason.CONNECTION]
    Endpoint.objects.update(address="https://10.0.0.1/", rests_until=None)
    happen(3)
    send_all()
    assert waiting()[2].reason == Reason.NOT_PUBLIC


@pytest.mark.usefixtures("made")
def test_an_endpoint_that_fails_is_left_alone_for_a_while(receiver: Receiver):
    """Not each of a thousand messages is tried at a receiver that is away."""
    receiver.status = 500
    happen(*range(1, 30))
    send_all()
    assert len(receiver.got) == 2, "the second attempt is at once, for it may be one bad message"
    assert again().failures == 2
    receiver.status = 200
    with later(minutes=3):
        send_all()
    assert (again().failures, again().rests_until, len(waiting())) == (0, None, 0)


def fail_for(receiver: Receiver, period: timedelta) -> datetime:
    """Lets everything fail, an attempt whenever one is due, until `period` is over."""
    receiver.status = 500
    moment = start = timezone.now()
    with time_machine.travel(moment, tick=False) as clock:
        happen(1)
        while moment - start < period:
            clock.move_to(moment)
            Endpoint.objects.update(rests_until=None)
            send_all()
            moment += timedelta(hours=6)
    return moment


@pytest.mark.either_database
@pytest.mark.usefixtures("made")
def test_a_message_is_given_up_after_some_days(receiver: Receiver):
    fail_for(receiver, WEBHOOK_FAILS - timedelta(hours=6))
    message = Delivery.objects.get()
    assert (message.state, message.attempts) == (State.GIVEN_UP, len(BACK_OFF) + 1)
    assert again().state == Endpoint.State.ACTIVE


@pytest.mark.either_database
@pytest.mark.usefixtures("made")
def test_an_endpoint_is_switched_off_after_days_with_one_mail(receiver: Receiver):
    moment = fail_for(receiver, WEBHOOK_FAILS)
    with time_machine.travel(moment):
        happen(2)
        send_all()
        assert again().state == Endpoint.State.DISABLED
        mail = Mail.objects.get(template="webhooks/disabled")
        assert again().name in bytes(mail.message).decode()
        happen(3)
        assert Delivery.objects.filter(subject="page:3").count() == 0
        endpoints.go_on(endpoint_id=again().pk, by=UserFactory())
        receiver.status = 200
        send_all()
    assert receiver.told[-1] == ("page.published", 2)
    assert Mail.objects.filter(template="webhooks/disabled").count() == 1


@pytest.mark.either_database
@pytest.mark.usefixtures("made")
def test_a_receiver_that_says_it_is_gone_is_switched_off_at_once(receiver: Receiver):
    receiver.status = 410
    happen(1, 2)
    send_all()
    assert (again().state, len(receiver.got)) == (Endpoint.State.DISABLED, 1)


@pytest.mark.either_database
def test_what_happens_while_it_is_paused_is_sent_after(
    receiver: Receiver, made: tuple[Endpoint, str]
):
    by = UserFactory()
    endpoints.pause(endpoint_id=made[0].pk, by=by)
    happen(1)
    send_all()
    assert receiver.got == []
    with pytest.raises(Refused):
        endpoints.send_test(endpoint_id=made[0].pk, by=by)
    endpoints.go_on(endpoint_id=made[0].pk, by=by)
    send_all()
    assert receiver.told == [("page.published", 1)]


@pytest.mark.either_database
def test_sent_again_it_is_the_same_message(receiver: Receiver, made: tuple[Endpoint, str]):
    happen(1)
    send_all()
    endpoints.send_again(delivery_id=Delivery.objects.get().pk, by=UserFactory())
    send_all()
    (first, body), (second, same) = receiver.got
    assert (first["webhook-id"], body) == (second["webhook-id"], same)
    endpoints.send_test(endpoint_id=made[0].pk, by=UserFactory())
    send_all()
    assert [kind for kind, _ in receiver.told] == ["page.published"] * 2 + ["webhook.test"]


@pytest.mark.usefixtures("made")
def test_what_a_killed_worker_left_goes_again_and_its_late_word_does_not_count():
    happen(1)
    taken = sending.claim(waiting()[0].pk)
    assert taken is not None
    assert sending.claim(taken.pk) is None
    sending.recover()
    assert waiting() == []
    with later(minutes=6):
        sending.recover()
        assert len(waiting()) == 1
        sending.settle(taken, sending.Outcome(200))
        assert len(waiting()) == 1


@pytest.mark.usefixtures("made")
def test_moments_of_a_wrong_clock_are_set_right():
    happen(1)
    far = timezone.now() + timedelta(days=30)
    Delivery.objects.update(due_at=far)
    Endpoint.objects.update(rests_until=far)
    sending.recover()
    assert waiting()[0].due_at <= timezone.now()
    assert again().rests_until is None


@pytest.mark.either_database
def test_an_endpoint_that_is_gone_is_told_so_to_a_colleague():
    with pytest.raises(Refused, match="collega"):
        endpoints.pause(endpoint_id=uuid.uuid4(), by=UserFactory())
