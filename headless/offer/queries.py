"""The offer as the API lists it: the rows of the site, with all that a meeting's page tells."""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from home.models import CoursePage, PartnerPage
from home.queries import PAGE_FIELDS
from pluc.content.for_api import pages_for_api
from pluc.generation import remembered
from portal.meetings.models import Meeting, MeetingQuerySet
from portal.meetings.queries.offer import OfferFilters, fitting
from portal.meetings.queries.remembered import FRESH, Line, offer_of, on_offer


def courses_told(request: HttpRequest, language: str) -> frozenset[int]:
    """Courses with a page in this language that the API may tell of: meetings of no other are."""
    return remembered(
        request, ("api courses shown", language), partial(numbers_of_courses, language)
    )


def numbers_of_courses(language: str) -> frozenset[int]:
    return frozenset(course_pages(language).values_list("course", flat=True))


def lines_that_fit(
    request: HttpRequest, filters: OfferFilters, *, language: str, course: str, now: dt.datetime
) -> Sequence[Line]:
    """Meetings to come with what they are found by, the first one first."""
    offer = offer_of(request, now=now, courses=courses_told(request, language))
    lines = fitting(offer, filters)
    return [line for line in lines if line.meeting.course.slug == course] if course else lines


def meetings_to_come(*, now: dt.datetime) -> Counter[int]:
    """How many there are of each course."""
    rows = on_offer(now=now).order_by().values_list("course").annotate(Count("pk"))
    return Counter(dict(rows))


def in_full(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """With all that the page of a meeting tells, in four queries however many there are."""
    told = meetings.with_line(*PAGE_FIELDS).with_accreditations()
    return told.prefetch_related("sessions", "speakers")


@dataclass
class InFull:
    """A meeting with all that is told of it; `known` keeps what was told (`meeting_facts`)."""

    line: Line
    meeting: Meeting
    known: dict[Hashable, dict[str, Any]] = field(default_factory=dict)

    def refreshed(self) -> Self:
        """With counts and state as the request's own query has them."""
        fresh = vars(self.line.meeting)
        vars(self.meeting).update({name: fresh[name] for name in FRESH})
        return self


def meetings_of(request: HttpRequest, lines: Sequence[Line]) -> list[InFull]:
    """The meetings of these lines, in their order.

    Remembered as the lines themselves are (docs/decisions/0023): a line is another one once its
    meeting has changed.
    """
    known: dict[int, InFull] = remembered(request, "offer in full", dict)
    wanted = {line.meeting.pk: line for line in lines}
    new = {pk: line for pk, line in wanted.items() if pk not in known or known[pk].line is not line}
    if new:
        rows = in_full(Meeting.objects.public().filter(pk__in=new))
        known |= {one.pk: InFull(new[one.pk], one) for one in rows}
    return [known[pk].refreshed() for pk in wanted if pk in known]


def meeting_coded(request: HttpRequest, code: str, *, language: str) -> Meeting | None:
    """A meeting that has a page on the site, past and cancelled ones too: its address stays."""
    shown = Meeting.objects.public().filter(starts_at__isnull=False, ends_at__isnull=False)
    courses = courses_told(request, language)
    return in_full(shown.filter(code=code, course__in=courses)).first()


def course_pages(language: str) -> "QuerySet[CoursePage]":
    """The pages of courses that the API may tell of."""
    pages = CoursePage.objects.filter(locale__language_code=language, pk__in=pages_for_api())
    return pages.select_related("course__subject", "locale")


def partner_pages(language: str) -> "QuerySet[PartnerPage]":
    """The pages of partners that the API may tell of."""
    pages = PartnerPage.objects.filter(
        locale__language_code=language, organisation__is_partner=True, pk__in=pages_for_api()
    )
    return pages.select_related("organisation__logo", "locale")
