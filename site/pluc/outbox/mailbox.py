"""Reading the mailbox to which mail comes back (IMAP), every few minutes.

What is understood is marked as read and moved to a folder, where it is deleted after
`periods.READ_MAIL`. What is not stays where it is, unread, for people; it is counted once.
"""

import imaplib
import logging
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from pluc import periods
from pluc.environment import Mailbox
from pluc.outbox.incoming import READ_AT_MOST, understand
from pluc.outbox.models import Return
from pluc.outbox.receiving import take_in

log = logging.getLogger("pluc.outbox")

MAILS_AT_ONCE = 500
SECONDS = 40  # a task is ended after a minute
PATIENCE = 10  # seconds for an answer of the server
READ_FOLDER = "PLUC-read"
FAULT = "outbox.mailbox.fault"
FAULT_IS_TOLD = timedelta(minutes=15)  # of three rounds one got through: it is over
Unreachable = (OSError, imaplib.IMAP4.error, ImapToolsError)


def read_new() -> None:
    """Reads what is new in the mailbox. A server that does not answer is one line in the log."""
    if settings.RETURNS_MAILBOX is None:
        return
    try:
        with opened(settings.RETURNS_MAILBOX) as box:
            read_in(box, settings.RETURNS_MAILBOX.folder)
            delete_read(box)
    except Unreachable as error:
        note_fault(type(error).__name__)
    else:
        cache.delete(FAULT)


def note_fault(name: str) -> None:
    cache.set(FAULT, name, FAULT_IS_TOLD.total_seconds())
    log.error("The mailbox for what comes back cannot be read: %s", name)


def fault() -> str:
    """Why the mailbox could not be read just now; empty where it could."""
    return str(cache.get(FAULT, ""))


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    with connected(mailbox) as box:
        yield box.login(mailbox.user, mailbox.password, initial_folder=mailbox.folder)


def connected(mailbox: Mailbox) -> BaseMailBox:
    if not mailbox.is_encrypted:
        return MailBoxUnencrypted(mailbox.host, mailbox.port, timeout=PATIENCE)
    # Without a context of ours `imaplib` takes any certificate.
    trusted = ssl.create_default_context()
    return MailBox(mailbox.host, mailbox.port, timeout=PATIENCE, ssl_context=trusted)


def read_in(box: BaseMailBox, folder: str) -> None:
    """Reads mails until there are no more, or it has been long enough for one run."""
    end = time.monotonic() + SECONDS
    validity = box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    prefix = f"imap:{validity}:"
    unclear = Return.objects.filter(kind=Return.Kind.UNCLEAR, key__startswith=prefix)
    counted = set(unclear.values_list("key", flat=True))
    new = (uid for uid in box.uids(AND(seen=False)) if prefix + uid not in counted)
    for uid in islice(new, MAILS_AT_ONCE):
        if time.monotonic() > end:
            return
        read_one(box, uid, prefix + uid)


def read_one(box: BaseMailBox, uid: str, source: str) -> None:
    """Takes one mail in. One that cannot be stored is tried again in the next run."""
    content = beginning_of(box, uid)
    if not content:
        return
    try:
        found = take_in(said=understand(content), source=source)
    except Exception as error:  # whatever it is, the mails behind this one must be read
        note_failure(type(error).__name__)
    else:
        if found.kind != Return.Kind.UNCLEAR:
            put_away(box, uid)


def note_failure(name: str) -> None:
    """Without the error itself, which may quote an address."""
    log.error("A mail that came back could not be taken in: %s", name)


def beginning_of(box: BaseMailBox, uid: str) -> bytes:
    """As much of a mail as is read, without marking it; nothing where it is gone by now."""
    _, answer = box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{READ_AT_MOST}>)")
    return next((bytes(one[1]) for one in answer if isinstance(one, tuple)), b"")


def put_away(box: BaseMailBox, uid: str) -> None:
    if not box.folder.exists(READ_FOLDER):
        box.folder.create(READ_FOLDER)
    box.flag(uid, "\\Seen", True)
    box.move(uid, READ_FOLDER)


def delete_read(box: BaseMailBox) -> None:
    """Deletes what was understood long ago: it holds what others wrote."""
    if not box.folder.exists(READ_FOLDER):
        return
    box.folder.set(READ_FOLDER)
    box.delete(box.uids(AND(date_lt=(timezone.now() - periods.READ_MAIL).date())))
