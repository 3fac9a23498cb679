"""Restrictions and disclosures: what this room itself keeps."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import Basis, Delete, Group, Recipient, Retention, Source, personal
from pluc import periods


def translated(text: Any) -> str:
    """A phrase of ours in the active language; anything else as it was written."""
    return _t(text) if text else ""


personal(
    "rights.Restriction",
    owner="person",
    title=_("Restrictions"),
    group=Group.RIGHTS,
    purpose=_("To leave your data unused while you, or the law, ask us to."),
    basis=Basis.DUTY,
    source=Source.US,
    retention=Retention(
        period=periods.RESTRICTION, fact=_("the restriction was lifted"), fields=("lifted_at",)
    ),
    shown={"since": _("Since"), "ground": _("Why"), "lifted_at": _("Lifted")},
    internal=["id", "person", "imposed_by", "lifted_by"],
    erasure=Delete(),
    empty=_("Your data is not restricted."),
    render={"ground": translated},
)
personal(
    "rights.Disclosure",
    owner="person",
    title=_("Given to others"),
    group=Group.DISCLOSURES,
    purpose=_("So that you know who was given your data, and they hear when it changes."),
    basis=Basis.DUTY,
    source=Source.US,
    recipients=[Recipient.HOST],
    retention=Retention(period=periods.DISCLOSURE, fact=_("your data was given"), fields=("at",)),
    shown={
        "at": _("When"),
        "to_whom": _("To whom"),
        "kind": _("Who that is"),
        "data": _("What"),
        "ground": _("Why"),
        "about": _("Meeting"),
    },
    internal=["id", "person", "reference", "about_en", "viewer", "day"],
    erasure=Delete(),
    empty=_("Nobody outside PLUC! has been given your data."),
    render={"data": translated, "ground": translated},
)
