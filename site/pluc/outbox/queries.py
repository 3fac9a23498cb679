"""What the back office may see of the outbox."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.text import capfirst

from pluc.outbox.models import HELD_BACK, Mail, MailQuerySet, Return

COPY = re.compile(r"again:(?P<id>[0-9a-f-]{36}):")
STUCK_AFTER = timedelta(hours=1)
URGENCY = (Mail.Kind.SECURITY, Mail.Kind.SERVICE, Mail.Kind.NEWSLETTER)


def stuck_mails() -> MailQuerySet:
    """Mails that should have been sent long ago.

    Those that are held back wait on purpose, and so does a newsletter that was not tried yet: it
    goes at a rate.
    """
    waiting = Mail.objects.filter(state__in=[Mail.State.WAITING, Mail.State.SENDING])
    late = waiting.filter(created_at__lt=timezone.now() - STUCK_AFTER)
    return late.exclude(reason=HELD_BACK).exclude(kind=Mail.Kind.NEWSLETTER, attempts=0)


def most_urgent() -> Mail | None:
    """The mail that goes next: about a login before anything else, a newsletter last.

    Each kind by an index of its own, for a hundred thousand may wait.
    """
    due = Mail.objects.due_at(timezone.now()).only("event", "template").order_by("due_at")
    found = (due.filter(kind=kind).first() for kind in URGENCY)
    return next((mail for mail in found if mail is not None), None)


def mails_to_list() -> MailQuerySet:
    """All mails, without their messages."""
    return Mail.objects.defer("message")


def mails_to_read() -> MailQuerySet:
    """All mails, with whom they are about."""
    return Mail.objects.select_related("person")


def first_of(mail: Mail) -> Mail | None:
    """The mail that this one is a copy of, unless it is gone or this is the first."""
    found = COPY.match(mail.event)
    return mails_to_list().filter(pk=found["id"]).first() if found else None


def sent_again(mail: Mail) -> MailQuerySet:
    """The copies of a mail that were sent later, oldest first."""
    return mails_to_list().filter(event__startswith=again_prefix(mail.pk)).order_by("created_at")


def is_again_under_way(mail: Mail, *, since: datetime) -> bool:
    """Whether a copy of this mail waits, is being sent, or was posted after `since`."""
    on_its_way = Q(state__in=[Mail.State.WAITING, Mail.State.SENDING])
    return sent_again(mail).filter(on_its_way | Q(created_at__gt=since)).exists()


def again_prefix(mail_id: uuid.UUID) -> str:
    """How the event of a copy of this mail begins."""
    return f"again:{mail_id}:"


@dataclass(frozen=True)
class Tally:
    """How often something came back: since yesterday, in a week, in a month."""

    label: str
    day: int
    week: int
    month: int


def tallies(now: datetime) -> list[Tally]:
    """What came back, by kind, and by why it was not understood. One query."""
    counted = (
        Return.objects.filter(at__gt=now - timedelta(days=30))
        .values_list("kind", "why")
        .annotate(
            day=Count("pk", filter=Q(at__gt=now - timedelta(days=1))),
            week=Count("pk", filter=Q(at__gt=now - timedelta(days=7))),
            month=Count("pk"),
        )
    )
    found = {(kind, why): numbers for kind, why, *numbers in counted}
    unclear = Return.Kind.UNCLEAR
    wanted = [(kind.value, "", str(kind.label)) for kind in Return.Kind if kind != unclear]
    whys = [(unclear.value, why.value, f"{unclear.label}: {why.label}") for why in Return.Why]
    wanted += [one for one in whys if one[:2] in found]
    return [
        Tally(capfirst(label), *found.get((kind, why), (0, 0, 0))) for kind, why, label in wanted
    ]
