"""Reading the offer: courses, meetings, partners, and what becomes of a certificate."""

from collections import Counter
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _t
from ninja import Query, Router

from headless.answers.cursors import CursorPage, Place, page_of
from headless.answers.problems import Problem, Refusal, there_is
from headless.answers.reading import reads
from headless.offer import schemas
from headless.offer.filters import (
    CertificateId,
    CourseCode,
    Language,
    Listed,
    MeetingCode,
    MeetingQuery,
    MeetingsQuery,
    OfferQuery,
    unknown,
)
from headless.offer.meeting_facts import meeting_told
from headless.offer.missing import no_certificate, no_course, no_meeting
from headless.offer.other_facts import certificate_told
from headless.offer.queries import lines_that_fit, meeting_coded, meetings_of, meetings_to_come
from headless.offer.shelves import OnShelf, courses_of, partners_of
from portal.certificates.queries.public import certificate_with_id, is_gone
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
    require_course(request, query)
    fit = lines_that_fit(request, filters, language=query.locale, course=query.course, now=now)
    page = page_of(request, fit, query, place=place_of_line, name="meetings")
    items = [
        meeting_told(one.meeting, now, partner=filters.partner, known=one.known)
        for one in meetings_of(request, page.rows)
    ]
    return CursorPage[schemas.Meeting](meta=page.meta, items=items)


@reading.get("/meetings/{slug:code}/", response={200: schemas.Meeting, **ONE})
def meeting(request: HttpRequest, code: MeetingCode, query: Query[MeetingQuery]) -> Any:
    """A meeting with a page on our site; past and cancelled ones too."""
    partner = query.known_partner()
    found = there_is(meeting_coded(request, code, language=query.locale), no_meeting())
    return meeting_told(found, timezone.now(), partner=partner)


@reading.get("/courses/", response={200: CursorPage[schemas.Course], **LIST})
def courses(request: HttpRequest, query: Query[OfferQuery]) -> Any:
    """Courses by title; with filters, those with a meeting to come that fits all of them."""
    filters = query.as_filters()
    counted = meetings_counted(request, filters, query.locale)
    rows = [row for row in courses_of(request, query.locale) if row.key in counted or not filters]
    page = page_of(request, rows, query, place=place_of, name="courses")
    items = [with_count(row, counted) for row in page.rows]
    return CursorPage[schemas.Course](meta=page.meta, items=items)


@reading.get("/courses/{slug:code}/", response={200: schemas.Course, **ONE})
def course(request: HttpRequest, code: CourseCode, query: Query[Language]) -> Any:
    """A course, by its code."""
    rows = courses_of(request, query.locale)
    row = there_is(next((row for row in rows if row.told.code == code), None), no_course())
    return with_count(row, meetings_counted(request, OfferFilters(), query.locale))


@reading.get("/partners/", response={200: CursorPage[schemas.Partner], **LIST})
def partners(request: HttpRequest, query: Query[Listed]) -> Any:
    """Partners with a page on our site, by name."""
    rows = partners_of(request, query.locale)
    page = page_of(request, rows, query, place=place_of, name="partners")
    items = [row.told for row in page.rows]
    return CursorPage[schemas.Partner](meta=page.meta, items=items)


@checking.get(
    "/certificates/{uuid:certificate}/",
    response={200: schemas.Certificate, 410: Problem, **ONE},
)
def certificate(request: HttpRequest, certificate: CertificateId, query: Query[Language]) -> Any:
    """Whether a certificate is in force, and what stands on it; an erased one is gone."""
    found = certificate_with_id(key=certificate)
    if found is not None:
        return certificate_told(found)
    if is_gone(key=certificate):
        raise Refusal(HTTPStatus.GONE, _t("This certificate is gone: what it said was deleted."))
    raise Refusal(HTTPStatus.NOT_FOUND, no_certificate())


def require_course(request: HttpRequest, query: MeetingsQuery) -> None:
    """Raises `Refusal` (422) for a course that there is not."""
    rows = courses_of(request, query.locale) if query.course else []
    if query.course and not any(row.told.code == query.course for row in rows):
        raise unknown("course", query.course)


def place_of_line(line: Line) -> Place:
    """Meetings that start at the same moment stand in the order in which they were made."""
    starts_at = line.meeting.starts_at
    return (starts_at.timestamp() if starts_at else 0, line.meeting.pk)


def place_of(row: OnShelf[Any]) -> Place:
    return row.place


def meetings_counted(request: HttpRequest, filters: OfferFilters, language: str) -> Counter[int]:
    """How many meetings to come that fit each course has."""
    if not filters:
        return meetings_to_come(now=timezone.now())
    fit = lines_that_fit(request, filters, language=language, course="", now=timezone.now())
    return Counter(line.meeting.course_id for line in fit)


def with_count(row: OnShelf[schemas.Course], counted: Counter[int]) -> schemas.Course:
    return row.told.model_copy(update={"meetings": counted[row.key]})
