"""Marks in words."""

from django import template
from django.utils.translation import gettext as _t

from pluc.periods import DRIFT
from portal.attendance.models import Mark
from portal.attendance.presence import Problem
from portal.meetings.wording import clock, hours

register = template.Library()
register.filter("hours", hours)


@register.filter
def clock_of(mark: Mark) -> str:
    """13.30"""
    return clock(mark.at)


@register.filter
def is_adrift(mark: Mark) -> bool:
    """Whether the clock of the device was so far off that the back office should look."""
    return mark.drift > DRIFT


@register.filter
def problem_in_words(problem: str) -> str:
    return str(Problem(problem).label)


@register.filter
def marked_by(mark: Mark) -> str:
    """Who marked; a mark of one's own has nobody else."""
    if mark.by:
        return mark.by.person.full_name
    return _t("themselves") if mark.source == Mark.Source.SELF else "–"
