"""Reading what stands in a mail about a place, and making a meeting change."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

from icalendar import Calendar

from portal.meetings.facts import SessionFacts
from portal.meetings.models import Meeting
from portal.meetings.services import save_meeting
from tests.enrolling import attendee

GERDA = attendee(first_name="Gerda", last_name="Gast", email="gerda@kantoor.example")
OTHER = attendee(first_name="Olaf", last_name="Olijf", email="olaf@elders.example")
FREEK = attendee(first_name="Freek", last_name="Fijn", email="freek@kantoor.example")


def changed(meeting: Meeting, *, anew: bool = False) -> None:
    """The back office moves a session by an hour, or takes it away for another one."""
    facts = [
        SessionFacts(
            id=None if anew else session.pk,
            starts_at=session.starts_at + timedelta(hours=1),
            ends_at=session.ends_at + timedelta(hours=1),
        )
        for session in meeting.sessions.all()
    ]
    save_meeting(meeting=Meeting.objects.get(pk=meeting.pk), sessions=facts, by=None)


def calendars_in(message: EmailMessage) -> Iterator[Calendar]:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            content = Calendar.from_ical(part.get_payload(decode=True))
            assert part.get_param("method") == content["METHOD"]
            yield content


def html_of(message: EmailMessage) -> str:
    body = message.get_body(["html"])
    assert body is not None
    content: str = body.get_content()
    return content
