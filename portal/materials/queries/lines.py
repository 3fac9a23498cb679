"""What a line about material tells: a participant's, and those of the rooms (P03, P13 to P15)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _t

from portal.accounts.models import Person
from portal.enrolments.models import Enrolment
from portal.materials import release
from portal.materials.models import HandedOut, Material, Version
from portal.materials.queries.serving import meetings_of_client
from portal.meetings.models import Meeting
from portal.meetings.queries.speaking import meetings_of_speaker


@dataclass(frozen=True, kw_only=True)
class MaterialLine:
    """A file or a link as a page shows it. Without `address` it cannot be had now: `note` says why.

    `had` is the number of the version that the reader has, where that is known.
    """

    key: UUID
    title: str
    address: str
    is_link: bool
    kind: str
    note: str
    version: int
    had: int
    is_own: bool = False
    can_be_taken_back: bool = False

    @property
    def is_renewed(self) -> bool:
        """Whether there is a newer version than the reader has."""
        return 0 < self.had < self.version


def material_of(meeting: Meeting) -> list[Material]:
    """What is for a meeting, its course's material among it; in two queries. Withdrawn is not."""
    rows = Material.objects.filter(Q(meeting=meeting) | Q(course=meeting.course_id))
    rows = rows.filter(withdrawn_at=None).select_related("added_by")
    return list(rows.prefetch_related("versions"))


def newest_of(material: Material) -> Version | None:
    """The version that people get, of what `material_of` gave; none while there is none."""
    return next((one for one in material.versions.all() if one.may_be_served and one.file), None)


def material_for(*, person: Person, meeting_id: int, now: dt.datetime) -> list[MaterialLine]:
    """A participant's: what they can have now, and what comes when (P03). Nothing without a place.

    What is not released, has ended, or is not for who missed the meeting, they do not see at all.
    In four queries.
    """
    places = Enrolment.objects.filter(
        person=person, meeting=meeting_id, state=Enrolment.State.ENROLLED
    )
    place = places.select_related("meeting").first()
    return lines_of_place(place, now) if place else []


def lines_of_place(place: Enrolment, now: dt.datetime) -> list[MaterialLine]:
    """The same of a place that is at hand, in three queries; in one where there is nothing."""
    meeting = place.meeting
    shown = [
        one
        for one in material_of(meeting)
        if release.is_released(one)
        and not release.has_ended(one, now)
        and not release.is_kept_from(one, was_absent=place.was_absent)
    ]
    had = versions_had(place.person_id, shown)
    return [line_of(one, meeting, now, had.get(one.pk, 0)) for one in shown]


def versions_had(person_id: UUID, material: Iterable[Material]) -> dict[UUID, int]:
    """The highest version that somebody got, by material; in one query."""
    got = HandedOut.objects.filter(person=person_id, version__material__in=list(material))
    rows = got.values_list("version__material", "version__number").order_by("version__number")
    return dict(rows)


def line_of(material: Material, meeting: Meeting, now: dt.datetime, had: int) -> MaterialLine:
    newest = newest_of(material)
    is_open = release.is_open(material, meeting, now)
    is_link = material.kind == Material.Kind.LINK
    note = "" if is_open else release.from_when(material, meeting)
    if is_open and not is_link and newest is None:
        note = _t("is being checked, and will be here soon")
    return MaterialLine(
        key=material.pk,
        title=str(material),
        address=address_of(material, newest) if is_open else "",
        is_link=is_link,
        kind=host_of(material.url) if is_link else kind_of(newest),
        note=note,
        version=newest.number if newest else 0,
        had=had,
    )


def address_of(material: Material, newest: Version | None) -> str:
    if material.kind == Material.Kind.LINK:
        return material.url
    return reverse("material_file", args=[newest.pk]) if newest else ""


def host_of(url: str) -> str:
    """Where a link leads, so that people see it before they follow it."""
    return url.partition("//")[2].partition("/")[0].removeprefix("www.")


def kind_of(version: Version | None) -> str:
    """As in "PDF, 240 KB"."""
    if version is None:
        return ""
    return f"{version.name.rpartition('.')[2].upper()}, {filesizeformat(version.size)}"


def material_of_speaker(
    *, person: Person, code: str, now: dt.datetime
) -> list[MaterialLine] | None:
    """What a speaker sees of a meeting of theirs: what is released, and their own with its state.

    `None` for a meeting that they do not speak at (P14, P17). It is theirs to prepare with, so they
    have it before its moment.
    """
    meeting = meetings_of_speaker(person=person, now=now).filter(code=code).first()
    if meeting is None:
        return None
    lines = [(one, is_own(one, person)) for one in material_of(meeting)]
    return [
        speakers_line(one, meeting, now, is_own=own)
        for one, own in lines
        if own or release.is_released(one)
    ]


def is_own(material: Material, person: Person) -> bool:
    return material.added_by is not None and material.added_by.person_id == person.pk


def speakers_line(
    material: Material, meeting: Meeting, now: dt.datetime, *, is_own: bool
) -> MaterialLine:
    newest = newest_of(material)
    is_released = release.is_released(material)
    return MaterialLine(
        key=material.pk,
        title=str(material),
        address=address_of(material, newest),
        is_link=material.kind == Material.Kind.LINK,
        kind=host_of(material.url) if material.url else kind_of(newest),
        note=scan_of(material, newest) or state_of(material, meeting, now),
        version=newest.number if newest else 0,
        had=0,
        is_own=is_own,
        can_be_taken_back=is_own and not is_released,
    )


def scan_of(material: Material, newest: Version | None) -> str:
    """What is the matter with a file that nobody can have yet; nothing of any other."""
    last = next(iter(material.versions.all()), None)
    return str(last.get_scan_display()) if last and newest is None else ""


def state_of(material: Material, meeting: Meeting | None, now: dt.datetime) -> str:
    """Where it stands, in words for a speaker and for the back office."""
    if material.withdrawn_at is not None:
        return _t("taken away")
    if material.approved_at is None:
        return _t("waits for the back office to release it")
    if release.has_ended(material, now):
        return _t("no longer available")
    if meeting is not None and release.is_open(material, meeting, now):
        return _t("participants can get it")
    return _t("for participants %(moment)s") % {"moment": release.from_when(material, meeting)}


def material_of_client(*, person: Person, code: str, now: dt.datetime) -> list[MaterialLine] | None:
    """What a client's contact sees of a meeting that it bought, while the grant runs (P15).

    The same, and from the same moment on, as its participants do. `None` for any other meeting.
    """
    meeting = meetings_of_client(person=person, now=now).filter(code=code).first()
    if meeting is None:
        return None
    shown = [
        one
        for one in material_of(meeting)
        if release.is_released(one) and not release.has_ended(one, now)
    ]
    return [line_of(one, meeting, now, 0) for one in shown]
