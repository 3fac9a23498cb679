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

BEHIND_AN_ISSUE = _("So that two people stand behind what goes to everybody.")
PARTS: dict[str, Promise] = {
    "submitted_by": _("Issues of the newsletter that you submitted"),
    "approved_by": _("Issues of the newsletter that you approved"),
}
PROGRESS = ["started_at", "ended_at", "last_subscription", "is_queued", "queued", "sent"]
NUMBERS = ["withheld", "withheld_because", "failed", "unknown", "bounced", "complained", "left"]

for key, title in PARTS.items():
    personal(
        "newsletter.Mailing",
        owner=f"{key}__person",
        title=title,
        group=Group.STAFF,
        purpose=BEHIND_AN_ISSUE,
        basis=Basis.INTEREST,
        source=Source.US,
        retention=Retention(),
        shown=["title", "starts_at"],
        internal=[key, "id", "issue_key", "state", "approved_at", *PROGRESS, *NUMBERS],
        erasure=Anonymise({key: None}),
    )
personal(
    "newsletter.MailingStep",
    owner="by__person",
    title=_("What you did with issues of the newsletter"),
    group=Group.STAFF,
    purpose=BEHIND_AN_ISSUE,
    basis=Basis.INTEREST,
    source=Source.US,
    retention=Retention(),
    shown={"action": _("What"), "note": _("Note"), "at": _("When")},
    internal=["id", "mailing", "by"],
    erasure=Anonymise({"by": None}),
)
not_personal(
    "newsletter.MailingText",
    reason="What an issue says to everybody, before a reader's own link is put in.",
)
