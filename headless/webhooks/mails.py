"""The mail about an endpoint that was switched off."""

from django.conf import settings
from django.urls import reverse

from headless.webhooks.models import Endpoint
from pluc.links import portal_origin
from pluc.outbox.letters import post_letter


def tell_of_disabled(endpoint: Endpoint) -> None:
    """Mails the back office which endpoint is told of nothing more, once for each time."""
    path = reverse("webhook", urlconf=settings.PORTAL_URLCONF, args=[endpoint.pk])
    post_letter(
        template="webhooks/disabled",
        to=settings.BACK_OFFICE_ADDRESS,
        language=settings.LANGUAGE_CODE,
        context={
            "webhook_name": endpoint.name,
            "since": endpoint.failing_since,
            "address": portal_origin() + path,
        },
        event=f"webhook-disabled:{endpoint.pk}:{endpoint.failing_since:%Y-%m-%dT%H:%M:%S}",
    )
