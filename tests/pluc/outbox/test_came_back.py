"""What came back is taken in once, by a mailbox (IMAP) or a signed request (Standard Webhooks)."""

import base64
import hashlib
import hmac
import imaplib
import json
import logging
import socket
import ssl
import subprocess
import sys
import threading
import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from pluc import periods
from pluc.environment import read_mailbox, read_webhook_secrets
from pluc.outbox import mailbox, returns, tasks
from pluc.outbox.incoming import READ_AT_MOST
from pluc.outbox.models import Mail, Return
from pluc.outbox.return_addresses import bounce_address, leave_address
from tests.live_site import free_port
from tests.pluc.outbox.reports import block, complaint, dsn, joined, letter
from tests.tls import own_certificate

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


class Ear:
    """Hears what came back."""

    def __init__(self):
        self.heard = []
        self.is_deaf = False

    def bounced(self, mail, is_hard):
        if self.is_deaf:
            raise RuntimeError("deaf")
        self.heard.append(("bounced", mail.pk, is_hard))

    def complained(self, mail, subscription_id):
        self.heard.append(("complained", mail.pk if mail else subscription_id))

    def left(self, subscription_id):
        self.heard.append(("left", subscription_id))


@pytest.fixture
def ear(monkeypatch):
    one = Ear()
    listener = returns.Listener(bounced=one.bounced, complained=one.complained, left=one.left)
    monkeypatch.setattr(returns, "LISTENERS", [listener])
    return one


def issue(email="anna@klant.example"):
    return Mail.objects.create(
        event=f"newsletter:{uuid.uuid4()}",
        template="newsletter/issue",
        recipient=email,
        kind=Mail.Kind.NEWSLETTER,
        state=Mail.State.SENT,
    )


# --- The mailbox ---------------------------------------------------------------------------------


class Server:
    """pymap, a real IMAP server, in a process of its own."""

    def __init__(self):
        self.port = free_port()
        program = str(Path(sys.executable).parent / "pymap")
        services = ["--no-service", "admin", "--no-service", "managesieve"]
        login = ["dict", "--demo-user", "terug", "--demo-password", "geheim/woord"]
        command = [program, "--host", "127.0.0.1", "--port", str(self.port), "--no-tls", *services]
        self.process = subprocess.Popen([*command, *login], stderr=subprocess.DEVNULL)
        self.wait()

    def wait(self):
        """Until it answers; ends where it ended by itself."""
        while self.process.poll() is None:
            try:
                return self.client
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("The IMAP server did not start.")

    @cached_property
    def client(self):
        """Signed in once: that takes this server a third of a second."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=5)
        client.login("terug", "geheim/woord")
        return client

    def put(self, *mails, folder="INBOX", at=None):
        moment = imaplib.Time2Internaldate(at or datetime.now(UTC))
        for mail in mails:
            self.client.append(folder, None, moment, mail)

    def numbers_in(self, folder, criterion="ALL"):
        if self.client.select(folder, readonly=True)[0] != "OK":
            return 0
        found = self.client.search(None, criterion)[1][0]
        return len(found.split())

    def empty(self):
        for folder in ("INBOX", mailbox.READ_FOLDER):
            if self.client.select(folder)[0] == "OK":
                self.client.store("1:*", "+FLAGS", "\\Deleted")
                self.client.expunge()


@pytest.fixture(scope="module")
def imap():
    server = Server()
    yield server
    server.process.terminate()
    server.process.wait(10)


@pytest.fixture
def server(imap, settings):
    imap.empty()
    address = f"imap://terug:geheim%2Fwoord@127.0.0.1:{imap.port}/INBOX"
    settings.RETURNS_MAILBOX = read_mailbox(address)
    return imap


@pytest.mark.each_database
def test_a_mailbox_is_read_and_what_is_understood_put_away(server, ear):
    hard, soft, spam = issue(), issue(), issue()
    leaver = uuid.uuid4()
    server.put(
        dsn(to=bounce_address(hard.pk)),
        dsn(block(status="4.2.2"), to=bounce_address(soft.pk)),
        complaint(original=joined(f"Return-Path: <{bounce_address(spam.pk)}>")),
        letter(to=leave_address(leaver)),
        letter(to="backoffice@pluc.example"),
        dsn(to=bounce_address(uuid.uuid4())),  # about a mail that is gone
        b"X" * (READ_AT_MOST * 2),
    )
    tasks.read_mailbox()
    assert ear.heard == [
        ("bounced", hard.pk, True),
        ("bounced", soft.pk, False),
        ("complained", spam.pk),
        ("left", leaver),
    ]
    assert server.numbers_in("INBOX", "UNSEEN") == server.numbers_in("INBOX") == 3
    assert server.numbers_in(mailbox.READ_FOLDER, "SEEN") == 4
    unclear = Return.objects.filter(kind=Return.Kind.UNCLEAR)
    assert sorted(unclear.values_list("why", flat=True)) == ["gone", "no report", "no report"]
    tasks.read_mailbox()
    server.put(dsn(to=bounce_address(hard.pk)))  # the same report once more
    tasks.read_mailbox()
    assert (len(ear.heard), Return.objects.count()) == (4, 7)


@pytest.mark.each_database
def test_one_mail_that_fails_stops_no_other_and_is_tried_again(server, ear, caplog):
    broken, mail = issue(), issue()
    server.put(dsn(to=bounce_address(broken.pk)), letter(to=leave_address(mail.pk)))
    ear.is_deaf = True
    tasks.read_mailbox()
    assert ear.heard == [("left", mail.pk)]
    assert [one.levelname for one in caplog.records if "taken in" in one.message] == ["ERROR"]
    assert "anna@" not in caplog.text
    ear.is_deaf = False
    tasks.read_mailbox()
    assert ear.heard[1:] == [("bounced", broken.pk, True)]


def test_what_was_read_is_deleted_when_its_time_is_over(server, ear):
    server.put(letter(to=leave_address(uuid.uuid4())))
    tasks.read_mailbox()
    with time_machine.travel(datetime.now(UTC) + periods.READ_MAIL):
        tasks.read_mailbox()
    assert server.numbers_in(mailbox.READ_FOLDER) == 1
    with time_machine.travel(datetime.now(UTC) + 2 * periods.DAY + periods.READ_MAIL):
        tasks.read_mailbox()
    assert server.numbers_in(mailbox.READ_FOLDER) == 0


def test_a_run_ends_after_so_many_mails_and_the_next_goes_on(server, ear, monkeypatch):
    monkeypatch.setattr(mailbox, "MAILS_AT_ONCE", 2)
    server.put(*[letter(to="x@pluc.example")] * 2, letter(to=leave_address(uuid.uuid4())))
    tasks.read_mailbox()
    assert ear.heard == []
    tasks.read_mailbox()
    assert len(ear.heard) == 1


def test_a_server_that_is_away_is_one_line_and_staff_are_told(settings, caplog):
    settings.RETURNS_MAILBOX = read_mailbox(f"imap://terug:geheim@127.0.0.1:{free_port()}/INBOX")
    caplog.set_level(logging.INFO)
    tasks.read_mailbox()
    (line,) = [one for one in caplog.records if one.name == "pluc.outbox"]
    assert (line.levelname, line.exc_info) == ("ERROR", None)
    assert "geheim" not in caplog.text
    assert mailbox.fault() == "ConnectionRefusedError"


def test_a_server_that_never_answers_is_given_up(settings, monkeypatch):
    monkeypatch.setattr(mailbox, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        settings.RETURNS_MAILBOX = read_mailbox(f"imap://terug:geheim@127.0.0.1:{port}/INBOX")
        tasks.read_mailbox()
    assert mailbox.fault() == "TimeoutError"


@pytest.mark.each_database
def test_a_server_that_cannot_prove_its_name_gets_no_password(settings, tmp_path):
    """`imaplib` by itself takes any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(tmp_path, "localhost"))
    heard = []

    def serve(listening):
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            heard.append(context.wrap_socket(connection, server_side=True).recv(100))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=serve, args=[listening])
        server.start()
        port = listening.getsockname()[1]
        settings.RETURNS_MAILBOX = read_mailbox(f"imaps://terug:geheim@localhost:{port}/INBOX")
        tasks.read_mailbox()
        server.join(10)
    assert (mailbox.fault(), heard) == ("SSLCertVerificationError", [])


def test_a_wrong_password_is_told_and_goes_by(server, settings, ear):
    right = settings.RETURNS_MAILBOX
    settings.RETURNS_MAILBOX = read_mailbox(f"imap://terug:fout@localhost:{server.port}/INBOX")
    tasks.read_mailbox()
    assert mailbox.fault() == "MailboxLoginError"
    settings.RETURNS_MAILBOX = right
    tasks.read_mailbox()
    assert mailbox.fault() == ""


# --- The signed request --------------------------------------------------------------------------

SECRET, OLDER = (f"whsec_{base64.b64encode(letter * 32).decode()}" for letter in (b"a", b"b"))
ADDRESS = "/mail/terug/"


@pytest.fixture
def secrets(settings):
    settings.RETURNS_WEBHOOK_KEYS = read_webhook_secrets([SECRET, OLDER])


def report(mail=None, kind="mail.bounced", **data):
    data = {"sender": bounce_address(mail.pk if mail else uuid.uuid4()), "status": "5.1.1"} | data
    return json.dumps({"type": kind, "timestamp": "2026-11-27T12:00:00Z", "data": data}).encode()


def post(client, body, *, secret=SECRET, name="msg_1", moment=None, **headers):
    """As the sending side of the specification does it, in its own words."""
    stamp = str(int(time.time()) if moment is None else moment)
    key = base64.b64decode(secret.split("_")[1])
    digest = hmac.new(key, f"{name}.{stamp}.".encode() + body, hashlib.sha256).digest()
    given = {
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1a,x v1,{base64.b64encode(digest).decode()}",
    }
    sent = {name: value for name, value in (given | headers).items() if value is not None}
    return client.post(ADDRESS, body, content_type="application/json", headers=sent)


@pytest.mark.each_database
def test_a_signed_report_is_taken_in_and_a_replay_is_not(client, secrets, ear):
    mail, other = issue(), issue()
    assert post(client, report(mail)).status_code == 204
    assert post(client, report(mail)).status_code == 204
    assert post(client, report(other, "mail.complained"), secret=OLDER, name="2").status_code == 204
    assert ear.heard == [("bounced", mail.pk, True), ("complained", other.pk)]
    for _ in range(2):
        assert post(client, report(), name="3").status_code == 204
        assert post(client, report(kind="mail.opened"), name="4").status_code == 204
        assert post(client, report(mail, status="2.0.0"), name="5").status_code == 204
    unclear = Return.objects.filter(kind=Return.Kind.UNCLEAR)
    assert sorted(unclear.values_list("why", flat=True)) == ["gone", "not failed", "other report"]
    assert len(ear.heard) == 2


@pytest.mark.each_database
def test_a_report_that_is_not_signed_by_us_and_now_is_refused(client, secrets, ear):
    body, now = report(issue()), int(time.time())
    third = f"whsec_{base64.b64encode(b'c' * 32).decode()}"
    refused = [
        client.post(ADDRESS, body, content_type="application/json"),
        post(client, body, secret=third),
        post(client, body, moment=now - 301),
        post(client, body, moment=now + 302),
        post(client, body, moment="-1"),
        post(client, body, moment="9" * 400),
        post(client, body, name=""),
        post(client, body, name="x" * 300),
        *(
            post(client, body, **{"webhook-signature": value})
            for value in ("", "v1", "v1,é", "v2,")
        ),
        post(client, body, **{"webhook-timestamp": str(now - 1)}),
        post(client, body, **{"webhook-id": "msg_2"}),
    ]
    assert [one.status_code for one in refused] == [401] * len(refused)
    assert ear.heard == []
    assert post(client, body, moment=now - 290).status_code == 204


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[" * 50_000, 400),
        (b"\xff\x00", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'{"type": 1, "data": {}}', 400),
        (b'{"type": "mail.bounced", "data": []}', 400),
        (b'{"type": "mail.bounced", "data": {"sender": 1, "status": "5.1.1"}}', 400),
        (b'{"type": "mail.bounced", "data": {"sender": "x"}}', 400),
        (b'{"type": "mail.bounced", "data": {"sender": "x", "status": "9.1"}}', 400),
        (b'{"type": "mail.bounced", "data": {"sender": "\\u0000\\ud800", "status": "5.1.1"}}', 204),
        (b'{"type": "mail.complained", "data": {"sender": ""}}', 204),
        (b'{"type": "\\u0000", "data": {}}', 204),
        (b" " * (64 * 1024 + 1), 413),
    ],
)
def test_a_signed_report_of_any_shape_is_answered_and_breaks_nothing(client, secrets, body, status):
    assert post(client, body).status_code == status


def test_without_a_secret_there_is_no_such_address(client):
    assert post(client, report()).status_code == 404
    assert client.get(ADDRESS).status_code == 405


# --- What may be set -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "imap://terug:geheim@mail.example/INBOX",
        "pop3://terug:geheim@localhost",
        "imaps://mail.example/INBOX",
        "imaps://terug:geheim@mail.example:x/",
    ],
)
def test_a_mailbox_that_cannot_be_stops_the_start(address):
    with pytest.raises(ImproperlyConfigured, match=r"^RETURNS_IMAP_URL") as told:
        read_mailbox(address)
    assert "geheim" not in str(told.value)


def test_a_mailbox_is_read_from_its_address():
    box = read_mailbox("imaps://terug%40pluc.example:a%2Fb@mail.example/Terug")
    assert (box.user, box.password, box.port, box.folder) == (
        "terug@pluc.example",
        "a/b",
        993,
        "Terug",
    )
    assert "a/b" not in repr(box)
    assert read_mailbox("") is None


@pytest.mark.parametrize("secret", ["geheim", "whsec_", "whsec_YWJj", "whsec_é", SECRET[6:]])
def test_a_secret_that_is_none_stops_the_start(secret):
    with pytest.raises(ImproperlyConfigured, match=r"^RETURNS_WEBHOOK_SECRET"):
        read_webhook_secrets([SECRET, secret])
