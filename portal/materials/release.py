"""From when and until when material is to be had: per meeting, for a course's material too."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from pluc.moments import moment_of
from portal.materials.models import Material
from portal.meetings.models import Meeting

Moment = Material.Moment


def opens_at(material: Material, meeting: Meeting | None) -> dt.datetime | None:
    """The moment from which it is to be had; none while that is not known."""
    if material.moment == Moment.AT:
        return material.released_from
    if material.moment == Moment.ENROLLED:
        return material.approved_at
    if meeting is None:
        return None
    return meeting.starts_at if material.moment == Moment.START else meeting.ends_at


def is_released(material: Material) -> bool:
    """Whether the back office let it go, and did not take it away since."""
    return material.approved_at is not None and material.withdrawn_at is None


def has_ended(material: Material, now: dt.datetime) -> bool:
    return material.ends_at is not None and material.ends_at <= now


def is_open(material: Material, meeting: Meeting, now: dt.datetime) -> bool:
    """Whether people of a meeting can have it now."""
    start = opens_at(material, meeting)
    begun = start is not None and start <= now
    return is_released(material) and begun and not has_ended(material, now)


def is_kept_from(material: Material, *, was_absent: bool | None) -> bool:
    """Whether somebody does not get it, since they missed the meeting.

    Only once attendance says so: while nobody knows, they get it (docs/decisions/0043).
    """
    return bool(was_absent) and material.for_absent == Material.Absent.NO


def day_and_time(moment: dt.datetime) -> str:
    """As in "donderdag 12 mei 2026, 17.00 uur"."""
    return f"{date_format(timezone.localtime(moment), 'l')} {moment_of(moment)}"


def from_when(material: Material, meeting: Meeting | None) -> str:
    """As in "from Thursday 12 May 2026, 17:00"; in general words where no day is known."""
    start = opens_at(material, meeting)
    if material.moment == Moment.ENROLLED or start is None:
        return str(material.get_moment_display())
    return _t("from %(moment)s") % {"moment": day_and_time(start)}


def period_of(material: Material, meeting: Meeting | None) -> str:
    """From when, and until when where it ends."""
    start = from_when(material, meeting)
    if material.ends_at is None:
        return start
    end = _t("until %(moment)s") % {"moment": day_and_time(material.ends_at)}
    return f"{start}, {end}"
