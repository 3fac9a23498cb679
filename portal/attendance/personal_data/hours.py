"""PE hours that people earned, and who declared attendance final."""

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
    work_of_staff,
)
from pluc import periods
from portal.attendance.personal_data.marks import TO_PROVE, WITH_THE_PLACE
from portal.meetings.wording import hours

AFTER_THE_STEP = Retention(period=periods.PLACE, fact=_("it was noted"), fields=("at",))

personal(
    "attendance.EarnedHours",
    owner="enrolment__person",
    title=_("PE hours that you earned"),
    group=Group.MEETINGS,
    purpose=TO_PROVE,
    basis=Basis.CONTRACT,
    source=Source.US,
    recipients=[Recipient.HOST],
    retention=WITH_THE_PLACE,
    shown=[
        ("enrolment__meeting__course__title", _("Meeting")),
        ("scheme__code", _("Scheme")),
        *("category", "minutes", "hours"),
        ("step__at", _("Declared final")),
    ],
    render={"hours": hours},
    known_by=["enrolment__meeting__course__title", "scheme__code", "hours"],
    internal=["id", "step", "enrolment", "scheme", "computed"],
    erasure=Delete(),
)
work_of_staff(
    "attendance.AttendanceStep",
    "by",
    title=_("Attendance that you declared final or opened again"),
    purpose=_("To be able to tell who changed what, and when."),
    retention=AFTER_THE_STEP,
    shown=["kind", "at"],
    internal=["id", "meeting", "reason"],
    at_end=Delete(),
)
not_personal("attendance.HoursRule", reason="The rules of schemes of professionals.")
