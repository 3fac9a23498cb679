"""How a message leaves: to a mail server, or, where none is set, to a file."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone


def deliver(*, sender: str, recipient: str, message: bytes) -> None:
    """Hands one message over. Raises `OSError` (which smtplib's errors are) where that fails."""
    if settings.MAIL_SERVER:
        by_smtp(settings.MAIL_SERVER, sender, recipient, message)
    else:
        to_file(message)


def by_smtp(address: dict[str, Any], sender: str, recipient: str, message: bytes) -> None:
    """Through a mail server, given as the arguments of Django's SMTP backend."""
    server = EmailBackend(**address)
    try:
        server.open()
        if server.connection:  # open() raises where none can be made
            server.connection.sendmail(sender, [recipient], message)
    finally:
        server.close()


def to_file(message: bytes) -> Path:
    """To `DATA_DIR/mail/<time>-<random>.eml`, which any mail program opens."""
    settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
    name = f"{timezone.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}.eml"
    path = Path(settings.MAIL_DIR / name)
    path.write_bytes(message)
    return path
