"""What this room holds of people: which colleague made a token."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import Delete, Retention, work_of_staff
from pluc import periods

work_of_staff(
    "headless_tokens.ApiToken",
    "made_by",
    title=_("Tokens of the API that you made"),
    purpose=_("To be able to tell who changed what, and when."),
    retention=Retention(period=periods.API_TOKEN, fact=_("it ended"), fields=("expires_at",)),
    shown=["name", "made_at"],
    internal=[
        *("id", "organisation", "scopes", "digest", "prefix", "expires_at", "revoked_at"),
        "last_used_on",
    ],
    at_end=Delete(),
)
