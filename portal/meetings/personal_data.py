"""What this room holds of people: those who speak, as the public site shows them."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Recipient,
    Retention,
    Source,
    not_personal,
    personal,
)

AS_LONG_AS_THEY_SPEAK = Retention(instead=_("as long as you speak at our meetings"))

personal(
    "meetings.Speaker",
    owner="person",
    is_for_all=False,
    title=_("How we introduce you"),
    group=Group.PROFESSION,
    purpose=_("To tell people who speaks at a meeting."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    recipients=[Recipient.HOST, Recipient.PUBLIC],
    retention=AS_LONG_AS_THEY_SPEAK,
    shown={
        "name": _("Name"),
        "role": _("Who you are"),
        "role_en": _("Who you are, in English"),
    },
    internal=["id", "person", "picture", "sort_key"],
    erasure=Delete(),
)
personal(
    "meetings.Meeting_speakers",
    owner="speaker__person",
    is_for_all=False,
    title=_("Where you speak"),
    group=Group.PROFESSION,
    purpose=_("To tell people who speaks at a meeting."),
    basis=Basis.CONTRACT,
    source=Source.US,
    recipients=[Recipient.HOST, Recipient.PUBLIC],
    retention=AS_LONG_AS_THEY_SPEAK,
    shown={"meeting__course__title": _("Meeting"), "meeting__starts_at": _("When")},
    internal=["id", "speaker"],
    erasure=Delete(),
)
PLANNING = "The planning: courses, days, places and terms."
not_personal("meetings.Accreditation", "meetings.Meeting", "meetings.Session", reason=PLANNING)
not_personal("meetings.Course", reason=PLANNING)
not_personal("meetings.Policy", reason=PLANNING, despite=["name"])
not_personal(
    "meetings.Region",
    "meetings.Scheme",
    "meetings.Subject",
    reason=PLANNING,
    despite=["name", "name_en"],
)
not_personal("meetings.Venue", reason=PLANNING, despite=["name", "street", "postal_code", "city"])
