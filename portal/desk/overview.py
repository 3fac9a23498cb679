"""The back office's overview: what waits, today, this week, what is coming, and how it goes."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _t

from portal.accounts.models import User
from portal.attendance.permissions import may_take
from portal.attendance.place_parts import is_the_day
from portal.desk.models import Figure
from portal.desk.plots import Plot, plot_of
from portal.desk.waiting import Thing, things_about, things_waiting_for
from portal.meetings.models import Meeting
from portal.meetings.models.meetings import ZONE
from portal.meetings.on_site import Reasons, why_not_on_site
from portal.meetings.queries.staff import missing_from, next_step

AHEAD = dt.timedelta(weeks=4)
State = Meeting.State
Line = tuple[Meeting, str]
# A meeting with what each link about it says, and where that leads.
Ways = tuple[Meeting, list[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Lines are a meeting with its next step; `unready` starts within four weeks and misses
    something. `ways` lead to what a colleague needs while a meeting is on."""

    things: list[Thing]
    unready: list[Line]
    ways: list[Ways]
    today: list[Line]
    this_week: list[Line]
    plots: list[Plot]

    @classmethod
    def of(cls, *, user: User, now: dt.datetime) -> Self:
        meetings = list(meetings_of_now(now))
        over = [one for one in meetings if one.is_over(now)]
        coming = [one for one in meetings if one not in over]
        today, week = days_of(now)
        off_site = why_not_on_site(coming)

        def line(one: Meeting) -> Line:
            return one, next_step(one, now, off_site=off_site.get(one.pk, ""))

        return cls(
            things=[*things_waiting_for(user), *things_about(over, user)],
            unready=[(one, needs[0]) for one in coming if (needs := all_missing(one, off_site))],
            ways=ways_on_the_day(coming, user, now),
            today=[line(one) for one in coming if starts_by(one, today)],
            this_week=[
                line(one) for one in coming if starts_by(one, week) and not starts_by(one, today)
            ],
            plots=plots(),
        )


def ways_on_the_day(meetings: list[Meeting], user: User, now: dt.datetime) -> list[Ways]:
    """To the door, the attendance and the lists of what is held today, for who may take it."""
    if not may_take(user):
        return []
    held = [one for one in meetings if one.state != State.PLANNED and is_the_day(one, now)]
    return [(one, ways_of(one)) for one in held]


def ways_of(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        (_t("Door"), reverse("door", args=[meeting.code])),
        (_t("Attendance"), reverse("attendance_meeting", args=[meeting.pk])),
        (_t("Lists"), reverse("attendance_lists", args=[meeting.pk])),
    ]


def all_missing(meeting: Meeting, off_site: Reasons) -> list[str]:
    """What it still needs, its page on the site among it."""
    return [*missing_from(meeting), *([off_site[meeting.pk]] if meeting.pk in off_site else [])]


def meetings_of_now(now: dt.datetime) -> "list[Meeting]":
    """Those to come within four weeks or today, and those that are over but not done with."""
    going_on = Q(ends_at__gt=now, starts_at__lt=now + AHEAD) & ~Q(state=State.CANCELLED)
    to_do = Q(ends_at__lte=now, state__in=[State.DEFINITE, State.HELD])
    related = ("course", "venue__region", "region", "policy", "client", "partner")
    found = Meeting.objects.filter(going_on | to_do).select_related(*related)
    return list(found.with_accreditations().with_needs().order_by("starts_at"))


def days_of(now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """When today is over, and when this week is, in the Netherlands."""
    today = now.astimezone(ZONE).date()
    days = (1, 7 - today.weekday())
    ends = [dt.datetime.combine(today + dt.timedelta(days=n), dt.time(), tzinfo=ZONE) for n in days]
    return ends[0], ends[1]


def starts_by(meeting: Meeting, moment: dt.datetime) -> bool:
    return meeting.starts_at is not None and meeting.starts_at < moment


def plots() -> list[Plot]:
    """In the order of `Figure.Kind`; none before the first night."""
    found = {figure.kind: figure for figure in Figure.objects.all()}
    return [plot_of(found[kind]) for kind in Figure.Kind.values if kind in found]
