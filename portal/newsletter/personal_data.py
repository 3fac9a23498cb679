"""Issues hold nothing of those who get them; of colleagues, who did what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Anonymise,
    Basis,
    Group,
    Retention,
    Source,
    not_personal,
    personal,
)

PURPOSE = _("So that two people stand behind what goes to everybody.")
PARTS: dict[str, Promise] = {
    "submitted_by": _("Issues of the newsletter that you submitted"),
    "approved_by": _("Issues of the newsletter that you approved"),
}
ABOUT_THE_ISSUE = [
    *("id", "issue_key", "state", "starts_at", "started_at", "ended_at"),
    *("last_subscription", "is_queued", "queued", "sent", "withheld", "failed", "unknown"),
    *("bounced", "complained", "left"),
]

for key, title in PARTS.items():
    personal(
        "newsletter.Mailing",
        owner=f"{key}__person",
        title=title,
        group=Group.STAFF,
        purpose=PURPOSE,
        basis=Basis.INTEREST,
        source=Source.US,
        retention=Retention(),
        shown=["title", "approved_at"],
        internal=[key, *ABOUT_THE_ISSUE],
        erasure=Anonymise({key: None}),
    )
personal(
    "newsletter.MailingStep",
    owner="by__person",
    title=_("What you did with issues of the newsletter"),
    group=Group.STAFF,
    purpose=PURPOSE,
    basis=Basis.INTEREST,
    source=Source.US,
    retention=Retention(),
    shown={"action": _("What"), "note": _("Note"), "at": _("When")},
    internal=["id", "mailing", "by"],
    erasure=Anonymise({"by": None}),
)
not_personal(
    "newsletter.IssuePage",
    "newsletter.MailingText",
    "newsletter.NewsletterPage",
    reason="What everybody who subscribes gets alike: it says nothing of any of them.",
)
