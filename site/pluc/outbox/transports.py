"""Sending a message: to a mail server, or, where none is set, into a file."""

import contextlib
import re
import select
import smtplib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils import timezone

from pluc.outbox.signing import signed

GO_AHEAD = 354  # the server asks for the message itself (RFC 5321, 4.1.1.4)
CLOSING = 421
PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


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

    def mail(self, sender: str, options: Sequence[str] = ()) -> Any:
        """As smtplib's own, which takes each address apart first: a tenth of the time of a mail."""
        if not PLAIN.fullmatch(sender):
            return super().mail(sender, options)
        self.putcmd("mail", " ".join([f"FROM:<{sender}>", *options]))
        return self.getreply()

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> Any:
        """As `mail`."""
        if not PLAIN.fullmatch(recip):
            return super().rcpt(recip, options)
        self.putcmd("rcpt", " ".join([f"TO:<{recip}>", *options]))
        return self.getreply()

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
        self.send(stuffed(msg) + b"\r\n.\r\n")
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


class Line:
    """A connection to the mail server that carries one message after another.

    It is opened anew when the server closed it, and after `MOST` messages.
    """

    MOST = 100  # messages: large mailboxes close a connection that carries more
    DROPS = 3  # in a row, until the server is taken to be away

    def __init__(self) -> None:
        self.backend: Backend | None = None
        self.carried = self.drops = 0
        # Whether what is left had better wait: the server is away, stalls, or says so (421).
        self.is_down = False

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def deliver(self, *, sender: str, recipient: str, message: bytes) -> None:
        """Hands one message over, and raises as `deliver` does.

        A refusal of this one message leaves the connection open for the next.
        """
        if not settings.MAIL_SERVER:
            to_file(message)
            return
        session = self.session(settings.MAIL_SERVER)
        try:
            session.sendmail(sender, [written(recipient)], message)
        except Exception as error:  # whatever it is, the connection is judged by it, and it goes on
            self.after(error)
            raise
        self.carried, self.drops = self.carried + 1, 0

    def session(self, address: dict[str, Any]) -> Any:
        """The conversation to go on with. Raises `OSError` where the server is away."""
        if self.backend is None or self.carried >= self.MOST:
            self.close()
            self.backend = Backend(**address)
            try:
                self.backend.open()
            except Exception:  # whatever it is, nothing more goes by this line; it goes on
                self.is_down = True
                self.close()
                raise
        return self.backend.connection

    def after(self, error: Exception) -> None:
        """Decides whether the connection can be gone on with: after a refusal smtplib resets it."""
        if isinstance(error, ValueError):  # an address that cannot be: the server heard nothing
            return
        refused = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused)
        if isinstance(error, refused) and not self.has_ended():
            return
        self.drops += 1
        self.is_down = is_stall(error) or says_421(error) or self.drops >= self.DROPS
        self.close()

    def has_ended(self) -> bool:
        return self.backend is None or getattr(self.backend.connection, "sock", None) is None

    def close(self) -> None:
        # What was taken has been taken, however the server says goodbye.
        with contextlib.suppress(OSError):
            if self.backend is not None:
                self.backend.close()
        self.backend, self.carried = None, 0


def stuffed(message: bytes) -> bytes:
    """A message whose lines begin with two dots where they began with one (RFC 5321, 4.5.2)."""
    lines = message.removesuffix(b"\r\n").replace(b"\r\n.", b"\r\n..")
    return b"." + lines if lines.startswith(b".") else lines


def is_stall(error: BaseException | None) -> bool:
    """Whether the server said nothing for too long, which smtplib tells by another error."""
    while error is not None:
        if isinstance(error, TimeoutError):
            return True
        error = error.__cause__ or error.__context__
    return False


def says_421(error: Exception) -> bool:
    """Whether the server said that it closes the line (RFC 5321, 3.8)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code == CLOSING for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code == CLOSING


def written(address: str) -> str:
    """An address as a mail server reads it. Raises `ValueError` for one that cannot be.

    Django's own takes its time, so the ordinary ones go by without.
    """
    return address if PLAIN.fullmatch(address) else sanitize_address(address, "utf-8")


def by_smtp(address: dict[str, Any], sender: str, recipient: str, message: bytes) -> None:
    """Through a mail server, given as the arguments of Django's SMTP backend."""
    server = Backend(**address)
    try:
        server.open()
        session: Any = server.connection
        session.sendmail(sender, [written(recipient)], message)
    finally:
        # What was taken has been taken, however the server says goodbye.
        with contextlib.suppress(OSError):
            server.close()


def to_file(message: bytes) -> Path:
    """To `DATA_DIR/mail/<time>-<random>.eml`, which any mail program opens."""
    settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
    name = f"{timezone.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}.eml"
    path = Path(settings.MAIL_DIR / name)
    draft = path.with_suffix(".part")
    draft.write_bytes(signed(message))
    return draft.rename(path)  # whole, or not there: somebody may be looking
