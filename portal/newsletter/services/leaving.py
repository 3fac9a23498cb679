"""Leaving the newsletter: at once, and for ever until one comes back by oneself."""

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.newsletter.models import Subscription, SubscriptionStep, Suppression
from portal.newsletter.models.subscriptions import Form
from portal.newsletter.services.suppressing import suppress


@transaction.atomic
def leave(
    *, subscription: Subscription, form: Form, by: User | None = None, reason: str = ""
) -> None:
    """Ends a subscription; one that ended before stays as it was."""
    left = Subscription.objects.filter(pk=subscription.pk).exclude(state=Subscription.State.LEFT)
    if not left.update(state=Subscription.State.LEFT, left_at=timezone.now()):
        return
    SubscriptionStep.objects.create(
        subscription=subscription, kind=SubscriptionStep.Kind.LEFT, form=form, by=by, reason=reason
    )
    suppress(email=subscription.email, reason=Suppression.Reason.LEFT)
