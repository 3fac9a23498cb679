"""How somebody's hours were computed, in sentences with minutes, in the active language."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from portal.attendance.models import EarnedHours, HoursRule
from portal.meetings.models import Session
from portal.meetings.wording import hours as hours_in_words
from portal.meetings.wording import number, session_times

Rounding = HoursRule.Rounding


def explanation(earned: EarnedHours) -> list[str]:
    """From what was kept with the hours: it says the same however rule and sessions change."""
    kept = earned.computed
    if not kept:
        return []
    sentences = [capfirst(session_in_words(part)) for part in kept["sessions"]]
    if len(sentences) > 1:
        together = ngettext(
            "Together that is %(n)d minute.", "Together that is %(n)d minutes.", earned.minutes
        )
        sentences.append(together % {"n": earned.minutes})
    return [*sentences, *rule_in_words(earned, kept)]


def session_in_words(part: dict[str, Any]) -> str:
    """What somebody's presence in one session came to."""
    start, end = (datetime.fromisoformat(part[name]) for name in ("start", "end"))
    words = {
        "when": session_times(Session(starts_at=start, ends_at=end)),
        "present": part["present"],
        "cost": part["break_cost"],
        "net": part["net"],
    }
    if not part["present"]:
        return _t("%(when)s: you were not there.") % words
    if part["is_whole"] and part["break_cost"]:
        return (
            _t("%(when)s: you were there from start to end. Without the break: %(net)d minutes.")
            % words
        )
    if part["is_whole"]:
        return _t("%(when)s: you were there from start to end: %(net)d minutes.") % words
    if part["break_cost"]:
        return (
            _t(
                "%(when)s: you were there for %(present)d minutes. Of those %(cost)d go off for the"
                " break: %(net)d minutes."
            )
            % words
        )
    return _t("%(when)s: you were there for %(net)d minutes.") % words


def rule_in_words(earned: EarnedHours, kept: dict[str, Any]) -> list[str]:
    """What the scheme's rule made of the minutes."""
    rule, most = kept["rule"], Decimal(kept["most"])
    parts = kept["sessions"]
    words = {
        "scheme": earned.scheme.code,
        "minutes": earned.minutes,
        "least": rule["least_minutes"],
        "per_hour": rule["minutes_per_hour"],
        "most": hours_in_words(most),
        "step": number(Decimal(rule["step"])),
        "hours": hours_in_words(earned.hours),
    }
    if earned.minutes < rule["least_minutes"]:
        return [_t("%(scheme)s asks for at least %(least)d minutes, so this earns none.") % words]
    if parts and all(part["is_whole"] for part in parts):
        return [_t("You were there all the time, so you have all %(most)s of %(scheme)s.") % words]
    sentences = {
        Rounding.DOWN: _t(
            "%(scheme)s counts an hour for each %(per_hour)d minutes, rounded down by %(step)s:"
            " %(hours)s."
        ),
        Rounding.NEAREST: _t(
            "%(scheme)s counts an hour for each %(per_hour)d minutes, rounded to the nearest"
            " %(step)s: %(hours)s."
        ),
        Rounding.UP: _t(
            "%(scheme)s counts an hour for each %(per_hour)d minutes, rounded up by %(step)s:"
            " %(hours)s."
        ),
    }
    told = [sentences[Rounding(rule["rounding"])] % words]
    if earned.hours == most:
        told.append(_t("More than %(most)s it does not recognise.") % words)
    return told
