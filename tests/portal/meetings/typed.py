"""What the back office types into the form of a meeting, and what it is told."""

import datetime as dt
from typing import Any

from portal.meetings.models import Meeting
from tests.planning import CourseFactory, PolicyFactory, VenueFactory, in_days
from tests.portal.meetings.planned import soup_of

NEW = "/beheer/bijeenkomsten/nieuw/"
DAY = in_days(30)


def edit_address(meeting: Meeting) -> str:
    return f"/beheer/bijeenkomsten/{meeting.pk}/wijzigen/"


def row(
    number: int, day: dt.date = DAY, start: str = "13:30", end: str = "17:00"
) -> dict[str, str]:
    """A session as it is typed."""
    name = f"sessions-{number}"
    return {
        f"{name}-starts_at_0": f"{day:%Y-%m-%d}",
        f"{name}-starts_at_1": start,
        f"{name}-ends_at_0": f"{day:%Y-%m-%d}",
        f"{name}-ends_at_1": end,
        f"{name}-counts": "on",
    }


def typed_new(**changed: Any) -> dict[str, Any]:
    """What somebody types for a meeting from nothing."""
    plain = {
        "course": CourseFactory().pk,
        "code": "nieuw-1",
        "capacity": "16",
        "price": "195.00",
        "policy": PolicyFactory().pk,
        "venue": VenueFactory().pk,
    }
    return plain | row(0) | changed


def refused(answer: Any, sentence: str) -> Any:
    """Asserts 422 with the sentence on the page, and gives the page."""
    assert answer.status_code == 422
    soup = soup_of(answer)
    assert sentence in " ".join(soup.text.split())
    assert "Nothing is saved yet: look at what is marked below." in soup.text
    return soup
