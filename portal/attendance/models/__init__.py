"""Who was there, by which marks; the lists on paper; and the hours that follow."""

from portal.attendance.models.hours import AttendanceStep, EarnedHours, HoursRule
from portal.attendance.models.lists import ListPrint, Photograph, PrintedPage, PrintedRow
from portal.attendance.models.marks import Mark, WalkIn

__all__ = [
    "AttendanceStep",
    "EarnedHours",
    "HoursRule",
    "ListPrint",
    "Mark",
    "Photograph",
    "PrintedPage",
    "PrintedRow",
    "WalkIn",
]
