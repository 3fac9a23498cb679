"""One function per mail about a place: it says the one thing first, then how to change it.

All are of the kind "service": withheld from whoever is restricted. None tells anything of others,
but who enrolled whom it goes to. What goes to the payer is in `payer_mails`.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _t

from pluc.folding import fold
from pluc.links import portal_address, site_address
from pluc.outbox.letters import Attachment, post_letter, subject_of
from pluc.outbox.models import Mail
from pluc.outbox.telling import BY_MAIL, Telling, Untold, hear_untold
from portal.accounts.mails import plain_name
from portal.enrolments.agreements import booked_by, place_in_mail
from portal.enrolments.calendars import entries_of
from portal.enrolments.links import address_of
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.enrolments.notes import Note
from portal.enrolments.on_the_day import day_facts, meeting_facts
from portal.enrolments.order_facts import cost_after, order_beside
from portal.enrolments.source_mails import tell_source_first
from portal.meetings.addresses import course_path
from portal.meetings.changes import Change
from portal.meetings.deadlines import is_open
from portal.meetings.models import Meeting, Session
from portal.meetings.wording import place_of, session_times, when, why_cancelled

State = Enrolment.State


def post(
    name: str,
    enrolment: Enrolment,
    *,
    event: str = "",
    files: Sequence[Attachment] = (),
    for_the_day: bool = False,
    with_terms: bool = False,
    with_order: bool = False,
    **context: Any,
) -> Mail | None:
    """Posts a mail to who has, or had, the place.

    `for_the_day` with `day_facts`; `with_terms` with what was agreed, and to the payer's mailbox
    with the price; `with_order` to the payer's mailbox with how their order stands. Where who has
    the place has no address, the enrolment says what they are to be told by phone.
    """
    language, meeting = enrolment.booking.language, enrolment.meeting
    with translation.override(language):
        context = {
            **meeting_facts(meeting),
            **(day_facts(meeting) if for_the_day else {}),
            "first_name": plain_name(enrolment.first_name),
            "full_name": plain_name(enrolment.full_name),
            "sessions": len(files),
            "address": address_of(enrolment),
            **booked_by(enrolment),
            **(place_in_mail(enrolment) if with_terms else {}),
            "order": order_beside(enrolment) if with_order else {},
            "way": way_of(enrolment),
            **context,
        }
    if not enrolment.email:
        note_untold(enrolment, subject_of(f"enrolments/{name}", language, context))
        return None
    tell_source_first(enrolment)
    return post_letter(
        template=f"enrolments/{name}",
        to=enrolment.email,
        language=language,
        context=context,
        event=event,
        person_id=enrolment.person_id,
        attachments=files,
    )


def way_of(enrolment: Enrolment) -> str:
    """What the link to the page of a place leads to, as it is now."""
    return {
        State.ENROLLED: _t("See or change your place"),
        State.WAITING: _t("See your turn or leave the list"),
        State.OFFERED: _t("Take the place"),
        State.LAPSED: _t("See what became of it"),
        State.CANCELLED: _t("See what became of it"),
    }[State(enrolment.state)]


def note_untold(enrolment: Enrolment, what: str) -> None:
    """Appends what could not be mailed to the history of an enrolment, once."""
    phone = enrolment.person.phone
    hear_untold(Untold(name=enrolment.full_name, phone=phone, what=what))
    EnrolmentEvent.objects.get_or_create(
        enrolment=enrolment, kind=EnrolmentEvent.Kind.UNTOLD, note=what
    )


def sessions_of(enrolment: Enrolment) -> list[Session]:
    return list(enrolment.meeting.sessions.all())


def confirmed(enrolment: Enrolment, *, instead_of: str = "", with_order: bool = False) -> None:
    """Somebody has a place: at once, by taking an offered one, or `instead_of` somebody else.

    `with_order` where that changes an order.
    """
    post(
        "confirmed",
        enrolment,
        event=f"enrolled:{enrolment.pk.hex}",
        files=entries_of(enrolment, put_in=sessions_of(enrolment)),
        for_the_day=True,
        with_terms=True,
        with_order=with_order,
        instead_of_name=plain_name(instead_of),
    )


def waiting(enrolment: Enrolment) -> None:
    """Somebody is on the waiting list: how it works, and how long an offer stands."""
    event = f"waiting:{enrolment.pk.hex}"
    hours = Enrolment.OFFER_HOURS
    post("waiting", enrolment, event=event, with_terms=True, offer_hours=hours)


def offered(enrolment: Enrolment) -> None:
    post("offered", enrolment, with_terms=True, until=enrolment.offered_until)


def lapsed(enrolment: Enrolment) -> None:
    """An offer was not taken in time. Leads to enrolling again, or to other dates once that is
    closed: whether somebody else was next, nobody need know.
    """
    meeting, language = enrolment.meeting, enrolment.booking.language
    can_enrol = meeting.is_public and is_open(meeting, timezone.now())
    with translation.override(language):
        again = portal_address("enrol", code=meeting.code)
    address = again if can_enrol else site_address(course_path(meeting.course, language))
    event = f"lapsed:{enrolment.pk.hex}"
    post("lapsed", enrolment, event=event, with_order=True, can_enrol=can_enrol, address=address)


def cancelled(
    enrolment: Enrolment, *, is_free: bool, had_place: bool, telling: Telling = BY_MAIL
) -> None:
    """A place is given up, or a spot on the waiting list, which stands in no calendar."""
    invoice_stays = enrolment.booking.is_invoiced and not is_free
    with translation.override(enrolment.booking.language):
        cost = cost_after(enrolment, invoice_stays=invoice_stays) if had_place else {}
    post(
        "cancelled",
        enrolment,
        event=f"cancelled:{enrolment.pk.hex}",
        files=entries_of(enrolment, taken_out=sessions_of(enrolment)) if had_place else [],
        with_order=True,
        had_place=had_place,
        invoice_stays=invoice_stays,
        **cost,
        reason=telling.reason_in(enrolment.booking.language),
    )


def moved(old: Enrolment, new: Enrolment, *, telling: Telling = BY_MAIL) -> None:
    """Somebody comes on another date: files take the old one away and bring the new one."""
    with translation.override(new.booking.language):
        old_when = when(old.meeting)
    files = entries_of(old, taken_out=sessions_of(old))
    files += entries_of(new, put_in=sessions_of(new))
    event = f"moved:{new.pk.hex}"
    post(
        "moved",
        new,
        event=event,
        files=files,
        for_the_day=True,
        with_terms=True,
        with_order=True,
        old_when=old_when,
        reason=telling.reason_in(new.booking.language),
    )


def replaced(old: Enrolment, new: Enrolment, *, telling: Telling = BY_MAIL) -> None:
    """Somebody else comes instead, as they were told themselves."""
    post(
        "replaced",
        old,
        event=f"replaced:{old.pk.hex}",
        files=entries_of(old, taken_out=sessions_of(old)),
        with_order=True,
        other_name=plain_name(new.full_name),
        reason=telling.reason_in(old.booking.language),
    )


def meeting_cancelled(
    enrolment: Enrolment, *, had_place: bool, offers: Sequence[Meeting] = ()
) -> None:
    """A meeting does not take place. Why, in English only where somebody wrote that.

    `offers` are dates that they can take by their link.
    """
    meeting, language = enrolment.meeting, enrolment.booking.language
    with translation.override(language):
        because = why_cancelled(meeting)
        dates = [f"{when(one)}, {place_of(one)}" for one in offers]
        way = address_of(enrolment) if dates else ""
    post(
        "meeting_cancelled",
        enrolment,
        event=f"meeting-cancelled:{enrolment.pk.hex}",
        files=entries_of(enrolment, taken_out=sessions_of(enrolment)) if had_place else [],
        because=because,
        is_invoiced=enrolment.booking.is_invoiced,
        dates="\n".join(dates),
        address=way or site_address(course_path(meeting.course, language)),
    )


def meeting_changed(enrolment: Enrolment, change: Change) -> None:
    """The facts as they are now, and files that replace or take away calendar entries."""
    enrolment.meeting = change.meeting
    files = entries_of(enrolment, put_in=sessions_of(enrolment), taken_out=change.removed_sessions)
    event = f"meeting-changed:{enrolment.pk.hex}:{change.meeting.sequence}"
    post(
        "meeting_changed",
        enrolment,
        event=event,
        files=files,
        for_the_day=True,
        with_terms=True,
        reason=change.telling.reason_in(enrolment.booking.language),
    )


def reminder_event(enrolment: Enrolment) -> str:
    return f"reminder:{enrolment.pk.hex}:{enrolment.meeting.sequence}"


def reminder(enrolment: Enrolment) -> None:
    """All that one needs on the day, shortly before it."""
    post("reminder", enrolment, event=reminder_event(enrolment), for_the_day=True)


def already(enrolment: Enrolment, *, form_id: UUID, booker_name: str) -> None:
    """To a mailbox that was filled in again: the form itself tells a stranger nothing of it.

    Once for each form, in the name that it was for: several people may share a mailbox.
    """
    is_own = fold(booker_name) == fold(enrolment.full_name)
    post(
        "already",
        enrolment,
        event=f"already:{enrolment.pk.hex}:{form_id.hex}",
        has_place=enrolment.has_place,
        has_offer=enrolment.has_offer(timezone.now()),
        again_by_name="" if is_own else plain_name(booker_name),
    )


def written(enrolment: Enrolment, note: Note) -> Mail | None:
    """What the back office writes to the people of a meeting; about one session with its hours."""
    language = enrolment.booking.language
    subject, text = note.texts[language]
    facts: dict[str, Any] = {"note_subject": subject, "reason": text}
    if note.session:
        with translation.override(language):
            facts |= {"when": session_times(note.session), "each_day": []}
    event = f"written:{note.letter.hex}:{enrolment.pk.hex}"
    return post("written", enrolment, event=event, **facts)
