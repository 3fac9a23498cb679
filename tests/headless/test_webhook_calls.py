"""Where a message may go, and what becomes of one that meets a bad receiver."""

import ipaddress
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from headless.webhooks import calling
from headless.webhooks.addresses import is_allowed, target_of
from headless.webhooks.calling import CallFailed
from headless.webhooks.models import Delivery
from tests.receivers import DRIPS, Receiver, receiving
from tests.tls import own_certificate

Reason = Delivery.Reason

# --- Addresses -----------------------------------------------------------------------------------

SAFE = {
    "https://hook.peren.example/pluc": "https://hook.peren.example/pluc",
    "https://hook.peren.example:8443/a?b=c": "https://hook.peren.example:8443/a?b=c",
    "https://hook.peren.example:443": "https://hook.peren.example/",
    "https://HOOK.Peren.example./": "https://hook.peren.example/",
    "https://pérén.example/é": "https://xn--prn-bmab.example/%C3%A9",
    "https://93.184.216.34/": "https://93.184.216.34/",
    "https://[2606:2800:220:1::1]/": "https://[2606:2800:220:1::1]/",
}
REFUSED = (
    "http://hook.peren.example/",
    "ftp://hook.peren.example/",
    "hook",
    "",
    "https://user:geheim@hook.peren.example/",
    "https://user@hook.peren.example/",
    "https://hook.peren.example/#deel",
    "https://hook.peren.example:22/",
    "https://hook.peren.example:99999/",
    "https://hook.peren.example:0/",
    "https://home.arpa/",
    "https://localhost/",
    "https://localhost.:8443/",
    "https://hook.localhost/",
    "https://ⓛocalhost/",
    "https://printer/",
    "https://nas.local/",
    "https://db.internal/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://１２７.0.0.1/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://hook.peren.example\u202e/",
    "https://hook.peren.example /",
    "https://pluc.nl/api/",
)


def test_an_address_is_read_as_it_will_be_called(settings: Settings):
    settings.WEBHOOKS_TO_LOOPBACK = False
    assert {typed: target_of(typed).address for typed in SAFE} == SAFE


def test_an_address_that_leads_inside_is_refused(settings: Settings):
    settings.WEBHOOKS_TO_LOOPBACK = False
    settings.SITE_URL = "https://pluc.nl"
    taken = []
    for typed in REFUSED:
        try:
            taken.append((typed, target_of(typed)))
        except ValidationError:
            continue
    assert taken == []


def test_ones_own_machine_is_allowed_only_there_where_a_setting_says_so(settings: Settings):
    assert target_of("http://localhost:9000/hook").port == 9000
    with pytest.raises(ValidationError):
        target_of("http://10.0.0.1:9000/hook")
    settings.WEBHOOKS_TO_LOOPBACK = False
    with pytest.raises(ValidationError):
        target_of("http://localhost:9000/hook")


@pytest.mark.parametrize(
    ("number", "is_fine"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("2002:5db8:d822::1", True),
        ("127.0.0.1", False),
        ("100.64.0.1", False),
        ("192.168.1.1", False),
        ("239.1.1.1", False),
        ("255.255.255.255", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("2002:a00:1::1", False),
        ("2001:0:7f00:1::", False),
        ("::5db8:d822", False),
        ("fec0::1", False),
        ("ff0e::1", False),
        ("fe80::1%2", False),
        ("3fff::1", False),
        ("3fff:fff::1", False),
        ("4000::1", False),
        ("5f00::1", False),
        ("192.88.99.1", False),
        ("::ffff:192.88.99.1", False),
        ("2002:c058:6301::1", False),
        ("192.0.0.9", False),
        ("192.0.0.200", False),
    ],
)
def test_a_machine_is_judged_by_what_its_number_stands_for(number: str, *, is_fine: bool):
    assert is_allowed(ipaddress.ip_address(number), to_loopback=False) is is_fine


# --- Calls ---------------------------------------------------------------------------------------


def call(address: str) -> int:
    return calling.call(target_of(address), body=b"{}", headers={"webhook-id": "msg_1"})


def reason_of(address: str) -> str:
    with pytest.raises(CallFailed) as failed:
        call(address)
    return failed.value.reason


def names(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Makes a resolver that gives these answers one after the other; returns who it was asked."""
    left, asked, real = list(answers), [], socket.getaddrinfo

    def resolver(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if not host.endswith(".example"):
            return real(host, port, *args, **kwargs)
        asked.append(host)
        numbers = left.pop(0) if len(left) > 1 else left[0]
        return [row for one in numbers for row in real(one, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    return asked


def test_a_call_posts_and_gives_the_status():
    with receiving(path="/hook?a=1", status=202, answer=b"x" * 1_000_000) as receiver:
        assert call(receiver.address) == 202
    ((headers, body),) = receiver.got
    assert body == "{}"
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert (headers["webhook-id"], headers["content-type"]) == ("msg_1", "application/json")


def test_a_redirect_is_not_followed():
    with receiving() as elsewhere, receiving(status=307) as receiver:
        receiver.headers["Location"] = elsewhere.address
        assert call(receiver.address) == 307
    assert elsewhere.got == []


def test_a_receiver_that_drips_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(calling, "DEADLINE", 0.3)
    with receiving(drips=0.01) as receiver:
        assert reason_of(receiver.address) == Reason.TIME
    assert len(receiver.got) == 1
    assert receiver.dripped < DRIPS, "nobody waited for the end of it"


def test_a_resolver_that_does_not_answer_ends_at_the_deadline(monkeypatch: pytest.MonkeyPatch):
    never = socket.socketpair()
    monkeypatch.setattr(calling, "DEADLINE", 0.1)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: never[0].recv(1))
    assert reason_of("https://hook.peren.example/") == Reason.TIME
    for one in never:
        one.close()


def test_nobody_listening_is_told_as_such():
    with receiving() as receiver:
        address = receiver.address
    assert reason_of(address) == Reason.CONNECTION


def test_a_name_with_one_private_number_is_not_called(monkeypatch: pytest.MonkeyPatch):
    names(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    assert reason_of("https://hook.peren.example/") == Reason.NOT_PUBLIC


def test_a_name_without_a_machine_is_told_as_such(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert reason_of("https://hook.peren.example/") == Reason.UNKNOWN_NAME


def refuse(*args: Any, **kwargs: Any) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_a_name_that_changes_its_mind_is_called_where_it_was_checked(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
):
    """The second answer is a private machine: nobody asks for it."""
    settings.WEBHOOKS_TO_LOOPBACK = False
    connected: list[tuple[str, int]] = []

    def connect(self: socket.socket, to: tuple[str, int]) -> None:
        connected.append(to)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    asked = names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    assert reason_of("https://hook.peren.example/") == Reason.CONNECTION
    assert connected == [("93.184.216.34", 443)]
    assert asked == ["hook.peren.example"]
    assert reason_of("https://hook.peren.example/") == Reason.NOT_PUBLIC
    assert len(connected) == 1


# --- TLS -----------------------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for hook.peren.example with its key, which this machine trusts."""
    path = own_certificate(tmp_path, "hook.peren.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


def test_tls_asks_for_the_name_although_the_number_is_called(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
):
    names(monkeypatch, ["127.0.0.1"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with receiving(context=context) as receiver:
        assert call(f"https://hook.peren.example:{receiver.port}/hook") == 204
        assert reason_of(f"https://other.peren.example:{receiver.port}/hook") == Reason.CERTIFICATE
    assert told_host(receiver) == [f"hook.peren.example:{receiver.port}"]


def told_host(receiver: Receiver) -> list[str]:
    return [headers["host"] for headers, _ in receiver.got]
