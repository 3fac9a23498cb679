"""Announcements hold nothing of those who get them; of colleagues, who did what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import Anonymise, Basis, Group, Retention, Source, personal

PURPOSE = _("So that two people stand behind what goes to everybody.")
PARTS: dict[str, Promise] = {
    "written_by": _("Announcements that you wrote"),
    "changed_by": _("Announcements that you changed last"),
    "submitted_by": _("Announcements that you submitted"),
    "approved_by": _("Announcements that you approved"),
}
TEXTS = ["id", "text", "subject_en", "text_en", "state", "revision"]
PROGRESS = ["approved_at", "last_user", "posted", "recipients", "sent_at"]

for key, title in PARTS.items():
    personal(
        "announcements.Announcement",
        owner=f"{key}__person",
        title=title,
        group=Group.STAFF,
        purpose=PURPOSE,
        basis=Basis.INTEREST,
        source=Source.US,
        retention=Retention(),
        shown=["subject", "written_at"],
        internal=[key, *TEXTS, *PROGRESS],
        erasure=Anonymise({key: None}),
    )
personal(
    "announcements.Step",
    owner="by__person",
    title=_("What you did with announcements"),
    group=Group.STAFF,
    purpose=PURPOSE,
    basis=Basis.INTEREST,
    source=Source.US,
    retention=Retention(),
    shown={"action": _("What"), "note": _("Note"), "at": _("When")},
    internal=["id", "announcement", "by"],
    erasure=Anonymise({"by": None}),
)
