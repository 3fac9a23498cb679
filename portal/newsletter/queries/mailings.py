"""Issues on their way, as the worker and the staff screens see them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from pluc import periods
from pluc.outbox.bulk import Tally, tally
from pluc.outbox.models import Mail
from portal.newsletter.models import Mailing, MailingStep, MailingText, Subscription

State = Mailing.State
ON_THEIR_WAY = (State.SENDING, State.PAUSED)
STARTED = (*ON_THEIR_WAY, State.STOPPED, State.SENT)
RATE_OF = timedelta(minutes=5)  # over which the present rate is taken
EVENT = "newsletter:"


def mailing_of_event(event: str) -> Mailing | None:
    number = event.removeprefix(EVENT)
    return Mailing.objects.filter(pk=number).first() if number.isdecimal() else None


def texts_of(event: str) -> "QuerySet[MailingText]":
    """What is sent, in each language; Dutch first."""
    number = event.removeprefix(EVENT)
    return MailingText.objects.filter(mailing=int(number) if number.isdecimal() else 0).order_by(
        "-language"
    )


def mailings_to_list() -> "QuerySet[Mailing]":
    """What was approved, newest first: planned, on its way, or done with."""
    return Mailing.objects.filter(state__in=[State.SCHEDULED, *STARTED])


def mailing_numbered(*, number: int) -> Mailing | None:
    return mailings_to_list().filter(pk=number).first()


def due_to_start(now: datetime) -> list[int]:
    due = Mailing.objects.filter(state=State.SCHEDULED, starts_at__lte=now)
    return list(due.order_by("starts_at", "pk").values_list("pk", flat=True))


def to_queue() -> list[int]:
    """Those that not everybody has a row of in the outbox yet."""
    sending = Mailing.objects.filter(state=State.SENDING, is_queued=False)
    return list(sending.order_by("started_at", "pk").values_list("pk", flat=True))


def to_count(now: datetime) -> list[int]:
    """Those whose numbers may still change, long before the outbox forgets its rows."""
    going = Mailing.objects.filter(state__in=ON_THEIR_WAY)
    just_ended = Mailing.objects.filter(ended_at__gt=now - periods.ISSUE_IS_COUNTED)
    return list((going | just_ended).order_by("pk").values_list("pk", flat=True))


def steps_of(mailing: Mailing) -> "QuerySet[MailingStep]":
    return mailing.steps.select_related("by__person")


def number_who_left(mailing: Mailing) -> int:
    """How many of those who got this issue left before the next one began to go."""
    later = Mailing.objects.filter(started_at__gt=mailing.started_at).order_by("started_at")
    until = later.values_list("started_at", flat=True).first() or timezone.now()
    got_it = Mail.objects.filter(event=mailing.event, state=Mail.State.SENT)
    left = Subscription.objects.filter(
        state=Subscription.State.LEFT, left_at__gt=mailing.started_at, left_at__lte=until
    )
    return left.filter(email__in=got_it.values("recipient")).count()


@dataclass(frozen=True)
class Progress:
    """How far an issue is, at this moment."""

    tally: Tally
    per_minute: int
    ends_at: datetime | None

    @property
    def total(self) -> int:
        return sum(self.tally.by_state.values())

    @property
    def left(self) -> int:
        return self.tally.open

    @property
    def done(self) -> int:
        return self.total - self.left

    @property
    def sent(self) -> int:
        return self.tally.of(Mail.State.SENT)


def progress_of(mailing: Mailing) -> Progress:
    """Counted from the outbox: two queries, by an index each."""
    counted, now = tally(mailing.event), timezone.now()
    began = max(now - RATE_OF, mailing.started_at or now)
    recent = Mail.objects.filter(
        kind=Mail.Kind.NEWSLETTER, claimed_at__gte=began, event=mailing.event
    )
    minutes = max((now - began) / timedelta(minutes=1), 1)
    per_minute = round(recent.filter(state=Mail.State.SENT).count() / minutes)
    left = counted.open
    is_going = mailing.state == State.SENDING and left and per_minute
    ends_at = now + timedelta(minutes=left / per_minute) if is_going else None
    return Progress(counted, per_minute, ends_at)
