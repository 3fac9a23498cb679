"""Meetings on offer, and reading the pages that show them."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

from home.models import CoursePage
from portal.meetings.models import Meeting
from tests.factories import CoursePageFactory
from tests.planning import MeetingFactory

OFFER = "/bijeenkomsten/"
ENGLISH_OFFER = "/en/meetings/"


def on_offer(*languages: str, **fields: Any) -> Meeting:
    """A meeting whose course is told in these languages: Dutch, unless it says otherwise."""
    meeting = MeetingFactory(**fields)
    for language in languages or ("nl",):
        told = CoursePage.objects.filter(course=meeting.course, locale__language_code=language)
        if not told.exists():
            CoursePageFactory(course=meeting.course, language=language)
    return meeting


def address_of(meeting: Meeting, offer: str = OFFER) -> str:
    return f"{offer}{meeting.course.slug}/{meeting.code}/"


def soup_of(visitor: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = visitor.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.text, "lxml")


def only(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    (found,) = soup.select(selector)
    return found


def words(tag: Tag) -> str:
    """What it says, with single spaces, and none before a comma that follows unbroken words."""
    return " ".join(tag.get_text(" ").split()).replace(" ,", ",")


def meetings_on(visitor: Client, address: str) -> list[str]:
    """The codes of the meetings that a page lists, in order."""
    links = soup_of(visitor, address).select(".agenda-row a")
    return [str(link["href"]).partition("?")[0].strip("/").rpartition("/")[2] for link in links]


def facts_on(visitor: Client, address: str) -> dict[str, str]:
    """What the facts card tells, by its labels."""
    soup = soup_of(visitor, address)
    return {words(part.dt): words(part.dd) for part in soup.select(".facts-card dl > div")}


def way_in_on(visitor: Client, address: str) -> tuple[str, str]:
    """What the button of the facts card says, and where it leads; twice nothing without one."""
    buttons = soup_of(visitor, address).select(".facts-card a.button")
    return (words(buttons[0]), str(buttons[0]["href"])) if buttons else ("", "")
