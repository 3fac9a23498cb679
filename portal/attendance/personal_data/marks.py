"""Marks at the door, and who came without standing on a list."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Recipient,
    Retention,
    Source,
    personal,
    work_of_staff,
)
from pluc import periods

TO_PROVE = _("To show who was there, which gives you your PE hours and keeps our accreditation.")
SEEN_BY = [Recipient.HOST, Recipient.SPEAKERS]
WITH_THE_PLACE = Retention(
    period=periods.PLACE,
    fact=_("the meeting, or after you asked if it never was"),
    goes_with="enrolment",
)
AFTER_IT_WAS_ADDED = Retention(period=periods.PLACE, fact=_("the meeting"), fields=("added_at",))

personal(
    "attendance.Mark",
    owner="enrolment__person",
    title=_("When you came in and went out"),
    group=Group.MEETINGS,
    purpose=TO_PROVE,
    basis=Basis.CONTRACT,
    source=Source.YOU,
    recipients=SEEN_BY,
    retention=WITH_THE_PLACE,
    shown=[
        ("session__meeting__course__title", _("Meeting")),
        *("kind", "at", "source", "received_at", "reason"),
    ],
    is_log=True,
    known_by=["session__meeting__course__title", "kind", "at"],
    internal=["id", "session", "enrolment", "walk_in", "told_at", "supersedes"],
    erasure=Delete(),
)
work_of_staff(
    "attendance.Mark",
    "by",
    title=_("Who you marked as present"),
    purpose=_("To be able to tell who changed what, and when."),
    retention=WITH_THE_PLACE,
    shown=["kind", "at"],
)
personal(
    "attendance.WalkIn",
    owner="enrolment__person",
    title=_("That you came without standing on the list"),
    group=Group.MEETINGS,
    purpose=TO_PROVE,
    basis=Basis.CONTRACT,
    source=Source.YOU,
    recipients=SEEN_BY,
    retention=AFTER_IT_WAS_ADDED,
    shown=[
        ("meeting__course__title", _("Meeting")),
        *("first_name", "last_name", "organisation", "titles", "added_at"),
    ],
    known_by=["meeting__course__title", "added_at"],
    internal=["id", "meeting", "instead_of", "enrolment", "dropped_because"],
    erasure=Delete(),
)
work_of_staff(
    "attendance.WalkIn",
    "added_by",
    title=_("Whom you added at the door"),
    purpose=_("To be able to tell who changed what, and when."),
    retention=AFTER_IT_WAS_ADDED,
    shown=["added_at"],
)
