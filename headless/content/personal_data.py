"""The content API holds nothing of people, but for who showed a draft to whom it may concern."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import Delete, Retention, work_of_staff
from pluc import periods

work_of_staff(
    "headless_content.PreviewLink",
    "editor",
    title=_("Links to drafts that you made"),
    purpose=_("So that a link ends with the rights of who made it."),
    retention=Retention(period=periods.PREVIEW_LINK, fact=_("its end"), fields=("expires_at",)),
    shown=["made_at", "expires_at"],
    internal=["id", "page"],
    at_end=Delete(),
)
