"""Mail to many: a row for each recipient, whose message is made when it goes (docs/decisions/0036).

A room registers who makes the messages of a template, and steers all rows of an event together.
What sends them is `pluc.outbox.batches`.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Protocol

from django.conf import settings
from django.db.models import Count

from pluc.mailboxes import mailbox_of
from pluc.outbox.models import STOPPED, Mail

State = Mail.State
ROWS = 500  # written in one go


class Standing(Enum):
    """What may happen now with what waits of an event."""

    GOES = "goes"
    WAITS = "waits"  # something lacks; it goes by itself once that is there
    PAUSED = "paused"
    STOPPED = "stopped"


class Composer(Protocol):
    """Makes the messages of a template, for one event at a time."""

    def standing(self, event: str) -> Standing:
        """Asked before each batch."""

    def compose(self, event: str, mails: Sequence[Mail]) -> Mapping[uuid.UUID, Callable[[], bytes]]:
        """A function for each mail that makes its message, lines ending in CRLF.

        Who may not get it any more is left out, and the mail is withheld.
        """

    def show(self, mail: Mail) -> bytes:
        """The message as the back office reads it: without anything that is only the reader's."""


COMPOSERS: dict[str, Composer] = {}


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who gets a mail to many."""

    email: str
    person_id: uuid.UUID | None
    subject: str


def post_bulk(*, event: str, template: str, addressees: Iterable[Addressee]) -> None:
    """Puts a mail for each addressee in the outbox, once per event and address.

    Call it in the transaction that notes how far one is; a hundred thousand in several. Who calls
    it wakes the worker (`pluc.outbox.services.wake_worker`) or leaves that to the next minute.
    """
    left = iter(addressees)
    while several := list(islice(left, ROWS)):
        mails = [row_for(one, event, template) for one in several]
        Mail.objects.bulk_create(mails, ignore_conflicts=True)


def row_for(addressee: Addressee, event: str, template: str) -> Mail:
    return Mail(
        event=event,
        template=template,
        recipient=addressee.email,
        mailbox=mailbox_of(addressee.email),
        person_id=addressee.person_id,
        subject=addressee.subject[:200],
        sender=settings.BACK_OFFICE_ADDRESS,
        message=b"",
        kind=Mail.Kind.NEWSLETTER,
    )


def message_of(mail: Mail) -> bytes:
    """What the back office may read of a mail: of one to many, as its composer shows it."""
    composer = COMPOSERS.get(mail.template)
    return bytes(mail.message) if composer is None else composer.show(mail)


# --- All rows of an event ------------------------------------------------------------------------


def pause(event: str) -> int:
    """Keeps what was not tried yet, also of a batch that is under way; returns how many."""
    waiting = Mail.objects.filter(event=event, state__in=[State.WAITING, State.TAKEN])
    return waiting.update_in_order(state=State.PAUSED, claimed_at=None)


def go_on(event: str) -> int:
    """Lets what was paused go; returns how many."""
    return Mail.objects.filter(event=event, state=State.PAUSED).update_in_order(state=State.WAITING)


def stop(event: str) -> int:
    """Withholds what was not tried yet for good; returns how many."""
    waiting = Mail.objects.not_tried().filter(event=event)
    return waiting.update_in_order(state=State.WITHHELD, reason=STOPPED, claimed_at=None)


@dataclass(frozen=True)
class Tally:
    """How many mails of an event are in which state, and why they are not sent."""

    by_state: dict[str, int]
    by_reason: dict[tuple[str, str], int]

    def of(self, *states: Mail.State) -> int:
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def open(self) -> int:
        """Those of which it is not settled yet what becomes of them."""
        return self.of(State.WAITING, State.PAUSED, State.TAKEN, State.SENDING)

    def reasons(self, state: Mail.State) -> dict[str, int]:
        """Why mails are in a state, the most frequent first."""
        found = {why: number for (of, why), number in self.by_reason.items() if of == state}
        return dict(sorted(found.items(), key=lambda one: -one[1]))


def tally(event: str) -> Tally:
    """Counts the mails of an event: two queries, however many mails."""
    rows = Mail.objects.filter(event=event).order_by()
    by_state = dict(rows.values_list("state").annotate(number=Count("pk")))  # by an index alone
    why = rows.exclude(state=State.SENT).exclude(state=State.WAITING, attempts=0)
    by_reason = why.values_list("state", "reason").annotate(number=Count("pk"))
    return Tally(by_state, {(state, reason): number for state, reason, number in by_reason})
