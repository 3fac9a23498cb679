"""What the pages of the two rooms show: to whose they are, and to a colleague who looks along."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from pluc.signed_in import Permitted
from portal.accounts.models import Person
from portal.accounts.permissions import may_enter_organisations_room, may_enter_speakers_room
from portal.certificates.queries.seeing import certificates_in
from portal.desk.queries.meetings import Calendar, RoomMeeting
from portal.desk.queries.organisations import (
    ClientsMeeting,
    organisations_calendar,
    organisations_meeting,
)
from portal.desk.queries.rolls import Roll
from portal.desk.queries.speakers import SpeakersMeeting, speakers_calendar, speakers_meeting
from portal.desk.queries.who import acts_for_anybody, is_a_speaker
from portal.materials.queries.lines import MaterialLine, material_of_client, material_of_speaker


@dataclass(frozen=True, kw_only=True)
class Eyes:
    """Who looks, at which moment, and where the links of their pages lead.

    A colleague who looks along (`is_along`) sees the same pages, and takes nothing with them: no
    file, and no way to the door.
    """

    person: Person
    now: dt.datetime
    start: str
    meeting: Callable[[str], str]
    is_along: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a room, and the lists of people that stand on it."""

    template: str
    eyes: Eyes
    told: dict[str, Any]
    rolls: Sequence[Roll] = field(default_factory=list)

    @property
    def context(self) -> dict[str, Any]:
        return {"eyes": self.eyes, **self.told}


@dataclass(frozen=True, kw_only=True)
class Part:
    """Meetings below one heading, each with the address of its page."""

    slug: str
    heading: str
    meetings: list[tuple[RoomMeeting, str]]


@dataclass(frozen=True, kw_only=True)
class List:
    """A list of people as a table."""

    caption: str
    rows: list[tuple[str, str, str]]


def own_eyes(person: Person, now: dt.datetime, *, room: str) -> Eyes:
    """Of whoever's room it is; `room` begins the names of its addresses."""
    return Eyes(
        person=person,
        now=now,
        start=reverse(f"{room}_room"),
        meeting=lambda code: reverse(f"{room}_meeting", args=[code]),
    )


# --- Pages ---------------------------------------------------------------------------------------


def speakers_start(eyes: Eyes) -> Page:
    calendar = speakers_calendar(person=eyes.person, now=eyes.now)
    told = {"parts": parts_of(calendar, eyes)}
    return Page(template="desk/speaker.html", eyes=eyes, told=told)


def organisations_start(eyes: Eyes) -> Page:
    calendar = organisations_calendar(person=eyes.person, now=eyes.now)
    told = {"parts": parts_of(calendar, eyes)}
    return Page(template="desk/organisation.html", eyes=eyes, told=told)


def speakers_page(eyes: Eyes, code: str) -> Page | None:
    """One of a speaker's meetings; `None` for any other."""
    found = speakers_meeting(person=eyes.person, code=code, now=eyes.now)
    if found is None:
        return None
    rolls = [] if found.roll is None else [found.roll]
    told = {"found": found, "facts": found.facts, "lists": lists_of(rolls)}
    told["material"] = seen_by(
        eyes, material_of_speaker(person=eyes.person, code=code, now=eyes.now)
    )
    return Page(template="desk/speaker_meeting.html", eyes=eyes, told=told, rolls=rolls)


def organisations_page(eyes: Eyes, code: str) -> Page | None:
    """One of an organisation's meetings; `None` for any other."""
    found = organisations_meeting(person=eyes.person, code=code, now=eyes.now)
    if found is None:
        return None
    told = {"found": found, "facts": found.facts, "lists": lists_of(found.rolls)}
    told["material"] = seen_by(
        eyes, material_of_client(person=eyes.person, code=code, now=eyes.now)
    )
    told["certificates"] = [
        (one.person.full_name, "" if eyes.is_along else reverse("certificate_file", args=[one.pk]))
        for one in certificates_in(person=eyes.person, code=code, now=eyes.now)
    ]
    return Page(template="desk/organisation_meeting.html", eyes=eyes, told=told, rolls=found.rolls)


def told_about(
    found: SpeakersMeeting | ClientsMeeting, rolls: Sequence[Roll], material: list[MaterialLine]
) -> dict[str, Any]:
    """What the page of a meeting tells in either room."""
    lists = lists_of(rolls)
    return {"found": found, "facts": found.facts, "lists": lists, "material": material}


# --- Their parts ---------------------------------------------------------------------------------


def parts_of(calendar: Calendar, eyes: Eyes) -> list[Part]:
    """The parts of a calendar that hold something."""
    parts = (
        ("today", _t("Today"), calendar.today),
        ("to-come", _t("To come"), calendar.to_come),
        ("past", _t("Been and gone"), calendar.past),
    )
    return [
        Part(
            slug=slug,
            heading=heading,
            meetings=[(one, eyes.meeting(one.code)) for one in meetings],
        )
        for slug, heading, meetings in parts
        if meetings
    ]


def lists_of(rolls: Sequence[Roll]) -> list[List]:
    return [
        List(
            caption=caption_of(roll),
            rows=[(one.name, one.organisation, one.titles) for one in roll.people],
        )
        for roll in rolls
    ]


def caption_of(roll: Roll) -> str:
    """How many a list holds: of everybody who comes, or of those whom a bureau signed up."""
    number = {"n": len(roll), "bureau": roll.seen_for}
    if roll.is_whole:
        return ngettext("%(n)s participant", "%(n)s participants", len(roll)) % number
    told = ngettext(
        "%(n)s participant, signed up by %(bureau)s",
        "%(n)s participants, signed up by %(bureau)s",
        len(roll),
    )
    return told % number


def seen_by(eyes: Eyes, lines: list[MaterialLine] | None) -> list[MaterialLine]:
    """Material of a meeting; who looks along sees what there is, and can have or change nothing."""
    if not eyes.is_along:
        return lines or []
    return [replace(line, address="", can_be_taken_back=False) for line in lines or []]


# --- The two of them -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room: by which right and rows somebody has it, and its pages."""

    name: str
    right: Callable[[Permitted], bool]
    rows: Callable[[Person], bool]
    start: Callable[[Eyes], Page]
    page: Callable[[Eyes, str], Page | None]

    def is_of(self, person: Person) -> bool:
        """Whether somebody finds the room when they sign in; without a login nobody does."""
        return person.has_login and self.right(person.user) and self.rows(person)


SPEAKERS = Room(
    name="speaker",
    right=may_enter_speakers_room,
    rows=is_a_speaker,
    start=speakers_start,
    page=speakers_page,
)
ORGANISATIONS = Room(
    name="organisation",
    right=may_enter_organisations_room,
    rows=acts_for_anybody,
    start=organisations_start,
    page=organisations_page,
)
