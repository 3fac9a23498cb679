"""Somebody's mailbox: the `.eml` files that the live site's worker writes."""

import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.live_site import LiveSite

PATIENCE = 60  # seconds until the worker must have sent a mail: the machine may be busy


class Mailbox:
    """What somebody gets by mail, taken out letter by letter."""

    def __init__(self, site: LiveSite, address: str) -> None:
        self.site = site
        self.address = address
        self.taken: set[Path] = set()

    def waiting(self) -> Iterator[tuple[Path, EmailMessage]]:
        """The letters that were not taken out yet, in the order in which they came."""
        files = self.site.mail_folder.glob("*.eml")
        for path in sorted(files, key=lambda path: path.stat().st_mtime_ns):
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            if path not in self.taken and self.address in message["To"]:
                yield path, message

    def take(self, about: str) -> EmailMessage:
        """The first letter about something, by its subject; waits until the worker has sent it."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for path, message in self.waiting():
                if about in message["Subject"]:
                    self.taken.add(path)
                    return message
            time.sleep(0.05)
        subjects = [message["Subject"] for _, message in self.waiting()]
        raise AssertionError(f"{self.address} got: {subjects}")
