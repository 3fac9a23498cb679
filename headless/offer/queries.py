"""The offer as the API lists it: the rows of the site, with all that a meeting's page tells."""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Locale

from home.models import CoursePage, PartnerPage
from home.queries import PAGE_FIELDS, courses_shown
from pluc.generation import remembered
from portal.meetings.models import Meeting, MeetingQuerySet
from portal.meetings.queries.offer import OfferFilters, fitting
from portal.meetings.queries.remembered import FRESH, Line, offer_of


def locale_of(request: HttpRequest, language: str) -> int:
    """The key of a language among pages; of one that has none, no page's."""
    found = Locale.objects.filter(language_code=language)
    return remembered(
        request,
        ("locale", language),
        lambda: found.values_list("pk", flat=True).first() or 0,
    )


def courses_on_site(request: HttpRequest, language: str) -> frozenset[int]:
    return courses_shown(request, locale_of(request, language))


def lines_that_fit(
    request: HttpRequest, filters: OfferFilters, *, language: str, course: str, now: dt.datetime
) -> Sequence[Line]:
    """Meetings to come with what they are found by, the first one first."""
    offer = offer_of(request, now=now, courses=courses_on_site(request, language))
    lines = fitting(offer, filters)
    return [line for line in lines if line.meeting.course.slug == course] if course else lines


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
    courses = courses_on_site(request, language)
    return in_full(shown.filter(code=code, course__in=courses)).first()


def course_pages(language: str) -> "QuerySet[CoursePage]":
    """The pages of courses that visitors see."""
    pages = CoursePage.objects.live().filter(locale__language_code=language)
    return pages.select_related("course__subject", "locale").order_by("course__title", "course_id")


def partner_pages(language: str) -> "QuerySet[PartnerPage]":
    """The pages of partners that visitors see."""
    pages = PartnerPage.objects.live().filter(
        locale__language_code=language, organisation__is_partner=True
    )
    return pages.select_related("organisation__logo", "locale").order_by("title", "id")
