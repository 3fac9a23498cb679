"""The demo's subscribers: sixty that confirmed, some that wait, some that left."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.newsletter.address_keys import normal
from portal.newsletter.models import Form, Subscription, Suppression
from portal.newsletter.services import suppressing
from portal.newsletter.services.steps import Kind, State, note, text_in

NAMES = ("anna", "bram", "carlijn", "daan", "elif", "finn", "guusje", "hamza", "isa", "joris")
FIRMS = (
    "perenhof",
    "pruimentijd",
    "appelgaard",
    "kersenboom",
    "bessenstruik",
    "moerbei",
    "kweepeer",
)
ACTIVE, WAITING = 60, 4  # of seventy; the others left
EVERY_FIFTH = 5  # reads English


@transaction.atomic
def load_subscribers() -> None:
    """Makes those that are not there yet. May run again."""
    addresses = [f"{name}@{firm}.example" for firm in FIRMS for name in NAMES]
    for number, email in enumerate(addresses):
        if not Subscription.objects.filter(normal_email=normal(email)).exists():
            load_one(email, number)


def load_one(email: str, number: int) -> None:
    """With the steps that prove it, days apart for each."""
    asked = timezone.now() - timedelta(days=3 * number + 1)
    language = "en" if number % EVERY_FIFTH == 0 else "nl"
    row = Subscription(email=email, normal_email=normal(email), language=language, asked_at=asked)
    has_confirmed = number < ACTIVE or number >= ACTIVE + WAITING
    if has_confirmed:
        row.state, row.confirmed_at = State.ACTIVE, asked + timedelta(minutes=20)
    if has_left := number >= ACTIVE + WAITING:
        row.state, row.left_at = State.LEFT, asked + timedelta(days=1)
    row.save()
    note(row, Kind.ASKED, form=Form.SITE, text=text_in(language), at=row.asked_at)
    if has_confirmed:
        note(row, Kind.CONFIRMED, form=Form.CONFIRMATION, at=row.confirmed_at)
    if has_left:
        note(row, Kind.LEFT, form=Form.LINK, at=row.left_at)
        suppressing.suppress(email=email, reason=Suppression.Reason.LEFT)
