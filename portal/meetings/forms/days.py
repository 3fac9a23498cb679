"""Days and times, as people type them."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t

from portal.meetings.models.meetings import ZONE

# What is planned lies in these. Far outside of them dates cannot be reckoned with.
YEARS = range(2000, 2100)


class Moment(forms.SplitDateTimeWidget):
    """A day and a time, as browsers ask for them.

    Where only a time is typed, the day may be that of another field: `same_day_as`.
    """

    def __init__(self, label: Any, *, same_day_as: str = "") -> None:
        super().__init__(date_format="%Y-%m-%d", time_format="%H:%M")
        self.label, self.same_day_as = label, same_day_as
        self.widgets[0].input_type, self.widgets[1].input_type = "date", "time"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        day, time = super().value_from_datadict(data, files, name)
        if time and not day and self.same_day_as:
            other = name.rpartition("-")[0] + f"-{self.same_day_as}_0"
            day = data.get(other)
        return [day, time]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Each part says what it asks: a label names the first one alone."""
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        for part, label in zip(parts, (_t("day"), _t("time")), strict=True):
            part["attrs"]["aria-label"] = f"{self.label} ({label})"
        return context


def validate_year(day: dt.date) -> None:
    """Of a day or a moment: refuses a year with a digit too many or too few."""
    if day.year not in YEARS:
        raise forms.ValidationError(_t("Look at the year again."))


def validate_to_come(day: dt.date) -> None:
    """Of a day on which something is planned: today, or later."""
    if day < timezone.localdate(timezone=ZONE):
        raise forms.ValidationError(_t("This day is over. Choose one that is still to come."))


def month_from(text: str) -> dt.date:
    """The first of the month in an address; of this month where none is asked for.

    Raises `ValueError` for what is no month, or lies outside of `YEARS`.
    """
    if not text:
        return timezone.localdate(timezone=ZONE).replace(day=1)
    first = dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=ZONE).date()
    if first.year not in YEARS:
        raise ValueError(text)
    return first
