"""Courses and partners as the API tells them, remembered until anything of them changes (0004)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from django.http import HttpRequest

from headless.answers.cursors import Place
from headless.offer.other_facts import course_told, partner_told
from headless.offer.queries import course_pages, partner_pages
from headless.offer.schemas import Course, Partner
from pluc.content.pictures import load_renditions
from pluc.folding import plain
from pluc.generation import remembered
from portal.meetings.on_site import pages_of

T = TypeVar("T")
MOST_SORTED = 40  # letters of a name that count for its place


@dataclass(frozen=True)
class OnShelf(Generic[T]):
    """A row's key, its place in the list, and what is told of it."""

    key: int
    place: Place
    told: T


def courses_of(request: HttpRequest, language: str) -> Sequence[OnShelf[Course]]:
    """All courses on the site by title; how many meetings each has is not filled in."""
    return remembered(request, ("api courses", language), partial(read_courses, language))


def read_courses(language: str) -> list[OnShelf[Course]]:
    rows = list(course_pages(language))
    pages = pages_of(row.course_id for row in rows)
    told = {row.course_id: course_told(row, pages=pages[row.course_id]) for row in rows}
    return in_order((number, one.title, one) for number, one in told.items())


def partners_of(request: HttpRequest, language: str) -> Sequence[OnShelf[Partner]]:
    """All partners on the site by name."""
    return remembered(request, ("api partners", language), partial(read_partners, language))


def read_partners(language: str) -> list[OnShelf[Partner]]:
    rows = list(partner_pages(language))
    load_renditions(row.organisation.logo for row in rows)
    return in_order((row.pk, row.title, partner_told(row)) for row in rows)


def in_order(rows: Iterable[tuple[int, str, T]]) -> list[OnShelf[T]]:
    """By name, in an order of ours: databases have several, and a cursor needs one."""
    placed = [OnShelf(key, (plain(name)[:MOST_SORTED], key), told) for key, name, told in rows]
    return sorted(placed, key=lambda row: row.place)
