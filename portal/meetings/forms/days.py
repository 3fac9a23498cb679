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
    """A day and a time, as browsers ask for them."""

    def __init__(self, label: Any) -> None:
        super().__init__(date_format="%Y-%m-%d", time_format="%H:%M")
        self.label = label
        self.widgets[0].input_type, self.widgets[1].input_type = "date", "time"

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
