"""Filters of the log: tokens are taken out (STANDARDS 6.24), an outage is one line."""

import logging
import re

from pluc.outages import outage

# Addresses by which somebody gets in: whoever reads one, has it. Proof of a mailbox, a password,
# a place, an order, the newsletter, a draft; codes of people and rooms, which a door reads.
TOKENS = re.compile(
    r"(/(?:bevestigen|nieuw|inschrijving|bestelling|nieuwsbrief/(?:afmelden|gegevens)|preview"
    r"|deur/plek|inchecken/[^/\s]+)/)[^/\s'\"]+"
)


class TokenFilter(logging.Filter):
    """Takes the token out of an address, wherever it stands in a message."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        cleaned = TOKENS.sub(r"\1...", message)
        if cleaned != message:
            record.msg, record.args = cleaned, ()
        return True


class OutageFilter(logging.Filter):
    """Replaces the traceback of an outage by one line, which says as much."""

    def filter(self, record: logging.LogRecord) -> bool:
        why = outage(record.exc_info[1]) if record.exc_info else ""
        if why:
            record.msg, record.args = f"{record.getMessage()}: {why}", ()
            record.exc_info, record.exc_text = None, None
        return True
