"""What a mail that comes in says, whoever wrote it (RFC 3464, RFC 5965, RFC 3834)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pluc.outbox import incoming
from pluc.outbox.incoming import Bounce, Complaint, LeaveRequest, NotUnderstood, understand
from pluc.outbox.models import Return
from pluc.outbox.return_addresses import bounce_address, leave_address
from tests.pluc.outbox.reports import ROW, block, complaint, dsn, joined, letter, multipart

Why = Return.Why


@pytest.mark.parametrize(
    ("status", "hard"),
    {
        "5.1.1": True,
        "5.0.0": True,
        "5.2.1": True,
        "5.4.4": True,
        "5.2.2": False,  # the mailbox is full
        "5.3.4": False,  # the mail is too large
        "5.4.7": False,  # it took too long
        "5.7.1": False,  # they do not want our mail, now
        "5.7.26": False,
        "4.2.2": False,
    }.items(),
)
def test_a_mail_failed_for_good_or_for_now(status, hard):
    assert understand(dsn(block(status=status))) == Bounce(ROW, is_hard=hard, status=status)


@pytest.mark.parametrize("header", ["Delivered-To", "X-Original-To", "Envelope-To", "TO"])
def test_the_address_it_was_brought_to_names_the_mail(header):
    cased = f"Wie <{bounce_address(ROW).upper()}>"
    assert understand(dsn(to=cased, header=header)) == Bounce(ROW, is_hard=True, status="5.1.1")


NOT_OURS = {
    "a delay": (dsn(block("delayed", "4.4.1")), Why.NOT_FAILED),
    "it went on": (dsn(block("relayed", "2.0.0")), Why.NOT_FAILED),
    "it reached one of them": (dsn(block(), block("expanded", "2.0.0")), Why.NOT_FAILED),
    "failed, but went well": (dsn(block(status="2.0.0")), Why.NO_STATUS),
    "no status": (dsn(block(status="no")), Why.NO_STATUS),
    "nobody": (dsn("X: y"), Why.NO_STATUS),
    "to the back office": (dsn(to="backoffice@pluc.example"), Why.NO_TOKEN),
    "to another house": (dsn(to=bounce_address(ROW).replace("pluc", "peer")), Why.NO_TOKEN),
    "to two of our mails": (
        dsn(to=f"{bounce_address(ROW)}, {bounce_address(type(ROW)(int=1))}"),
        Why.NO_TOKEN,
    ),
    "our address in the text alone": (
        multipart(
            "delivery-status",
            {"To": "backoffice@pluc.example"},
            ("text/plain", f"To: {bounce_address(ROW)}"),
            ("message/delivery-status", block()),
            ("message/rfc822", f"Return-Path: <{bounce_address(ROW)}>\r\n\r\n"),
        ),
        Why.NO_TOKEN,
    ),
    "on holiday": (letter(bounce_address(ROW), Auto_Submitted="auto-replied"), Why.AUTOMATIC),
    "an answer": (letter(bounce_address(ROW)), Why.NO_REPORT),
    "unwanted, they say": (complaint("not-spam"), Why.OTHER_REPORT),
    "a virus": (complaint("virus"), Why.OTHER_REPORT),
    "a type with a lie": (complaint("abuse-not"), Why.OTHER_REPORT),
    "about somebody else's mail": (complaint(original="From: x@y.example"), Why.NO_TOKEN),
    "nothing": (b"", Why.NO_REPORT),
}


@pytest.mark.parametrize(("content", "why"), NOT_OURS.values(), ids=NOT_OURS)
def test_what_changes_nothing(content, why):
    assert understand(content) == NotUnderstood(why)


@pytest.mark.parametrize("kind", ["abuse", "Fraud"])
@pytest.mark.parametrize("part", ["message/rfc822", "text/rfc822-headers"])
def test_a_complaint_is_about_the_mail_whose_headers_come_along(kind, part):
    assert understand(complaint(kind, part=part)) == Complaint(ROW, ROW)
    without = joined(f"List-Unsubscribe: <mailto:{leave_address(ROW)}?subject=x>")
    assert understand(complaint(kind, without, part)) == Complaint(None, ROW)


def test_who_writes_to_the_address_for_leaving_leaves_whoever_they_say_they_are():
    assert understand(letter()) == LeaveRequest(ROW)
    assert understand(letter(From="Iemand <iemand@anders.example>")) == LeaveRequest(ROW)
    assert understand(letter(leave_address(ROW).upper())) == LeaveRequest(ROW)
    assert understand(letter(Auto_Submitted="no")) == LeaveRequest(ROW)
    assert understand(letter(X_Auto_Response_Suppress="OOF")) == LeaveRequest(ROW)
    apple = letter(Auto_Submitted="auto-replied", X_Apple_Unsubscribe="true")
    assert understand(apple) == LeaveRequest(ROW)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied; owner-email=x@y.example"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_AutoRespond": "weg"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@klant.example"},
        {"From": "no-reply@klant.example"},
    ],
    ids=str,
)
def test_a_machine_that_answers_makes_nobody_leave(headers):
    assert understand(letter(**headers)) == NotUnderstood(Why.AUTOMATIC)


def test_a_report_to_the_address_for_leaving_makes_nobody_leave():
    assert understand(dsn(to=leave_address(ROW))) == NotUnderstood(Why.AUTOMATIC)


# --- Whatever comes ------------------------------------------------------------------------------

SAMPLES = [dsn(), complaint(), letter(), dsn(block(), block("delayed", "4.0.0"))]


@given(content=st.binary(max_size=600))
@example(content=b"\x00" * 500)
@example(content=b"Content-Type: multipart/report; report-type*=x''%ff; boundary=\r\n\r\n")
@example(content=b"To: =?x?q?=FF?=\r\nContent-Type: =?utf-8?b?////?=\r\n\r\n")
def test_any_bytes_are_read_and_mean_nothing(content):
    assert isinstance(understand(content), NotUnderstood)


@given(data=st.data())
def test_a_damaged_report_breaks_nothing_and_is_about_no_other_mail(data):
    content = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
        content = content or bytearray(b"x")
    said = understand(bytes(content))
    named = [getattr(said, name, ROW) for name in ("mail_id", "subscription_id")]
    assert set(named) <= {ROW, None}


def nested(depth):
    kind = "Content-Type: multipart/report; report-type=delivery-status; boundary"
    parts = "".join(f"{kind}=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return f"To: {bounce_address(ROW)}\r\n{parts}".encode()


def test_what_is_huge_is_read_for_as_little_as_anything_else():
    """Only the beginning is parsed: a gigabyte costs what a report does."""
    blocks = "\r\n".join([block()] * 1000)
    hostile = {
        "deep": nested(2500),
        "messages in messages": dsn().replace(
            b"Hallo", b"Content-Type: message/rfc822\r\n\r\n" * 9000
        ),
        "many parts": dsn().replace(b"Hallo", b"\r\n--=_grens\r\n\r\nx" * 10_000),
        "many blocks": dsn(blocks),
        "many headers": b"A: b\r\n" * 25_000 + dsn(),
        "one line": b"To: " + bounce_address(ROW).encode() + b"," + b"a@b.example," * 20_000,
        "empty lines": dsn("\r\n" * 70_000),
    }
    for name, content in hostile.items():
        said = understand(content)
        assert isinstance(said, Bounce | NotUnderstood), name
        assert len(content) > incoming.READ_AT_MOST, name
