"""One function per mail about a place. Each says the one thing first, and how to change it.

All are of the kind "service": withheld from whoever is restricted. None tells anything of others,
but the overview for who enrolled them.
"""

from typing import Any

from django.utils import translation

from pluc.links import site_address
from pluc.outbox.letters import Attachment, post_letter
from pluc.outbox.models import Mail
from portal.accounts.mails import plain_name
from portal.accounts.models import Person
from portal.enrolments.links import address_of
from portal.enrolments.models import Booking, Enrolment
from portal.enrolments.orders import Attendee
from portal.meetings.addresses import course_path, meeting_path
from portal.meetings.calendars import invitation
from portal.meetings.changes import Change
from portal.meetings.models import Meeting
from portal.meetings.wording import full_place_of, hours_of, when


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """What a mail tells of a meeting, in the active language."""
    return {
        "title": str(meeting.course),
        "when": when(meeting),
        "place": full_place_of(meeting),
    }


def post(
    name: str, enrolment: Enrolment, *, event: str = "", calendar: str = "", **context: Any
) -> Mail | None:
    """Posts a letter to who has, or had, the place; `calendar` is the method of its file."""
    language = enrolment.booking.language
    with translation.override(language):
        context = facts_of(enrolment.meeting) | {
            "first_name": plain_name(enrolment.first_name),
            "address": address_of(enrolment),
            **context,
        }
    return post_letter(
        template=f"enrolments/{name}",
        to=enrolment.email,
        language=language,
        context=context,
        event=event,
        person_id=enrolment.person_id,
        attachments=[calendar_for(enrolment, calendar)] if calendar else [],
    )


def calendar_for(enrolment: Enrolment, method: str, **sessions: Any) -> Attachment:
    """The entries of a meeting for one person's own calendar."""
    content = invitation(
        enrolment.meeting,
        name=enrolment.full_name,
        email=enrolment.email,
        method=method,
        language=enrolment.booking.language,
        **sessions,
    )
    return Attachment(
        name="agenda.ics" if method == "REQUEST" else "geannuleerd.ics",
        content=content,
        content_type=f"text/calendar; method={method}; charset=utf-8",
    )


def day_facts(meeting: Meeting, language: str) -> dict[str, Any]:
    """What one needs on the day."""
    with translation.override(language):
        return {
            "hours": ", ".join(hours_of(meeting)),
            "route": meeting.venue.directions if meeting.venue else "",
            "practical": meeting.practical,
            "online_link": meeting.online_link if meeting.is_online else "",
        }


def confirmed(enrolment: Enrolment) -> None:
    more = day_facts(enrolment.meeting, enrolment.booking.language)
    post("confirmed", enrolment, event=f"enrolled:{enrolment.pk.hex}", calendar="REQUEST", **more)


def waiting(enrolment: Enrolment) -> None:
    post("waiting", enrolment, event=f"waiting:{enrolment.pk.hex}")


def offered(enrolment: Enrolment) -> None:
    post("offered", enrolment, until=enrolment.offered_until)


def lapsed(enrolment: Enrolment) -> None:
    post("lapsed", enrolment, event=f"lapsed:{enrolment.pk.hex}")


def cancelled(enrolment: Enrolment, *, is_free: bool, had_place: bool) -> None:
    """Of a place, or of a spot on the list, which stands in no calendar."""
    post(
        "cancelled",
        enrolment,
        event=f"cancelled:{enrolment.pk.hex}",
        calendar="CANCEL" if had_place else "",
        had_place=had_place,
        invoice_stays=enrolment.booking.is_invoiced and not is_free,
    )


def moved(old: Enrolment, new: Enrolment) -> None:
    """One mail with two files: one takes the old date away, one brings the new one."""
    language = new.booking.language
    with translation.override(language):
        context = facts_of(new.meeting) | {
            "first_name": plain_name(new.first_name),
            "address": address_of(new),
            "old_when": when(old.meeting),
        }
    post_letter(
        template="enrolments/moved",
        to=new.email,
        language=language,
        context=context | day_facts(new.meeting, language),
        event=f"moved:{new.pk.hex}",
        person_id=new.person_id,
        attachments=[calendar_for(old, "CANCEL"), calendar_for(new, "REQUEST")],
    )


def replaced(old: Enrolment, new: Enrolment) -> None:
    event = f"replaced:{old.pk.hex}"
    post("replaced", old, event=event, calendar="CANCEL", other_name=plain_name(new.full_name))


def meeting_cancelled(enrolment: Enrolment, *, had_place: bool) -> None:
    meeting = enrolment.meeting
    post(
        "meeting_cancelled",
        enrolment,
        event=f"meeting-cancelled:{enrolment.pk.hex}",
        calendar="CANCEL" if had_place else "",
        because=meeting.cancelled_because,
        is_invoiced=enrolment.booking.is_invoiced,
        address=site_address(course_path(meeting.course, enrolment.booking.language)),
    )


def meeting_changed(enrolment: Enrolment, change: Change) -> None:
    """The facts as they are now, and files that replace or take away calendar entries."""
    language, meeting = enrolment.booking.language, change.meeting
    files = [calendar_for(enrolment, "REQUEST")]
    if change.removed_sessions:
        files.append(calendar_for(enrolment, "CANCEL", removed=change.removed_sessions))
    with translation.override(language):
        context = facts_of(meeting) | {
            "first_name": plain_name(enrolment.first_name),
            "address": address_of(enrolment),
        }
    post_letter(
        template="enrolments/meeting_changed",
        to=enrolment.email,
        language=language,
        context=context | day_facts(meeting, language),
        event=f"meeting-changed:{enrolment.pk.hex}:{meeting.sequence}",
        person_id=enrolment.person_id,
        attachments=files,
    )


def reminder_event(enrolment: Enrolment) -> str:
    return f"reminder:{enrolment.pk.hex}:{enrolment.meeting.sequence}"


def reminder(enrolment: Enrolment) -> None:
    more = day_facts(enrolment.meeting, enrolment.booking.language)
    post("reminder", enrolment, event=reminder_event(enrolment), **more)


def has_place_already(attendee: Attendee, meeting: Meeting, *, language: str) -> None:
    """To a mailbox that was filled in again: the form itself tells a stranger nothing of it."""
    enrolments = Enrolment.objects.alive().filter(meeting=meeting, email__iexact=attendee.email)
    enrolment = enrolments.select_related("booking", "person").first()
    if enrolment is not None:
        enrolment.meeting = meeting
        day = f"{meeting.pk}:{enrolment.pk.hex}"
        post("already", enrolment, event=f"already:{day}")


def overview(booking: Booking, meeting: Meeting, *, names: list[str]) -> None:
    """What somebody enrolled others for, and what follows. Nothing but what they filled in."""
    with translation.override(booking.language):
        context = facts_of(meeting) | {
            "names": [name for name in map(plain_name, names) if name],
            "total": booking.price * len(names),
            "reference": booking.reference,
            "address": site_address(meeting_path(meeting, booking.language)),
        }
    payer: Person | None = booking.payer
    post_letter(
        template="enrolments/overview",
        to=booking.email,
        language=booking.language,
        context=context,
        event=f"overview:{booking.pk.hex}",
        person_id=payer.pk if payer else None,
    )
