"""Tells people that their meeting changed, and cancels their places where it is cancelled."""

from portal.enrolments import mails, payer_mails
from portal.enrolments.models import Enrolment, EnrolmentEvent, Hold
from portal.enrolments.services.places import forget_wishes
from portal.enrolments.services.waiting_list import settle
from portal.meetings.changes import Change, Kind
from portal.meetings.models import Meeting

State = Enrolment.State


def follow(change: Change) -> None:
    """A listener of `portal.meetings.changes`, in the transaction of the change."""
    if change.kind == Kind.CANCELLED:
        cancel_all(change)
        return
    if change.kind == Kind.CHANGED and change.must_be_told and not change.meeting.is_cancelled:
        tell_all(change)
    settle(change.meeting)


def alive_in(meeting: Meeting) -> list[Enrolment]:
    people = Enrolment.objects.alive().filter(meeting=meeting).select_related("booking", "person")
    found = list(people.order_by("queue_number"))
    for enrolment in found:
        enrolment.meeting = meeting
    return found


def cancel_all(change: Change) -> None:
    """Cancels every place, offer and spot on the waiting list, free of charge, and mails each."""
    people = alive_in(change.meeting)
    had_place = {enrolment.pk for enrolment in people if enrolment.has_place}
    Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in people]).update(
        state=State.CANCELLED, offered_until=None
    )
    kind = EnrolmentEvent.Kind.MEETING_CANCELLED
    EnrolmentEvent.objects.bulk_create(
        EnrolmentEvent(enrolment=enrolment, kind=kind, by=change.by, is_free=True)
        for enrolment in people
    )
    forget_wishes(*people)
    Hold.objects.filter(meeting=change.meeting).delete()
    settle(change.meeting)
    for enrolment in people:
        had_one = enrolment.pk in had_place
        mails.meeting_cancelled(enrolment, had_place=had_one, offers=change.offers)
    payer_mails.meeting_cancelled(people)


def tell_all(change: Change) -> None:
    """Mails the new facts to all who have a place, with a calendar entry that replaces the old."""
    for enrolment in alive_in(change.meeting):
        if enrolment.has_place:
            mails.meeting_changed(enrolment, change)
