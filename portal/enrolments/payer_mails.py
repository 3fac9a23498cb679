"""Mails to who enrolled others: what they ordered, and each change to it, once.

They tell what the payer typed and what became of it, and lead to the order's own page. Where the
place is at the payer's own address, the mail about the place tells of the order too
(`order_facts.order_beside`, docs/decisions/0032), and nothing goes from here.
"""

from collections.abc import Collection
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _t

from pluc.outbox.letters import post_letter
from pluc.outbox.telling import BY_MAIL, Telling
from portal.accounts.mails import plain_name
from portal.enrolments.agreements import agreed_in_mail, is_payers_mailbox
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent
from portal.enrolments.on_the_day import meeting_facts
from portal.enrolments.order_facts import order_facts
from portal.enrolments.queries.orders import Line, Ordered, order_of
from portal.meetings.models import Meeting
from portal.meetings.wording import when, why_cancelled

Kind = EnrolmentEvent.Kind


def overview(booking: Booking) -> None:
    """To who enrolled others: who has a place, who waits, for how much, on which terms."""
    if booking.email and (order := order_of(booking)):
        with translation.override(booking.language):
            context = facts_of(order) | agreed_in_mail(booking, order.meeting, pays=True)
        post("overview", booking, context, event=f"overview:{booking.pk.hex}")


def changed(
    enrolment: Enrolment,
    kind: EnrolmentEvent.Kind,
    *,
    had_place: bool = True,
    instead_of: Enrolment | None = None,
    telling: Telling = BY_MAIL,
) -> None:
    """To the payer: what happened to a place that they asked for, and how the order stands now.

    `enrolment` is the place as it is now, after it was cancelled, moved, taken, or given to
    somebody `instead_of` another; who only waited had none before. Of an offer that is declined
    there is no other mail, and who has nobody else in their order needs none. `telling` has the
    reason that a colleague gave.
    """
    booking = enrolment.booking
    mailed = [enrolment, instead_of] if instead_of else [enrolment]
    is_told = any(is_payers_mailbox(one) for one in mailed)
    if not booking.email or (is_told and kind != Kind.DECLINED):
        return
    order = order_of(booking)
    if is_told and order and len(order.lines) == 1:
        return
    line = order and next((one for one in order.lines if one.place.pk == enrolment.pk), None)
    if order and line:
        post_change(order, line, kind, had_place=had_place, telling=telling)


def asked_again_cancelled(order: Ordered, line: Line, *, had_place: bool) -> None:
    """As `changed`, of a line that stands for a place of another form."""
    post_change(order, line, Kind.CANCELLED, had_place=had_place)


def post_change(
    order: Ordered,
    line: Line,
    kind: EnrolmentEvent.Kind,
    *,
    had_place: bool,
    telling: Telling = BY_MAIL,
) -> None:
    booking = order.booking
    with translation.override(booking.language):
        context = facts_of(order)
        context["happened"] = happened(line, kind, had_place=had_place)
    context["reason"] = telling.reason_in(booking.language)
    event = f"order:{booking.pk.hex}:{line.key.hex}:{kind}"
    post("order_changed", booking, context, event=event)


def meeting_cancelled(people: Collection[Enrolment]) -> None:
    """To each payer once, however many people they enrolled; `people` had a place or waited."""
    told = {one.booking_id for one in people if is_payers_mailbox(one)}
    for one in people:
        if one.booking_id in told or not one.booking.email:
            continue
        told.add(one.booking_id)
        tell_of_meeting(one.booking, one.meeting)


def tell_of_meeting(booking: Booking, meeting: Meeting) -> None:
    if order := order_of(booking):
        with translation.override(booking.language):
            context = facts_of(order) | meeting_facts(meeting)
            context["happened"] = _t("This meeting does not take place.")
            context["because"] = why_cancelled(meeting)
        event = f"order:{booking.pk.hex}:{meeting.pk}:{Kind.MEETING_CANCELLED}"
        post("order_changed", booking, context, event=event)


def happened(line: Line, kind: EnrolmentEvent.Kind, *, had_place: bool) -> str:
    """What happened to one of them, in a sentence."""
    told = {
        Kind.ACCEPTED: _t("%(name)s has taken the place that had come free."),
        Kind.DECLINED: _t("%(name)s does not want the place that had come free."),
        Kind.LAPSED: _t("%(name)s did not take the place that had come free in time."),
        Kind.MOVED_HERE: _t("%(name)s comes on another date: %(when)s."),
        Kind.REPLACES: _t("Somebody else comes instead of %(name)s."),
        Kind.CANCELLED: _t("%(name)s does not come any more."),
    }[kind]
    if kind == Kind.REPLACES and not line.somebody_else:
        told = _t("%(name)s comes now, as you arranged.")
    if kind == Kind.CANCELLED and line.place.booking.is_invoiced and had_place:
        told = _t("%(name)s does not come: the place is cancelled, free of charge.")
        if line.invoice_stays:
            told = _t("%(name)s does not come: the place is cancelled, but the invoice stays.")
    name = plain_name(line.name) or _t("One of those you enrolled")
    return told % {"name": name, "when": when(line.place.meeting)}


def facts_of(order: Ordered) -> dict[str, Any]:
    """An order and its meeting, in the active language; by these names templates find it."""
    return meeting_facts(order.meeting) | order_facts(order)


def post(name: str, booking: Booking, context: dict[str, Any], *, event: str) -> None:
    post_letter(
        template=f"enrolments/{name}",
        to=booking.email,
        language=booking.language,
        context={"first_name": plain_name(booking.name)} | context,
        event=event,
        person_id=booking.payer_id,
    )
