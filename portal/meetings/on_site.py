"""Which courses the public site shows: told by the room that has its pages, above this one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Model
from django.utils.translation import gettext as _t

from portal.accounts.models import User
from portal.meetings.models import Course, Meeting


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """The page of a course in a language: where visitors read it, and where editors change it."""

    language: str
    is_live: bool
    address: str
    edit_address: str


class Shelf(Protocol):
    """The room with the pages. It makes those of a new course as drafts, and drops those again."""

    def pages_of(self, courses: Collection[int]) -> dict[int, list[SitePage]]: ...

    def make_pages(self, course: Course, by: User | None) -> None: ...

    def drafts_of(self, course: Course) -> Sequence[Model]: ...

    def drop_drafts(self, course: Course, by: User | None) -> None: ...


SHELVES: list[Shelf] = []
# By meeting: why visitors do not see it, in the active language.
Reasons = dict[int, str]


def pages_of(courses: Iterable[int]) -> dict[int, list[SitePage]]:
    """By course, in one query for all of them; none for a course without a page."""
    wanted = set(courses)
    found: dict[int, list[SitePage]] = {course: [] for course in wanted}
    for shelf in SHELVES:
        for course, pages in shelf.pages_of(wanted).items():
            found[course] += pages
    return found


def make_pages(course: Course, by: User | None) -> None:
    for shelf in SHELVES:
        shelf.make_pages(course, by)


def drafts_of(course: Course) -> list[Model]:
    """Its pages, where no visitor ever saw one."""
    return [draft for shelf in SHELVES for draft in shelf.drafts_of(course)]


def drop_drafts(course: Course, by: User | None) -> None:
    """Deletes pages that no visitor ever saw: they go with a course that was a mistake."""
    for shelf in SHELVES:
        shelf.drop_drafts(course, by)


def why_not_on_site(meetings: Iterable[Meeting]) -> Reasons:
    """For the public meetings that no visitor can find yet."""
    public = [meeting for meeting in meetings if meeting.is_public]
    pages = pages_of(meeting.course_id for meeting in public)
    reasons = {meeting.pk: why_not(pages[meeting.course_id]) for meeting in public}
    return {meeting: why for meeting, why in reasons.items() if why}


def why_not(pages: list[SitePage]) -> str:
    """Nothing where it can be read in some language."""
    if any(page.is_live for page in pages):
        return ""
    if pages:
        return _t("Not on the site yet: the page of this course is a draft. Editors publish it.")
    return _t("Not on the site yet: this course has no page. Editors make it.")
