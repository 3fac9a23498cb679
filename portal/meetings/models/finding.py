"""Finding meetings, with as much of each as a line or a screen tells."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from portal.meetings.models.accreditations import Accreditation
from portal.meetings.models.courses import Speaker
from portal.meetings.models.kinds import Format, State

if TYPE_CHECKING:
    from portal.meetings.models.meetings import Meeting

    Meetings = models.QuerySet[Meeting]
else:
    Meetings = models.QuerySet


# Of regions and subjects: what lists are found and sorted by, and say.
NAMED = ("slug", "name", "name_en", "position")


# What a line of a list tells of a meeting, besides the hours (`MeetingQuerySet.with_line`).
LINE = (
    *("code", "format", "state", "language", "is_online", "price", "vat", "starts_at", "ends_at"),
    *("days", "capacity", "taken", "held", "held_until", "waiting"),
    *("course__slug", "course__title", "course__title_en", "course__vat", "venue__city"),
    *(f"{row}__{name}" for row in ("course__subject", "region", "venue__region") for name in NAMED),
    *("policy__closing_days", "partner__name", "partner__slug"),
)


def to_come(now: dt.datetime) -> Q:
    """Meetings that have not begun (of a row `Meeting.has_begun`) and are not cancelled."""
    return Q(starts_at__gt=now) & ~Q(state=State.CANCELLED)


class MeetingQuerySet(Meetings):
    def public(self) -> Self:
        """Meetings that have a page on the public site (`Meeting.is_public`, of rows)."""
        return self.filter(is_listed=True).exclude(format=Format.IN_COMPANY)

    def upcoming(self, now: dt.datetime) -> Self:
        return self.filter(to_come(now))

    def with_line(self, *more: str) -> Self:
        """Meetings with what a line in a list tells of them, and no more, in the same query.

        `more` names other columns, such as "venue__street"; each further one costs a query a row.
        """
        hours = Accreditation.objects.filter(meeting=models.OuterRef("pk")).order_by("-hours")
        named = self.select_related(
            "course__subject", "venue__region", "region", "policy", "partner"
        )
        most = models.Subquery(hours.values("hours")[:1])
        return named.only(*LINE, *more).annotate(most_hours=most)

    def with_facts(self) -> Self:
        """With all that a line or a facts card tells, in one query and two more."""
        return self.with_names().with_accreditations().prefetch_related("sessions")

    def with_names(self) -> Self:
        """With what it refers to, in the same query."""
        return self.select_related(
            "course__subject", "venue__region", "region", "policy", "partner", "client"
        )

    def with_accreditations(self) -> Self:
        """With the hours that schemes recognise, in one query more."""
        with_scheme = Accreditation.objects.select_related("scheme")
        return self.prefetch_related(models.Prefetch("accreditations", with_scheme))

    def with_needs(self) -> Self:
        """With what `queries.staff.missing_from` asks of a meeting, but for the hours."""
        speakers = Speaker.meetings.through.objects.filter(meeting=models.OuterRef("pk"))
        return self.annotate(has_speakers=models.Exists(speakers))
