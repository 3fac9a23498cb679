"""What this room puts in the file of a person: their subscription, and what happened to it."""

from django.urls import reverse
from django.utils.text import capfirst

from portal.accounts.files import Line
from portal.accounts.models import Person
from portal.newsletter.models import SubscriptionStep
from portal.newsletter.queries.subscriptions import of_person


def subscription_of(person: Person, most: int) -> list[Line]:
    """The newest steps, at their login's address or at the one that we have of them."""
    steps = SubscriptionStep.objects.filter(subscription__in=of_person(person))
    return [
        Line(
            at=step.at,
            text=capfirst(step.get_kind_display()),
            state=step.get_form_display(),
            url=reverse("newsletter_subscription", args=[step.subscription_id]),
        )
        for step in steps.order_by("-at", "-pk")[:most]
    ]
