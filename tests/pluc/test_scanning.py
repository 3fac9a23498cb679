"""What clamd says of a file, and what happens when it says nothing, or something else."""

import socket
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pluc import scanning
from pluc.scanning import Scanner, ScannerAway, Verdict, read_scanner, scan, verdict_of
from tests.scanners import EICAR, fake_scanner


def test_a_file_goes_over_whole_and_gets_a_verdict():
    with fake_scanner() as clamd:
        assert scan(clamd.address, [b"a" * 300_000, b"", b"b"]) is Verdict.CLEAN
        assert clamd.read == b"a" * 300_000 + b"b"
        assert scan(clamd.address, [b"before ", EICAR, b" after"]) is Verdict.INFECTED
        clamd.most = 1000
        assert scan(clamd.address, [b"a" * 2000]) is Verdict.TOO_LARGE


@pytest.mark.parametrize(
    ("says", "verdict"),
    [
        (b"stream: Heuristics.Encrypted.PDF FOUND\0", Verdict.NOT_READ),
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", Verdict.TOO_LARGE),
        (b"stream: Win.Test FOUND\0stream: OK\0", Verdict.INFECTED),
    ],
)
def test_what_it_could_not_look_into_is_not_clean(says: bytes, verdict: Verdict):
    with fake_scanner() as clamd:
        clamd.says = says
        assert scan(clamd.address, [b"x"]) is verdict


@pytest.mark.parametrize(
    "says", [b"", b"stream: OK or so\0", b"\xff\xfe\0", b"x" * 9000, b"stream: can't do ERROR\0"]
)
def test_an_answer_that_is_none_is_no_answer(says: bytes):
    with fake_scanner() as clamd:
        clamd.says = says
        with pytest.raises(ScannerAway):
            scan(clamd.address, [b"x"])


def test_clean_is_said_of_a_whole_file_only():
    assert verdict_of("stream: OK", was_cut=False) is Verdict.CLEAN
    with pytest.raises(ScannerAway):
        verdict_of("stream: OK", was_cut=True)


def test_a_scanner_that_is_away_or_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scanning, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        port = silent.getsockname()[1]
        with pytest.raises(ScannerAway):
            scan(Scanner(host="127.0.0.1", port=port), [b"x"])
    with pytest.raises(ScannerAway):
        scan(Scanner(host="127.0.0.1", port=port), [b"x"])


def test_a_scanner_listens_at_a_socket_too(tmp_path: Path):
    path = tmp_path / "clamd"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def answer() -> None:
            line, _address = listener.accept()
            with line:
                received = b""
                while not received.endswith(b"x" + bytes(4)):
                    received += line.recv(1000)
                line.sendall(b"stream: OK\0")

        thread = threading.Thread(target=answer)
        thread.start()
        assert scan(Scanner(path=str(path)), [b"x"]) is Verdict.CLEAN
        thread.join()


def test_a_scanner_is_told_by_its_address():
    assert read_scanner("") is None
    assert read_scanner("tcp://127.0.0.1:3310") == Scanner(host="127.0.0.1", port=3310)
    assert read_scanner("unix:/run/clamd.sock") == Scanner(path="/run/clamd.sock")


@pytest.mark.parametrize(
    "address",
    ["tcp://clamd", "tcp://:3310", "tcp://h:x", "unix:clamd", "unix://run/x", "tcp://a:b@h:1", "x"],
)
def test_an_address_that_is_none_is_refused(address: str):
    with pytest.raises(ImproperlyConfigured, match="SCANNER_URL must look like"):
        read_scanner(address)
