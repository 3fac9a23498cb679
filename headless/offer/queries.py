"""The offer as the API lists it: the rows of the site, with all that a meeting's page tells."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Locale

from home.models import CoursePage, PartnerPage
from home.queries import PAGE_FIELDS, courses_shown
from pluc.generation import remembered
from portal.meetings.models import Meeting, MeetingQuerySet
from portal.meetings.queries.offer import OfferFilters, fitting
from portal.meetings.queries.remembered import Line, offer_of


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


def meetings_numbered(numbers: Iterable[int]) -> list[Meeting]:
    """Those that are still there, in this order."""
    wanted = list(numbers)
    found = {one.pk: one for one in in_full(Meeting.objects.public().filter(pk__in=wanted))}
    return [found[number] for number in wanted if number in found]


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
