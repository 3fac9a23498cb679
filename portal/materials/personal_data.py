"""What this room holds of people: which material each was given, and who manages it (P12)."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Retention,
    Source,
    personal,
    work_of_staff,
)
from pluc import periods

AFTER_HANDING_OUT = Retention(period=periods.PLACE, fact=_("you got it"), fields=("at",))
AFTER_ADDING = Retention(period=periods.MATERIAL, fact=_("it was added"), fields=("added_at",))

personal(
    "materials.HandedOut",
    owner="person",
    title=_("Material that was handed out to you"),
    group=Group.MEETINGS,
    purpose=_("To know which version of the material you have."),
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=AFTER_HANDING_OUT,
    shown=[
        ("version__material__title", _("Material")),
        ("version__number", _("Version")),
        "at",
    ],
    known_by=["version__material__title", "at"],
    internal=["id", "person", "version"],
    erasure=Delete(),
)
for column, title in (
    ("added_by", _("Material that you added")),
    ("approved_by", _("Material that you released")),
):
    work_of_staff(
        "materials.Material",
        column,
        title=title,
        purpose=_("To be able to tell who changed what, and when."),
        retention=AFTER_ADDING,
        shown=["title", "added_at"],
        internal=[]
        if column == "approved_by"
        else [
            *("id", "course", "meeting", "kind", "title_en", "url", "moment", "released_from"),
            *("ends_at", "for_absent", "position", "approved_at", "withdrawn_at"),
        ],
        at_end=Delete(),
    )
work_of_staff(
    "materials.Version",
    "uploaded_by",
    title=_("Files that you uploaded"),
    purpose=_("To be able to tell who changed what, and when."),
    retention=replace(AFTER_ADDING, fields=(), goes_with="material"),
    shown=["name", "uploaded_at"],
    internal=[
        *("id", "material", "number", "file", "content_type", "size", "sha256"),
        *("scan", "scanned_at", "tries", "try_at", "why_held"),
    ],
)
