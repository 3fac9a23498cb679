"""Mail leaves through the outbox: with its cause, once, and again after a failure (STANDARDS 7)."""

import smtplib
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from pluc.outbox import services, tasks
from pluc.outbox.models import Mail

pytestmark = pytest.mark.django_db


class Postbox:
    """A mail server on loopback that keeps what it gets, or refuses with a reply."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.refusal = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        self.received.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.MAIL_SERVER = {"host": "127.0.0.1", "port": controller.port, "timeout": 5}
    yield box
    controller.stop()


@pytest.fixture
def no_server(settings: Any) -> None:
    settings.MAIL_SERVER = {"host": "127.0.0.1", "port": free_port(), "timeout": 1}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def letter(**fields: Any) -> EmailMessage:
    fields = {"subject": "Peren", "body": "Ze zijn rijp.", "to": ["anna@klant.example"]} | fields
    return EmailMessage(from_email="PLUC! <backoffice@pluc.example>", **fields)


def post(**fields: Any) -> Mail:
    (mail,) = services.post(message=letter(), event="test", template="pears", **fields)
    return mail


def test_a_mail_arrives_at_a_real_server(postbox: Postbox):
    mail = post()
    tasks.send(str(mail.pk))
    (received,) = postbox.received
    assert received["Subject"] == "Peren"
    assert received["To"] == "anna@klant.example"
    assert received["Auto-Submitted"] == "auto-generated"
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT


def test_a_task_that_runs_twice_sends_once(postbox: Postbox):
    mail = post()
    tasks.send(str(mail.pk))
    tasks.send(str(mail.pk))
    tasks.send_due()
    assert len(postbox.received) == 1


def test_one_event_mails_a_recipient_once():
    assert services.post(message=letter(), event="enrolled:1", template="confirmation")
    assert not services.post(message=letter(), event="enrolled:1", template="confirmation")
    assert Mail.objects.count() == 1


def test_every_recipient_gets_a_mail_of_their_own(postbox: Postbox):
    both = letter(to=["anna@klant.example"], bcc=["bram@klant.example"])
    for mail in services.post(message=both):
        tasks.send(str(mail.pk))
    assert sorted(received["To"] for received in postbox.received) == [
        "anna@klant.example",
        "bram@klant.example",
    ]


def test_a_transaction_that_is_rolled_back_leaves_no_mail():
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_a_mail_that_a_library_sends_goes_through_the_outbox():
    connection = get_connection("pluc.outbox.backend.OutboxBackend")
    connection.send_messages([letter(subject="Ter beoordeling")])
    assert b"Ter beoordeling" in bytes(Mail.objects.get().message)


def test_while_the_server_is_away_a_mail_waits_longer_each_time(no_server: None):
    mail = post()
    waits = []
    for _ in range(3):
        Mail.objects.update(due_at=timezone.now())
        tasks.send(str(mail.pk))
        mail.refresh_from_db()
        waits.append(round((mail.due_at - timezone.now()).total_seconds() / 60))
    assert waits == list(services.BACK_OFF[:3])
    assert mail.state == Mail.State.WAITING


def test_after_the_last_attempt_we_give_up_and_say_so(no_server: None, caplog: Any):
    mail = post()
    Mail.objects.update(attempts=len(services.BACK_OFF))
    tasks.send(str(mail.pk))
    mail.refresh_from_db()
    assert mail.state == Mail.State.GIVEN_UP
    assert "given up" in caplog.text
    assert mail.recipient not in caplog.text


def test_a_final_refusal_is_not_tried_again(postbox: Postbox):
    postbox.refusal = "550 No such mailbox"
    mail = post()
    tasks.send(str(mail.pk))
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (Mail.State.GIVEN_UP, 1)


def test_a_refusal_for_now_is_tried_again(postbox: Postbox):
    postbox.refusal = "451 Try later"
    mail = post()
    tasks.send(str(mail.pk))
    mail.refresh_from_db()
    assert mail.state == Mail.State.WAITING


@pytest.mark.parametrize(("kind", "received"), [(Mail.Kind.SERVICE, 1), (Mail.Kind.NEWSLETTER, 0)])
def test_after_a_crash_halfway_service_mail_goes_again_and_a_newsletter_never(
    postbox: Postbox, kind: Mail.Kind, received: int
):
    mail = post(kind=kind)
    services.claim(mail.pk)  # and then the worker was killed
    Mail.objects.update(claimed_at=timezone.now() - services.CLAIM_LASTS - timedelta(seconds=1))
    tasks.send_due()
    tasks.send_due()
    assert len(postbox.received) == received
    mail.refresh_from_db()
    assert mail.state == (Mail.State.SENT if received else Mail.State.UNKNOWN)


def test_a_resent_mail_keeps_its_identity(postbox: Postbox):
    mail = post()
    tasks.send(str(mail.pk))
    Mail.objects.update(state=Mail.State.WAITING)
    tasks.send(str(mail.pk))
    assert len({received["Message-ID"] for received in postbox.received}) == 1


def test_mail_that_waits_too_long_raises_an_alarm(caplog: Any):
    post()
    assert services.alarm() == 0
    Mail.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert services.alarm() == 1
    assert "waiting" in caplog.text


def test_mail_is_purged_after_its_retention_and_not_before():
    post()
    old = timezone.now() - services.SENT_IS_KEPT - timedelta(days=1)
    Mail.objects.update(created_at=old)
    assert services.purge() == 0  # it still waits to be sent
    Mail.objects.update(state=Mail.State.SENT)
    assert services.purge() == 1


def test_a_line_break_in_a_subject_is_refused():
    with pytest.raises(BadHeaderError):
        services.post(message=letter(subject="Peren\r\nBcc: iedereen@klant.example"))
    assert not Mail.objects.exists()


def test_without_a_server_mail_becomes_a_file(settings: Any, tmp_path: Any):
    settings.MAIL_SERVER, settings.MAIL_DIR = None, tmp_path / "mail"
    tasks.send(str(post().pk))
    (path,) = settings.MAIL_DIR.iterdir()
    assert path.suffix == ".eml"
    assert message_from_bytes(path.read_bytes())["Subject"] == "Peren"


def test_smtp_errors_are_what_the_outbox_catches():
    assert issubclass(smtplib.SMTPException, OSError)
