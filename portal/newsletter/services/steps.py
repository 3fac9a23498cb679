"""The row of a mailbox, found and locked, and what is written down about it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from legal.statements.models import Edition
from legal.statements.queries import edition_in_force
from portal.accounts.newsletter import NEWSLETTER_TEXT
from portal.newsletter.address_keys import normal
from portal.newsletter.models import Subscription, SubscriptionStep

Kind = SubscriptionStep.Kind
State = Subscription.State


def text_in(language: str) -> str:
    """The sentence that somebody agrees to, as a form in this language shows it."""
    with translation.override(language):
        return str(NEWSLETTER_TEXT)


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What somebody agreed to and when; a colleague who asks for them shows them no sentence."""

    text: str = ""
    edition: Edition | None = None
    at: datetime = field(default_factory=timezone.now)


def agreed_in(language: str) -> Agreed:
    """What a form in this language shows at this moment, with the statement that it links to."""
    return Agreed(text=text_in(language), edition=edition_in_force(language))


def row_at(*, email: str, language: str) -> Subscription:
    """The row of this mailbox, locked; made, waiting for a confirmation, where there is none."""
    given = {"email": email, "language": language}
    Subscription.objects.get_or_create(normal_email=normal(email), defaults=given)
    return Subscription.objects.select_for_update().get(normal_email=normal(email))


def locked(subscription: Subscription) -> Subscription:
    """The same row as it is now, locked. Raises `Subscription.DoesNotExist` where it is gone."""
    return Subscription.objects.select_for_update().get(pk=subscription.pk)


def note(subscription: Subscription, kind: SubscriptionStep.Kind, **fields: Any) -> None:
    """Appends a step. `fields` are those of the model."""
    moment = {"at": timezone.now()}
    SubscriptionStep.objects.create(subscription=subscription, kind=kind, **(moment | fields))
