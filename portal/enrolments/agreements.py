"""What one agrees to with a place: price, terms, a consumer's right, and our general terms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from pluc.mailboxes import mailbox_of
from portal.accounts.mails import plain_name
from portal.enrolments.identity import identity_of
from portal.enrolments.models import Booking, Enrolment
from portal.enrolments.order_links import address_of
from portal.meetings.addresses import general_terms_address, general_terms_url
from portal.meetings.models import Meeting
from portal.meetings.prices import with_vat
from portal.meetings.terms import terms_of
from portal.meetings.wording import euros


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """In words, in the active language; what does not apply is empty."""

    sentences: list[str]
    withdrawal: str
    general_terms: str


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What the places of a form cost; `total` is empty where there is none, or none to pay for."""

    places: int
    waiting: int
    each: str
    total: str


def cost_of(meeting: Meeting, *, places: int, waiting: int) -> Cost:
    """Of so many people who have a place, and so many who wait and pay nothing yet."""
    is_paid = meeting.is_invoiced and places > 0
    return Cost(
        places=places if is_paid else 0,
        waiting=waiting if meeting.is_invoiced else 0,
        each=euros(meeting.price),
        total=with_vat(meeting.price * places, meeting.applied_vat) if is_paid else "",
    )


def before_enrolling(request: HttpRequest, meeting: Meeting, now: datetime) -> Agreement:
    """What the form says above its button."""
    costs = meeting.is_invoiced
    return Agreement(
        sentences=terms_of(meeting, meeting.policy, now, costs=costs),
        withdrawal=meeting.policy.withdrawal_text if costs else "",
        general_terms=general_terms_url(request),
    )


def of_order(request: HttpRequest, booking: Booking, meeting: Meeting, now: datetime) -> Agreement:
    """What a payer agreed to: the booking has its own copy of the days."""
    return Agreement(
        **agreed(booking, meeting, now, pays=True), general_terms=general_terms_url(request)
    )


def of_place(request: HttpRequest, enrolment: Enrolment, now: datetime) -> Agreement:
    """The same, on the page of a place: without what only the payer has to know."""
    pays = is_payers_mailbox(enrolment)
    return Agreement(
        **agreed(enrolment.booking, enrolment.meeting, now, pays=pays),
        general_terms=general_terms_url(request),
    )


def agreed(booking: Booking, meeting: Meeting, now: datetime, *, pays: bool) -> dict[str, Any]:
    """Terms with dates, and a consumer's right, by the names that `Agreement` has for them."""
    costs = booking.is_invoiced
    return {
        "sentences": terms_of(meeting, booking, now, costs=costs, pays=pays),
        "withdrawal": meeting.policy.withdrawal_text if costs and pays else "",
    }


def agreed_in_mail(booking: Booking, meeting: Meeting, *, pays: bool) -> dict[str, Any]:
    """The same for a mail, by the names that its template has for them."""
    found = agreed(booking, meeting, timezone.now(), pays=pays)
    return {
        "terms": found["sentences"],
        "withdrawal": found["withdrawal"],
        "general_terms": general_terms_address(booking.language),
    }


def place_in_mail(enrolment: Enrolment) -> dict[str, Any]:
    """What was agreed on a place; in the payer's own mailbox with price, payment and order."""
    booking, pays = enrolment.booking, is_payers_mailbox(enrolment)
    price = with_vat(booking.price, booking.vat) if pays and booking.is_invoiced else ""
    return agreed_in_mail(booking, enrolment.meeting, pays=pays) | {
        "price": price,
        "order_address": address_of(booking) if pays else "",
    }


def is_payers_mailbox(enrolment: Enrolment) -> bool:
    """Whether who has the place reads the payer's mail too."""
    return mailbox_of(enrolment.email) == mailbox_of(enrolment.booking.email)


def is_booked_for_another(enrolment: Enrolment) -> bool:
    """Whether somebody else filled in the form."""
    booking = enrolment.booking
    booker = identity_of(first_name="", last_name=booking.name, email=booking.email)
    return booker != identity_of(
        first_name=enrolment.first_name, last_name=enrolment.last_name, email=enrolment.email
    )


def booked_by(enrolment: Enrolment) -> dict[str, Any]:
    """Who enrolled whom the mail goes to, if it was not themselves."""
    by_another = is_booked_for_another(enrolment)
    return {
        "is_for_another": by_another,
        "booker_name": plain_name(enrolment.booking.name) if by_another else "",
    }
