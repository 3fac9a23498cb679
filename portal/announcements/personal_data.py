"""Announcements hold nothing of those who get them; of colleagues, who did what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import Retention, work_of_staff

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
    work_of_staff(
        "announcements.Announcement",
        key,
        title=title,
        purpose=PURPOSE,
        retention=Retention(),
        shown=["subject", "written_at"],
        internal=[*TEXTS, *PROGRESS],
    )
work_of_staff(
    "announcements.Step",
    "by",
    title=_("What you did with announcements"),
    purpose=PURPOSE,
    retention=Retention(),
    shown={"action": _("What"), "note": _("Note"), "at": _("When")},
    internal=["id", "announcement"],
)
