"""Reports as mail servers write them: that a mail did not arrive (RFC 3464), a complaint (5965)."""

import uuid

from pluc.outbox.return_addresses import bounce_address, leave_address

ROW = uuid.UUID("12345678-1234-4234-9234-123456789abc")


def joined(*headers: str) -> str:
    return "".join(f"{one}\r\n" for one in headers)


def multipart(kind: str, headers: dict[str, str], *parts: tuple[str, str]) -> bytes:
    """A report of three parts, or as many as are given."""
    top = {
        "From": "Mail Delivery System <MAILER-DAEMON@mx.klant.example>",
        "Subject": "Undelivered Mail Returned to Sender",
        "Auto-Submitted": "auto-replied",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/report; report-type={kind};\r\n boundary="=_grens"',
    } | headers
    text = joined(*(f"{name}: {value}" for name, value in top.items()))
    for content_type, content in parts:
        text += f"\r\n--=_grens\r\nContent-Type: {content_type}\r\n\r\n{content}"
    return (text + "\r\n--=_grens--\r\n").encode()


def block(action: str = "failed", status: str = "5.1.1") -> str:
    return joined(
        "Final-Recipient: rfc822; anna@klant.example",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 5.1.1 <anna@klant.example>: unknown",
    )


def dsn(*blocks: str, to: str = "", header: str = "To") -> bytes:
    """A delivery status, to the address of mail `ROW` unless `to` says another."""
    about = "\r\n".join(["Reporting-MTA: dns; mx.klant.example\r\n", *(blocks or [block()])])
    return multipart(
        "delivery-status",
        {header: to or bounce_address(ROW)},
        ("text/plain", "I'm sorry to have to inform you.\r\n"),
        ("message/delivery-status", about),
        ("message/rfc822", "From: PLUC! <backoffice@pluc.example>\r\nSubject: x\r\n\r\nHallo"),
    )


def complaint(kind: str = "abuse", original: str = "", part: str = "message/rfc822") -> bytes:
    """A complaint about mail `ROW`, whose headers come along as `original`."""
    original = original or joined(
        f"Return-Path: <{bounce_address(ROW)}>",
        "From: PLUC! <backoffice@pluc.example>",
        f"List-Unsubscribe: <https://pluc.example/x/>,\r\n <mailto:{leave_address(ROW)}?subject=x>",
    )
    return multipart(
        "feedback-report",
        {"To": "abuse@pluc.example", "From": "fbl@mailbox.example"},
        ("text/plain", "This is an abuse report.\r\n"),
        (
            "message/feedback-report",
            joined(f"Feedback-Type: {kind}", "User-Agent: x/1", "Version: 1"),
        ),
        (part, original + "\r\n"),
    )


def letter(to: str = "", **headers: str) -> bytes:
    """A mail as somebody writes it, to the address that ends subscription `ROW`."""
    top = {"From": "Anna <anna@klant.example>", "To": to or leave_address(ROW), "Subject": "weg"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    text = joined(*(f"{name}: {value}" for name, value in (top | named).items()))
    return f"{text}\r\nGraag niet meer.\r\n".encode()
