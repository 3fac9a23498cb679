"""Sending a message: to a mail server, or, where none is set, into a file."""

import contextlib
import re
import select
import smtplib
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils import timezone

from pluc.outbox.signing import signed

GO_AHEAD = 354  # the server asks for the message itself (RFC 5321, 4.1.1.4)
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


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


class Session(smtplib.SMTP):
    """A conversation with a mail server that knows whether a message was handed over whole."""

    def sendmail(self, from_addr: str, to_addrs: Any, msg: Any, *args: Any, **kwargs: Any) -> Any:
        """The whole of a mail, signed. Every mail that leaves by SMTP passes here."""
        return super().sendmail(from_addr, to_addrs, signed(msg), *args, **kwargs)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """The message (bytes, lines ending in CRLF) and the server's answer to it.

        Raises `NoReply` when all of it went and no answer came. Any other error means that its
        last line did not go, so that the server has nothing to deliver (RFC 5321, 4.1.1.4).
        """
        code, reply = self.docmd("DATA")
        if code != GO_AHEAD:
            raise smtplib.SMTPDataError(code, reply)
        if self.is_ended():
            raise smtplib.SMTPServerDisconnected("Closed before the message went.")
        self.send(LEADING_DOT.sub(b"..", msg.removesuffix(b"\r\n")) + b"\r\n.\r\n")
        try:
            return self.getreply()
        except OSError as error:
            raise NoReply from error

    def is_ended(self) -> bool:
        """Whether the server closed the line: it has nothing to say until it has the message."""
        if self.sock is None:
            return True
        readable, _, _ = select.select([self.sock], [], [], 0)
        return bool(readable)


class SecureSession(Session, smtplib.SMTP_SSL):
    """The same over TLS."""


class Backend(EmailBackend):
    """Django's SMTP backend, which opens and closes such a conversation."""

    @property
    def connection_class(self) -> type[Session]:
        return SecureSession if self.use_ssl else Session


def by_smtp(address: dict[str, Any], sender: str, recipient: str, message: bytes) -> None:
    """Through a mail server, given as the arguments of Django's SMTP backend."""
    server = Backend(**address)
    try:
        server.open()
        session: Any = server.connection
        session.sendmail(sender, [sanitize_address(recipient, "utf-8")], message)
    finally:
        # What was taken has been taken, however the server says goodbye.
        with contextlib.suppress(OSError):
            server.close()


def to_file(message: bytes) -> Path:
    """To `DATA_DIR/mail/<time>-<random>.eml`, which any mail program opens."""
    settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
    name = f"{timezone.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}.eml"
    path = Path(settings.MAIL_DIR / name)
    path.write_bytes(signed(message))
    return path
