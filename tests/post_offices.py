"""A real mail server on loopback that counts what it takes, and behaves as badly as it is told."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Message:
    """What the server took."""

    sender: str
    recipient: str
    content: bytes


@dataclass
class PostOffice:
    """What it does is decided by the recipient's name: `refused-3@...`, `stalls-4@...`.

    refused (550), full (452), closing (421), dies (hangs up before it has the message), hangs-up
    (takes it, and hangs up instead of answering), stalls (takes it, and says nothing more).
    """

    port: int = 0
    taken: list[Message] = field(default_factory=list)
    connections: int = 0
    recovers: bool = False  # behaves badly once for each recipient, and then no more
    seen: set[str] = field(default_factory=set)
    # Told after each message that it took, before it answers.
    slow: float = 0

    def behaviour(self, recipient: str) -> str:
        name = recipient.rpartition("-")[0]
        is_known = recipient in self.seen
        self.seen.add(recipient)
        return "" if self.recovers and is_known else name

    @property
    def times(self) -> Counter[str]:
        return Counter(one.recipient for one in self.taken)

    # aiosmtpd's names
    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        session.how = how = self.behaviour(address)
        match how:
            case "refused":
                return "550 No such mailbox"
            case "full":
                return "452 Mailbox full"
            case "closing":
                return "421 Closing"
            case "dies":
                server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        recipient = envelope.rcpt_tos[0]
        self.taken.append(Message(envelope.mail_from, recipient, envelope.content))
        if session.how == "hangs-up":
            server.transport.abort()
        while session.how == "stalls":
            await asyncio.sleep(0.01)
        if self.slow:
            await asyncio.sleep(self.slow)
        return "250 OK"


@contextmanager
def open_office(port: int = 0) -> Iterator[PostOffice]:
    """The server, at a port of its own unless one is named."""
    office = PostOffice(port or free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
