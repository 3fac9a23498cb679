"""The file of a person: what each room knows of them, on one staff screen.

A room registers a section, with a function that tells its newest lines in one query. So the screen
costs a query for each section, whatever the number of rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from portal.accounts.models import Person

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

IN_SIGHT = 10  # lines of a section; more are one click away where the room has a list


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing in a file: when, what, its state, and where it is to be read."""

    at: datetime
    text: str
    state: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the file, for whoever `may` see it. `lines` gives the newest, so many at most."""

    order: int
    title: str | Promise
    icon: str
    empty: str | Promise
    may: "Callable[[_User], bool]"
    lines: Callable[[Person, int], list[Line]]
    # The list of all of them, where the room has one.
    all_url: Callable[[Person], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A section as the screen shows it."""

    section: Section
    lines: list[Line]
    more: str

    @property
    def slug(self) -> str:
        return f"part-{self.section.order}"


SECTIONS: list[Section] = []


def file_of(person: Person, *, user: "_User") -> list[Shown]:
    """The sections that this colleague may see, in order."""
    own = [section for section in SECTIONS if section.may(user)]
    return [shown(section, person) for section in sorted(own, key=lambda one: one.order)]


def shown(section: Section, person: Person) -> Shown:
    lines = section.lines(person, IN_SIGHT + 1)
    more = section.all_url(person) if len(lines) > IN_SIGHT and section.all_url else ""
    return Shown(section=section, lines=lines[:IN_SIGHT], more=more)
