"""What others' programs are told is about content; of people it holds who made a webhook."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import Retention, not_personal, work_of_staff
from pluc import periods

work_of_staff(
    "headless_webhooks.Endpoint",
    "made_by",
    title=_("Webhooks that you made"),
    purpose=_("To be able to tell who changed what, and when."),
    retention=Retention(),
    shown=["name", "made_at"],
    internal=[
        *("id", "address", "events", "state", "secret", "former_secret", "former_until"),
        *("failures", "failing_since", "rests_until"),
    ],
)
not_personal(
    "headless_webhooks.Delivery",
    reason="What happened to public content, by number and address.",
    retention=Retention(period=periods.WEBHOOK, fact=_("it happened"), fields=("created_at",)),
)
not_personal(
    "headless_webhooks.Known",
    reason="The addresses of public pages, and the version of the statement, as last told.",
)
