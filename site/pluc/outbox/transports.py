"""How a message leaves: to a mail server, or, where none is set, to a file."""

import contextlib
import smtplib
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils import timezone

REPLIES = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)


class NoReply(OSError):
    """The server was handed a message and never said whether it took it."""


def deliver(*, sender: str, recipient: str, message: bytes) -> None:
    """Hands one message over. Raises `OSError` (which smtplib's errors are) where that fails.

    `NoReply` is the one after which the message may have arrived all the same.
    """
    if settings.MAIL_SERVER:
        by_smtp(settings.MAIL_SERVER, sender, recipient, message)
    else:
        to_file(message)


def by_smtp(address: dict[str, Any], sender: str, recipient: str, message: bytes) -> None:
    """Through a mail server, given as the arguments of Django's SMTP backend."""
    server = EmailBackend(**address)
    try:
        server.open()
        hand_over(server.connection, sender, sanitize_address(recipient, "utf-8"), message)
    finally:
        # What was taken has been taken, however the server says goodbye.
        with contextlib.suppress(OSError):
            server.close()


def hand_over(connection: Any, sender: str, recipient: str, message: bytes) -> None:
    """One message over an open connection."""
    try:
        connection.sendmail(sender, [recipient], message)
    except REPLIES:
        raise
    except OSError as error:
        raise NoReply from error


def to_file(message: bytes) -> Path:
    """To `DATA_DIR/mail/<time>-<random>.eml`, which any mail program opens."""
    settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
    name = f"{timezone.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}.eml"
    path = Path(settings.MAIL_DIR / name)
    path.write_bytes(message)
    return path
