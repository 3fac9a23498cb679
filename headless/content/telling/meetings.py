"""The meetings that stand on a page, as lists on the site tell them."""

from collections.abc import Iterable

from headless.content.schemas.pages import MeetingLine
from headless.content.telling.gathering import Gathered
from home.models import CoursePage, HomePage, PartnerPage, StandardPage
from home.offer import row_of
from pluc.content.addresses import absolute
from portal.meetings.models import Meeting
from portal.meetings.queries.offer import OfferFilters, fitting, next_joinable

# The offer API's own address of a meeting (`headless.offer`, which this room does not know).
OFFER = "/api/offer/meetings/"


def lines(
    meetings: Iterable[Meeting], gathered: Gathered, *, partner: str = ""
) -> list[MeetingLine]:
    return [line_of(meeting, gathered, partner) for meeting in meetings]


def line_of(meeting: Meeting, gathered: Gathered, partner: str) -> MeetingLine:
    row = row_of(meeting, gathered.now, partner=partner)
    return MeetingLine(
        code=meeting.code,
        title=row.title,
        html_url=absolute(row.url),
        offer_url=absolute(f"{OFFER}{meeting.code}/"),
        starts_on=row.date,
        time=row.time,
        format=row.format,
        region=row.region,
        place=row.place,
        hours=row.hours,
        places=row.places,
        price=row.price,
    )


def of_course(page: CoursePage, gathered: Gathered) -> list[MeetingLine]:
    offer = gathered.offer(page.locale_id)
    return lines(
        (one.meeting for one in offer if one.meeting.course_id == page.course_id), gathered
    )


def of_partner(page: PartnerPage, gathered: Gathered) -> list[MeetingLine]:
    slug = page.organisation.slug
    found = fitting(gathered.offer(page.locale_id), OfferFilters(partner=slug))
    return lines((one.meeting for one in found), gathered, partner=slug)


def of_kind(page: StandardPage, gathered: Gathered) -> list[MeetingLine]:
    """Of the kind that the page is about, if it is about one."""
    if not page.dates_of:
        return []
    found = fitting(gathered.offer(page.locale_id), OfferFilters(format=page.dates_of))
    return lines((one.meeting for one in found), gathered)


def of_home(page: HomePage, gathered: Gathered) -> list[MeetingLine]:
    """The first ones that can still be joined."""
    offer = gathered.offer(page.locale_id)
    return lines(next_joinable(offer, now=gathered.now, limit=page.NEXT_MEETINGS), gathered)
