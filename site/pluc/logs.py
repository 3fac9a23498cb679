"""What never stands in a log (STANDARDS 6.24), and what stands there in one line."""

import logging
import re

from pluc.outages import outage

# Addresses by which somebody proves a mailbox or chooses a password: whoever reads one, has it.
TOKENS = re.compile(r"(/(?:bevestigen|nieuw|inschrijving)/)[^/\s'\"]+")


class TokenFilter(logging.Filter):
    """Takes the token out of an address, wherever it stands in a message."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        cleaned = TOKENS.sub(r"\1...", message)
        if cleaned != message:
            record.msg, record.args = cleaned, ()
        return True


class OutageFilter(logging.Filter):
    """Says in one line that database, Redis or disk cannot be used: a traceback tells no more."""

    def filter(self, record: logging.LogRecord) -> bool:
        why = outage(record.exc_info[1]) if record.exc_info else ""
        if why:
            record.msg, record.args = f"{record.getMessage()}: {why}", ()
            record.exc_info, record.exc_text = None, None
        return True
