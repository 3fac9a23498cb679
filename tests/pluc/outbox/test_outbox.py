"""Mail leaves through the outbox: with its cause, once, and again after a failure (STANDARDS 7)."""

import smtplib
import socket
import threading
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
from portal.accounts.models import User
from tests.houses import House

pytestmark = pytest.mark.django_db


class Postbox:
    """A mail server on loopback that keeps what it gets, refuses with a reply, or hangs up."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.recipients: list[str] = []
        self.refusal = ""
        self.hangs_up = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        self.received.append(message_from_bytes(envelope.content))
        self.recipients += envelope.rcpt_tos
        if self.hangs_up:
            server.transport.abort()
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
    services.send(mail_id=mail.pk)
    (received,) = postbox.received
    assert received["Subject"] == "Peren"
    assert received["To"] == "anna@klant.example"
    assert received["Auto-Submitted"] == "auto-generated"
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT


def test_a_task_that_runs_twice_sends_once(postbox: Postbox):
    mail = post()
    services.send(mail_id=mail.pk)
    services.send(mail_id=mail.pk)
    tasks.send_due()
    assert len(postbox.received) == 1


def test_one_event_mails_a_recipient_once():
    assert services.post(message=letter(), event="enrolled:1", template="confirmation")
    assert not services.post(message=letter(), event="enrolled:1", template="confirmation")
    assert Mail.objects.count() == 1


def test_every_recipient_gets_a_mail_of_their_own(postbox: Postbox):
    both = letter(to=["anna@klant.example"], bcc=["bram@klant.example"])
    for mail in services.post(message=both):
        services.send(mail_id=mail.pk)
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
        services.send(mail_id=mail.pk)
        mail.refresh_from_db()
        waits.append(round((mail.due_at - timezone.now()).total_seconds() / 60))
    assert waits == list(services.BACK_OFF[:3])
    assert mail.state == Mail.State.WAITING


def test_after_the_last_attempt_we_give_up_and_say_so(no_server: None, caplog: Any):
    mail = post()
    Mail.objects.update(attempts=len(services.BACK_OFF))
    services.send(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == Mail.State.GIVEN_UP
    assert "given up" in caplog.text
    assert mail.recipient not in caplog.text


def test_a_final_refusal_is_not_tried_again(postbox: Postbox):
    postbox.refusal = "550 No such mailbox"
    mail = post()
    services.send(mail_id=mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (Mail.State.GIVEN_UP, 1)


def test_a_refusal_for_now_is_tried_again(postbox: Postbox):
    postbox.refusal = "451 Try later"
    mail = post()
    services.send(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == Mail.State.WAITING


@pytest.mark.parametrize(
    ("kind", "received"),
    [(Mail.Kind.SECURITY, 1), (Mail.Kind.SERVICE, 1), (Mail.Kind.NEWSLETTER, 0)],
)
def test_after_a_crash_halfway_a_newsletter_never_goes_again_and_other_mail_does(
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


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (Mail.Kind.SECURITY, Mail.State.WAITING),
        (Mail.Kind.SERVICE, Mail.State.WAITING),
        (Mail.Kind.NEWSLETTER, Mail.State.UNKNOWN),
    ],
)
def test_a_server_that_takes_a_mail_and_hangs_up_is_not_sent_a_newsletter_twice(
    postbox: Postbox, kind: Mail.Kind, state: Mail.State
):
    postbox.hangs_up = True
    mail = post(kind=kind)
    services.send(mail_id=mail.pk)
    mail.refresh_from_db()
    assert (len(postbox.received), mail.state, mail.reason) == (1, state, "NoReply")


HELLO = ["220 hello", "250 hello"]
# What a server says before it closes, each line after the client's; and what a newsletter is then.
ENDINGS = {
    "before it greets": ([""], Mail.State.WAITING),
    "after its greeting": (["220 hello"], Mail.State.WAITING),
    "after EHLO": (HELLO, Mail.State.WAITING),
    "after MAIL": ([*HELLO, "250"], Mail.State.WAITING),
    "with a refusal of MAIL": ([*HELLO, "421 later"], Mail.State.WAITING),
    "after RCPT": ([*HELLO, "250", "250"], Mail.State.WAITING),
    "with a refusal of RCPT": ([*HELLO, "250", "421 later"], Mail.State.WAITING),
    "with a refusal of DATA": ([*HELLO, "250", "250", "421 later"], Mail.State.WAITING),
    "once it asked for the message": ([*HELLO, "250", "250", "354"], Mail.State.WAITING),
    "once it has the message": ([*HELLO, "250", "250", "354", ""], Mail.State.UNKNOWN),
    "with a refusal of the message": ([*HELLO, "250", "250", "354", "451"], Mail.State.WAITING),
}


@pytest.mark.parametrize(("lines", "state"), ENDINGS.values(), ids=ENDINGS)
@pytest.mark.either_database
def test_a_newsletter_is_unknown_only_when_all_of_it_went_and_no_answer_came(
    settings: Any, lines: list[str], state: Mail.State
):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = {"host": "127.0.0.1", "port": listener.getsockname()[1], "timeout": 5}
        settings.MAIL_SERVER = address
        mail = post(kind=Mail.Kind.NEWSLETTER)
        server = threading.Thread(target=recite, args=[listener, lines])
        server.start()
        services.send(mail_id=mail.pk)
        server.join()
    mail.refresh_from_db()
    assert mail.state == state


def recite(listener: socket.socket, lines: list[str]) -> None:
    """Serves one client by rote: a line, then what the client answers; closes with the last."""
    client, _ = listener.accept()
    with client, client.makefile("rb") as heard:
        for line in lines[:-1]:
            client.sendall(f"{line}\r\n".encode())
            while (said := heard.readline()) and line == "354" and said != b".\r\n":
                pass
        # The last line and the end of the line travel together, so that no chance decides.
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
        client.sendall(f"{lines[-1]}\r\n".encode() if lines[-1] else b"")
        client.shutdown(socket.SHUT_WR)
        heard.read()


def test_an_address_in_another_script_is_translated_for_the_server(postbox: Postbox):
    (mail,) = services.post(message=letter(to=["anna@käse.example"]))
    services.send(mail_id=mail.pk)
    assert postbox.recipients == ["anna@xn--kse-qla.example"]


def test_a_mail_that_cannot_be_sent_does_not_hold_up_those_behind_it(postbox: Postbox):
    bad, good = post(), services.post(message=letter())[0]
    Mail.objects.filter(pk=bad.pk).update(sender="ånna\r\n@pluc.example")
    services.send_for(seconds=20)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (Mail.State.GIVEN_UP, Mail.State.SENT)


def test_the_most_urgent_mail_goes_first(postbox: Postbox):
    kinds = [Mail.Kind.NEWSLETTER, Mail.Kind.SERVICE, Mail.Kind.SECURITY]
    for kind in [*kinds, *kinds]:
        services.post(message=letter(subject=kind.value), kind=kind)
    services.send_for(seconds=20)
    order = [received["Subject"] for received in postbox.received]
    assert order == ["security"] * 2 + ["service"] * 2 + ["newsletter"] * 2


def test_a_resent_mail_keeps_its_identity(postbox: Postbox):
    mail = post()
    services.send(mail_id=mail.pk)
    Mail.objects.update(state=Mail.State.WAITING)
    services.send(mail_id=mail.pk)
    assert len({received["Message-ID"] for received in postbox.received}) == 1


def test_mail_that_waits_too_long_raises_an_alarm(caplog: Any):
    post()
    assert services.alarm() == 0
    Mail.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert services.alarm() == 1
    assert "waiting" in caplog.text


def test_a_line_break_in_a_subject_is_refused():
    with pytest.raises(BadHeaderError):
        services.post(message=letter(subject="Peren\r\nBcc: iedereen@klant.example"))
    assert not Mail.objects.exists()


# --- The mail server is away (STANDARDS 7.12) ----------------------------------------------------


def test_a_page_answers_and_its_mail_waits_while_the_server_is_away(
    house: House, participant: User, no_server: None, caplog: Any
):
    address = house.portal_path("/account/wachtwoord/vergeten/")
    answer = house.guest().post(address, {"email": participant.email})
    assert answer.status_code == 302
    tasks.send_due()
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.recipient) == ("waiting", 1, participant.email)
    assert mail.due_at > timezone.now()
    Mail.objects.update(created_at=timezone.now() - timedelta(hours=2))
    tasks.send_due()
    assert "1 e-mails have been waiting" in caplog.text
    assert participant.email not in caplog.text


def test_without_a_server_mail_becomes_a_file(settings: Any, tmp_path: Any):
    settings.MAIL_SERVER, settings.MAIL_DIR = None, tmp_path / "mail"
    services.send(mail_id=post().pk)
    (path,) = settings.MAIL_DIR.iterdir()
    assert path.suffix == ".eml"
    assert message_from_bytes(path.read_bytes())["Subject"] == "Peren"


def test_smtp_errors_are_what_the_outbox_catches():
    assert issubclass(smtplib.SMTPException, OSError)
