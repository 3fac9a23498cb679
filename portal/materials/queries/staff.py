"""What the back office sees of material: all of it, who has which version, and what waits."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from portal.enrolments.models import Enrolment
from portal.materials import release
from portal.materials.models import HandedOut, Material, Version
from portal.meetings.models import Course, Meeting

LATELY = dt.timedelta(days=100)
MOST = 60
MOST_PEOPLE = 500


def waiting_for_release() -> "QuerySet[Material]":
    """What speakers added and nobody let go or took away, the oldest first."""
    rows = Material.objects.filter(approved_at=None, withdrawn_at=None)
    return rows.select_related("meeting__course", "added_by__person").order_by("added_at")


def not_checked() -> "QuerySet[Version]":
    """Files that nobody gets, since they could not be checked: their material still stands."""
    rows = Version.objects.filter(scan=Version.Scan.HELD, material__withdrawn_at=None)
    return rows.select_related("material__meeting", "material__course").order_by("uploaded_at")


def meetings_coming(*, now: dt.datetime) -> list[Meeting]:
    """Meetings that are not over, those of the next months, the first one first."""
    coming = with_numbers().filter(ends_at__gt=now, starts_at__lt=now + LATELY)
    return list(coming.order_by("starts_at")[:MOST])


def meetings_been(*, now: dt.datetime) -> list[Meeting]:
    """Meetings of the last months, the latest first."""
    been = with_numbers().filter(ends_at__lte=now, ends_at__gt=now - LATELY)
    return list(been.order_by("-starts_at")[:MOST])


def with_numbers() -> "QuerySet[Meeting]":
    """Meetings with how much material each has of its own (`material`)."""
    own = Material.objects.filter(meeting=OuterRef("pk"), withdrawn_at=None).order_by()
    number = own.values("meeting").annotate(n=Count("pk")).values("n")
    going_on = Meeting.objects.exclude(state=Meeting.State.CANCELLED)
    return going_on.select_related("course").annotate(material=Coalesce(Subquery(number), 0))


def meeting_numbered(*, meeting_id: int) -> Meeting | None:
    return Meeting.objects.select_related("course", "client").filter(pk=meeting_id).first()


def course_numbered(*, course_id: int) -> Course | None:
    return Course.objects.filter(pk=course_id).first()


def material_with_id(*, material_id: UUID) -> Material | None:
    """With its meeting or course, who added it, and who released it."""
    related = ("meeting__course", "meeting__client", "course", "added_by__person")
    found = Material.objects.select_related(*related, "approved_by__person")
    return found.filter(pk=material_id).first()


def versions_of(*, material: Material) -> list[Version]:
    """The newest first, each with how many people have it (`people`)."""
    rows = material.versions.select_related("uploaded_by__person")
    handed = HandedOut.objects.filter(version=OuterRef("pk")).order_by()
    number = handed.values("version").annotate(n=Count("pk")).values("n")
    return list(rows.annotate(people=Coalesce(Subquery(number), 0)).order_by("-number"))


def who_has(*, material: Material) -> list[HandedOut]:
    """Who got which version, and when first; the newest first."""
    rows = HandedOut.objects.filter(version__material=material)
    return list(rows.select_related("person", "version").order_by("-at", "-pk")[:MOST_PEOPLE])


def rows_of(place: Meeting | Course) -> list[Material]:
    """The material of a meeting or a course with its versions; what was taken away comes last."""
    key = Q(meeting=place) if isinstance(place, Meeting) else Q(course=place)
    rows = Material.objects.filter(key).prefetch_related("versions")
    gone_last = F("withdrawn_at").asc(nulls_first=True)
    return list(rows.order_by(gone_last, "position", "added_at", "id"))


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Who will see it in one meeting, and from when: a line of the preview."""

    meeting: Meeting
    period: str
    people: str


def readers_of(material: Material, *, now: dt.datetime) -> list[Readers]:
    """Who sees it once it is released, by meeting; in two queries.

    Of a course the meetings around today: all of them would be years.
    """
    return [
        Readers(
            meeting=meeting,
            period=release.period_of(material, meeting),
            people=people_in_words(material, meeting),
        )
        for meeting in meetings_with_readers(material, now)
    ]


def meetings_with_readers(material: Material, now: dt.datetime) -> list[Meeting]:
    """Each with how many have a place (`placed`), and how many of them missed it (`missed`)."""
    places = Enrolment.objects.filter(meeting=OuterRef("pk"), state=Enrolment.State.ENROLLED)
    number = places.order_by().values("meeting").annotate(n=Count("pk")).values("n")
    absent = places.filter(was_absent=True).order_by().values("meeting")
    counted = Meeting.objects.annotate(
        placed=Coalesce(Subquery(number), 0),
        missed=Coalesce(Subquery(absent.annotate(n=Count("pk")).values("n")), 0),
    )
    if material.meeting_id:
        return list(counted.filter(pk=material.meeting_id).select_related("course", "client"))
    around = counted.filter(course=material.course_id, starts_at__gt=now - LATELY)
    going_on = around.exclude(state=Meeting.State.CANCELLED)
    return list(going_on.select_related("course", "client").order_by("starts_at")[:MOST])


def people_in_words(material: Material, meeting: Meeting) -> str:
    """As in "27 participants, 2 who missed it among them"."""
    counted: Any = meeting  # of `meetings_with_readers`
    placed, missed = counted.placed, counted.missed
    if material.for_absent == Material.Absent.NO:
        placed -= missed
    words = ngettext("%(n)d participant", "%(n)d participants", placed) % {"n": placed}
    if missed and material.for_absent == Material.Absent.YES:
        more = ngettext("of whom %(n)d missed it", "of whom %(n)d missed it", missed)
        words = f"{words}, {more % {'n': missed}}"
    return words
