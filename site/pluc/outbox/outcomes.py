"""What becomes of a mail after an attempt to send it (STANDARDS 7.5, 7.6)."""

import logging
import re
import smtplib
from dataclasses import dataclass
from datetime import timedelta

from pluc.outbox.models import Mail
from pluc.outbox.transports import NoReply

log = logging.getLogger("pluc.outbox")

# Minutes to wait after each failed attempt; after the last one we give up, some three days later.
BACK_OFF = (1, 2, 5, 15, 60, 240, 720, 1440, 1440)


STATUS = re.compile(rb"\s*(5\.\d{1,3}\.\d{1,3})(?!\d)")


@dataclass(frozen=True)
class Outcome:
    """The state that follows, why, and after how long it is tried again."""

    state: Mail.State
    reason: str = ""
    wait: timedelta | None = None
    # The status by which the server refused the recipient for good (RFC 3463); empty otherwise.
    refused: str = ""


SENT = Outcome(Mail.State.SENT)


def outcome_of(mail: Mail, error: Exception) -> Outcome:
    """Puts a mail back for a later attempt; gives up after the last, or at a final refusal.

    `mail.attempts` counts the attempt that failed.
    """
    name = type(error).__name__
    if isinstance(error, NoReply) and mail.kind == Mail.Kind.NEWSLETTER:
        return Outcome(Mail.State.UNKNOWN, name)  # at most once
    if is_final(error) or mail.attempts > len(BACK_OFF):
        log.error("Mail %s (%s) is given up: %s", mail.pk, mail.template, name)
        return Outcome(Mail.State.GIVEN_UP, name, refused=status_of(error))
    wait = timedelta(minutes=BACK_OFF[mail.attempts - 1])
    return Outcome(Mail.State.WAITING, name, wait)


def status_of(error: Exception) -> str:
    """The status by which the recipient was refused for good; empty where something else was.

    Servers that give no status of their own are taken at the class of their reply: 552 is a full
    mailbox, 554 what they think of us, and the others that there is nobody.
    """
    if not isinstance(error, smtplib.SMTPRecipientsRefused) or not is_final(error):
        return ""
    code, reply = next(iter(error.recipients.values()))
    if found := STATUS.match(reply):
        return found[1].decode("ascii")
    return {552: "5.2.2", 554: "5.7.0"}.get(code, "5.0.0")


def is_final(error: Exception) -> bool:
    """Whether this recipient or message was refused for good (RFC 5321, 5yz replies)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError | smtplib.SMTPNotSupportedError)  # no address to send to
