"""Every English mail about a place, where nobody has translated what was typed in Dutch; and what
each says of a meeting that takes several days."""

import datetime as dt
import re
from email.message import EmailMessage

import pytest

from portal.meetings.models import Meeting
from tests.mails import text_of
from tests.planning import MeetingFactory, SessionFactory, VenueFactory, at, in_days
from tests.portal.enrolments.letters import calendars_in, html_of
from tests.portal.enrolments.scenes import MAILS, Scene, posted_to_gerda

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

ROUTE = "Neem de trap naar de eerste verdieping."
PRACTICAL = "Het is handig als je een laptop bij je hebt."
# Words that stand in hardly any Dutch sentence not at all, and in no English one.
DUTCH = re.compile(
    r"\b(de|het|een|van|je|jij|niet|voor|naar|bij|aan|uit|wij|ons|als|dat|deze|wordt|zijn|heb|hebt"
    r"|plek|aanmelden|bijeenkomst|wachtlijst|vragen|uur|tot)\b",
    re.IGNORECASE,
)
# Names and addresses, which have no other language.
NAMES = ("De Boomgaard", "Perenlaan 1, 3511 AB Utrecht", "pluc.example", "Perzikpad")


@pytest.fixture(params=sorted(MAILS))
def name(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


def two_days(**fields: object) -> Meeting:
    meeting: Meeting = MeetingFactory(capacity=9, state="definite", **fields)
    start = at(in_days(37), 9)
    end = start + dt.timedelta(hours=3)
    SessionFactory(meeting=meeting, starts_at=start, ends_at=end)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=end)
    meeting.refresh_from_db()
    return meeting


def everything_in(message: EmailMessage) -> str:
    """Subject, text, what HTML shows, names of files, and what calendars show."""
    files = [str(part.get_filename()) for part in message.iter_attachments()]
    events = [event for one in calendars_in(message) for event in one.walk("VEVENT")]
    shown = [str(event.get(key, "")) for event in events for key in ("SUMMARY", "DESCRIPTION")]
    html = re.sub(r"<style.*?</style>|<[^>]+>", " ", html_of(message), flags=re.DOTALL)
    return "\n".join([str(message["Subject"]), text_of(message), html, *files, *shown])


def test_an_english_mail_holds_no_dutch_sentence(name: str):
    meeting = two_days(practical=PRACTICAL, venue=VenueFactory(route=ROUTE))
    _, message = posted_to_gerda(Scene(meeting, "en"), name)
    text = re.sub(r"https?://\S+|\S+@\S+", " ", everything_in(message))
    for proper in NAMES:
        text = text.replace(proper, " ")
    found = [line for line in text.splitlines() if DUTCH.search(line)]
    assert found == []
    tells_all = name in {"confirmed", "moved", "meeting_changed", "reminder"}
    assert ("There is more to know, but in Dutch only." in text) == tells_all


def test_what_is_translated_is_told(name: str):
    venue = VenueFactory(route=ROUTE, route_en="Take the stairs.")
    meeting = two_days(practical=PRACTICAL, practical_en="Bring a laptop.", venue=venue)
    _, message = posted_to_gerda(Scene(meeting, "en"), name)
    text = text_of(message)
    tells_all = name in {"confirmed", "meeting_changed", "reminder"}
    for words in ("Take the stairs.", "Bring a laptop."):
        assert (words in text) == tells_all
    if name != "moved":  # to a meeting of which nothing is translated
        assert "in Dutch only" not in text


def test_each_mail_names_the_days_and_their_hours(name: str):
    meeting = two_days()
    _, message = posted_to_gerda(Scene(meeting, "nl"), name)
    if name == "moved":  # to a meeting of one day
        assert "Dag 1" not in text_of(message)
        return
    lines = text_of(message).splitlines()
    days = [line for line in lines if line.startswith("Dag ")]
    hours = [line.rpartition(", ")[2] for line in days]
    later = name == "meeting_changed"
    assert hours == (
        ["14.30 tot 18.00 uur", "10.00 tot 13.00 uur"]
        if later
        else ["13.30 tot 17.00 uur", "09.00 tot 12.00 uur"]
    )
