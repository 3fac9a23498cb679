"""What mails tell a payer of their order, in the active language: who comes, who waits, the sum."""

from typing import Any

from portal.accounts.mails import plain_name
from portal.enrolments.agreements import is_payers_mailbox
from portal.enrolments.models import Enrolment
from portal.enrolments.order_links import address_of
from portal.enrolments.queries.orders import Line, Ordered, order_of
from portal.meetings.prices import with_vat
from portal.meetings.wording import when


def order_facts(order: Ordered) -> dict[str, Any]:
    """How an order stands; by these names templates find it."""
    booking = order.booking
    is_paid = booking.is_invoiced and order.paid_for
    costs = is_paid or (booking.is_invoiced and order.waiting)
    return {
        "names": [had(line) for line in order.lines if line.has_place and plain_name(line.name)],
        "waiting_names": shown(order.waiting),
        "total": with_vat(order.total, booking.vat) if is_paid else "",
        "places": order.paid_for if is_paid and order.paid_for > 1 else 0,
        "price": with_vat(booking.price, booking.vat) if costs else "",
        "reference": booking.reference,
        "order_address": address_of(booking),
    }


def had(line: Line) -> str:
    """Who has a place, and on which date where it is not the one that the mail names."""
    name, meeting = plain_name(line.name), line.place.meeting
    return f"{name} ({when(meeting)})" if meeting != line.asked_for else name


def shown(names: list[str]) -> list[str]:
    """As they were typed; what the forms would refuse today is left out of mail."""
    return [name for name in map(plain_name, names) if name]


def order_beside(enrolment: Enrolment) -> dict[str, Any]:
    """How the order stands, for a mail about one of its places to the payer's own mailbox: what
    they would read in a mail of its own. Nothing where the order is that place alone."""
    order = order_of(enrolment.booking) if is_payers_mailbox(enrolment) else None
    if order is None or len(order.lines) == 1:
        return {}
    return order_facts(order)


def cost_after(enrolment: Enrolment, *, invoice_stays: bool) -> dict[str, Any]:
    """What a place that was given up costs, for its payer."""
    booking = enrolment.booking
    if not (is_payers_mailbox(enrolment) and booking.is_invoiced):
        return {"price": "", "costs_nothing": False, "order_address": ""}
    return {
        "price": with_vat(booking.price, booking.vat) if invoice_stays else "",
        "costs_nothing": not invoice_stays,
        "order_address": address_of(booking),
    }
