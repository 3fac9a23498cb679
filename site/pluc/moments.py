"""Days and moments as people read them, in the active language and in local time."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format


def day_of(when: date | datetime | None) -> str:
    """As in "1 december 2026"; of a moment its day in the Netherlands, of none nothing."""
    if isinstance(when, datetime):
        when = timezone.localtime(when)
    return date_format(when, "DATE_FORMAT") if when else ""


def moment_of(when: datetime | None) -> str:
    """As in "1 december 2026, 13.30 uur"; of none nothing."""
    return date_format(timezone.localtime(when), "DATETIME_FORMAT") if when else ""
