"""Reading the offer: courses, meetings, partners, and what becomes of a certificate."""

from collections import Counter
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _t
from ninja import Query, Router

from headless.answers.cursors import CursorPage, Place, page_of
from headless.answers.problems import Problem, Refusal
from headless.answers.reading import reads
from headless.offer import schemas
from headless.offer.filters import Language, Listed, MeetingQuery, MeetingsQuery, OfferQuery
from headless.offer.meeting_facts import meeting_told
from headless.offer.other_facts import certificate_told, course_told, partner_told
from headless.offer.queries import (
    course_pages,
    lines_that_fit,
    meeting_coded,
    meetings_of,
    partner_pages,
)
from home.models import CoursePage
from pluc.content.pictures import load_renditions
from pluc.errors import or_not_found
from portal.certificates.queries.public import certificate_with_id, is_gone
from portal.meetings.on_site import pages_of
from portal.meetings.queries.offer import OfferFilters
from portal.meetings.queries.remembered import Line

reading = Router(tags=["offer"])
reading.add_decorator(reads(), mode="view")
# Whether a certificate is in force is asked anew each time.
checking = Router(tags=["certificates"])
checking.add_decorator(reads(seconds=0), mode="view")

REFUSED: dict[Any, Any] = dict.fromkeys((401, 403, 422, 429), Problem)
LIST: dict[Any, Any] = {400: Problem, **REFUSED}
ONE: dict[Any, Any] = {404: Problem, **REFUSED}


@reading.get("/meetings/", response={200: CursorPage[schemas.Meeting], **LIST})
def meetings(request: HttpRequest, query: Query[MeetingsQuery]) -> Any:
    """Meetings that are still to come, the first one first."""
    now, filters = timezone.now(), query.as_filters()
    fit = lines_that_fit(request, filters, language=query.locale, course=query.course, now=now)
    page = page_of(request, fit, query, place=place_of_line, name="meetings")
    items = [
        meeting_told(one.meeting, now, partner=filters.partner, known=one.known)
        for one in meetings_of(request, page.rows)
    ]
    return CursorPage[schemas.Meeting](meta=page.meta, items=items)


@reading.get("/meetings/{slug:code}/", response={200: schemas.Meeting, **ONE})
def meeting(request: HttpRequest, code: str, query: Query[MeetingQuery]) -> Any:
    """A meeting with a page on our site; past and cancelled ones too."""
    partner = query.known_partner()
    found = or_not_found(meeting_coded(request, code, language=query.locale))
    return meeting_told(found, timezone.now(), partner=partner)


@reading.get("/courses/", response={200: CursorPage[schemas.Course], **LIST})
def courses(request: HttpRequest, query: Query[OfferQuery]) -> Any:
    """Courses by title; with filters, those with a meeting to come that fits all of them."""
    filters, counted = query.as_filters(), Counter[int]()
    fit = lines_that_fit(request, filters, language=query.locale, course="", now=timezone.now())
    counted.update(line.meeting.course_id for line in fit)
    pages = [
        page for page in course_pages(query.locale) if page.course_id in counted or not filters
    ]
    page = page_of(request, pages, query, place=place_of_course, name="courses")
    return CursorPage[schemas.Course](meta=page.meta, items=told(page.rows, counted))


@reading.get("/courses/{slug:code}/", response={200: schemas.Course, **ONE})
def course(request: HttpRequest, code: str, query: Query[Language]) -> Any:
    """A course, by its code."""
    found = or_not_found(course_pages(query.locale).filter(course__slug=code).first())
    fit = lines_that_fit(
        request, OfferFilters(), language=query.locale, course=code, now=timezone.now()
    )
    return told([found], Counter({found.course_id: len(fit)}))[0]


@reading.get("/partners/", response={200: CursorPage[schemas.Partner], **LIST})
def partners(request: HttpRequest, query: Query[Listed]) -> Any:
    """Partners with a page on our site, by name."""
    pages = list(partner_pages(query.locale))
    page = page_of(request, pages, query, place=lambda one: (one.title, one.pk), name="partners")
    load_renditions(one.organisation.logo for one in page.rows)
    items = [partner_told(one) for one in page.rows]
    return CursorPage[schemas.Partner](meta=page.meta, items=items)


@checking.get(
    "/certificates/{uuid:certificate}/",
    response={200: schemas.Certificate, 410: Problem, **ONE},
)
def certificate(request: HttpRequest, certificate: UUID, query: Query[Language]) -> Any:
    """Whether a certificate is in force, and what stands on it; an erased one is gone."""
    found = certificate_with_id(key=certificate)
    if found is not None:
        return certificate_told(found)
    if is_gone(key=certificate):
        raise Refusal(HTTPStatus.GONE, _t("This certificate is gone: what it said was deleted."))
    raise Http404


def place_of_line(line: Line) -> Place:
    """Meetings that start at the same moment stand in the order in which they were made."""
    starts_at = line.meeting.starts_at
    return (starts_at.timestamp() if starts_at else 0, line.meeting.pk)


def place_of_course(page: CoursePage) -> Place:
    return (page.course.title, page.course_id)


def told(pages: list[CoursePage], counted: Counter[int]) -> list[schemas.Course]:
    """Courses with how many meetings each has to come, in one query for all of their pages."""
    known = pages_of(page.course_id for page in pages)
    return [
        course_told(page, meetings=counted[page.course_id], pages=known[page.course_id])
        for page in pages
    ]
