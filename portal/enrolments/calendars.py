"""What a place puts in somebody's own calendar: an entry for each session (decision 0026).

An entry is of one enrolment and one session, so of three people at one mailbox each has their own.
Its UID never changes. SEQUENCE is one more with each message about the place, whatever it says, and
DTSTAMP is the moment of that message (RFC 5546, 2.1.4 and 2.1.5).
"""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _t
from icalendar import Event, vCalAddress, vText

from pluc.outbox.letters import Attachment
from portal.accounts.mails import plain_name
from portal.enrolments.models import Enrolment
from portal.enrolments.on_the_day import day_facts
from portal.meetings.calendars import (
    Mark,
    calendar_of,
    entry,
    finished,
    new_calendar,
    one_line,
)
from portal.meetings.models import Session
from portal.meetings.models.meetings import ZONE


def entries_of(
    enrolment: Enrolment,
    *,
    put_in: Iterable[Session] = (),
    taken_out: Iterable[Session] = (),
) -> list[Attachment]:
    """The files of one message about a place: for each session one that adds or changes its entry
    (REQUEST), or takes it away (CANCEL).

    Call it under the lock of the meeting: it counts the message.
    """
    sequence = enrolment.calendar_messages
    enrolment.calendar_messages += 1
    counted = Enrolment.objects.filter(pk=enrolment.pk)
    counted.update(calendar_messages=F("calendar_messages") + 1)
    told = [("REQUEST", one) for one in put_in] + [("CANCEL", one) for one in taken_out]
    return [file_of(enrolment, session, method, sequence) for method, session in told]


def file_of(enrolment: Enrolment, session: Session, method: str, sequence: int) -> Attachment:
    """A file with one entry: of several in one file, Outlook reads only the first."""
    calendar = new_calendar(method)
    calendar.add_component(invitation(enrolment, session, method, sequence))
    start = timezone.localtime(session.starts_at, ZONE)
    with translation.override(enrolment.booking.language):
        name = _t("calendar-%(when)s.ics") if method == "REQUEST" else _t("cancelled-%(when)s.ics")
    return Attachment(
        name=name % {"when": f"{start:%Y-%m-%d-%H.%M}"},
        content=finished(calendar),
        content_type=f"text/calendar; method={method}; charset=utf-8",
    )


def invitation(enrolment: Enrolment, session: Session, method: str, sequence: int) -> Event:
    """The entry with who asks and who is asked, who has said yes already."""
    language = enrolment.booking.language
    event = own_entry(enrolment, session, language, sequence)
    if method == "REQUEST":
        add_needs(event, enrolment, language)
    else:
        event["status"] = vText("CANCELLED")
    event["organizer"] = organizer()
    event.add("attendee", attendee(enrolment.full_name, enrolment.email), encode=False)
    return event


def own_entry(enrolment: Enrolment, session: Session, language: str, sequence: int) -> Event:
    """One session of somebody's own place."""
    uid = f"{enrolment.pk}.{session.pk}@{settings.MAIL_DOMAIN}"
    mark = Mark(uid=uid, sequence=sequence, stamp=timezone.now())
    return entry(enrolment.meeting, session, language=language, mark=mark)


def add_needs(event: Event, enrolment: Enrolment, language: str) -> None:
    """Adds what only who has a place may know: the link to join, and all they need on the day."""
    meeting = enrolment.meeting
    if meeting.venue is None and meeting.online_link:
        event["location"] = vText(one_line(meeting.online_link))
    with translation.override(language):
        event.add("description", needed_on_the_day(enrolment))


def needed_on_the_day(enrolment: Enrolment) -> str:
    """In a few lines, in the active language. Without the link by which a place is changed: people
    share their calendars.
    """
    facts = day_facts(enrolment.meeting)
    named = {
        _t("For"): plain_name(enrolment.full_name),
        _t("PE hours"): facts["hours"],
        _t("Join online"): facts["online_link"],
        _t("Questions"): settings.BACK_OFFICE_ADDRESS,
    }
    texts = (facts[name] for name in ("online_note", "route", "practical", "more_in_dutch"))
    lines = [f"{name}: {value}" for name, value in named.items() if value]
    return "\n\n".join(["\n".join(lines), *(several_lines(text) for text in texts if text)])


def several_lines(text: str) -> str:
    """The text without control characters but for its line breaks."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def calendar_of_place(enrolment: Enrolment, *, language: str) -> bytes:
    """The meeting as a calendar file: the same entries as in the mails, for who has a place."""
    meeting = enrolment.meeting
    if not enrolment.has_place:
        return calendar_of(meeting, language=language)
    calendar = new_calendar("PUBLISH")
    for session in meeting.sessions.all():
        event = own_entry(enrolment, session, language, max(enrolment.calendar_messages - 1, 0))
        add_needs(event, enrolment, language)
        calendar.add_component(event)
    return finished(calendar)


def organizer() -> vCalAddress:
    address = vCalAddress(f"mailto:{settings.BACK_OFFICE_ADDRESS}")
    address.params["CN"] = vText(settings.PRODUCT)
    return address


def attendee(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(one_line(name))
    address.params["PARTSTAT"] = vText("ACCEPTED")
    address.params["RSVP"] = vText("FALSE")
    return address
