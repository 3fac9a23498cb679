"""An order by the link in the payer's mail: who comes, what it costs, where the invoice goes."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache

from pluc.counting import sentence, to_wait
from pluc.deeds import Done, carry_out, posted
from pluc.errors import or_not_found
from portal.accounts.views.tokens import with_token
from portal.enrolments import limits, services
from portal.enrolments.agreements import of_order
from portal.enrolments.errors import EnrolmentError
from portal.enrolments.forms import AttendeeForm
from portal.enrolments.forms.changing import InvoiceForm
from portal.enrolments.forms.titles import title_codes
from portal.enrolments.models import Booking
from portal.enrolments.order_links import booking_by_token
from portal.enrolments.queries.deadlines import Terms
from portal.enrolments.queries.invoices import is_charged, left_to_invoice
from portal.enrolments.queries.orders import Line, Ordered, order_of
from portal.enrolments.views.changing import actor, once_each
from portal.enrolments.views.facts import facts_of
from portal.meetings.prices import with_vat

INSTEAD, INVOICE = "instead", "invoice"


@with_token
@never_cache
def order(request: HttpRequest, token: str) -> HttpResponse:
    """The order, and what can be done with it. As with a place, its address is told to nobody."""
    booking = or_not_found(booking_by_token(token))
    ordered = or_not_found(order_of(booking))
    form = form_of(request, booking)
    show_it = partial(show, request, ordered, form)
    if request.method == "POST":
        told = told_by(request, ordered)
        if refusal := limits.refusal_of_order(request, booking, told=told):
            messages.error(request, sentence(refusal.seconds))
            return to_wait(show_it(status=HTTPStatus.UNPROCESSABLE_ENTITY), refusal.seconds)
    return carry_out(request, form, partial(act, request, ordered, form, token), show=show_it)


def form_of(request: HttpRequest, booking: Booking) -> Form:
    """What is filled in for the button that was pressed."""
    deed = request.POST.get("do", "")
    if deed == "replace":
        return AttendeeForm(request.POST, prefix=f"{INSTEAD}-{line_asked(request)}")
    if deed == "invoice":
        return InvoiceForm(request.POST, booking=booking, prefix=INVOICE)
    return Form(posted(request))


def line_asked(request: HttpRequest) -> str:
    """The key of the line that a form is about."""
    return request.POST.get("line", "")[:40]


def told_by(request: HttpRequest, ordered: Ordered) -> list[str]:
    """The addresses that a change mails: the payer, who has the place, who would come instead."""
    line = ordered.line_with(line_asked(request))
    if line is None:
        return [ordered.booking.email]
    has_it = line.asked_again.enrolment.email if line.asked_again else line.place.email
    instead = request.POST.get(f"{INSTEAD}-{line_asked(request)}-email", "")
    return once_each(ordered.booking.email, has_it, instead)


def act(request: HttpRequest, ordered: Ordered, form: Form, token: str) -> Done:
    """Does what a button says. Raises `EnrolmentError`, also for a button that is none of ours."""
    back = reverse("order", args=[token])
    if isinstance(form, InvoiceForm):
        services.correct_invoice(
            booking_id=ordered.booking.pk,
            address=form.address,
            reference=form.cleaned_data["reference"],
            by=actor(request),
        )
        return Done(_t("Saved. The invoice goes to this address."), back)
    line = ordered.line_with(line_asked(request))
    if line is None:
        raise EnrolmentError
    return Done(change(request, line, form), back)


def change(request: HttpRequest, line: Line, form: Form) -> str:
    """Cancels a line, or lets somebody else come; says what was done."""
    by, again = actor(request), line.asked_again
    if isinstance(form, AttendeeForm):
        if again:
            services.replace_asked_again(asked_id=again.pk, attendee=form.attendee, by=by)
        else:
            services.substitute(
                enrolment_id=line.place.pk, attendee=form.attendee, by=by, by_payer=True
            )
        return _t("Done. We’ve e-mailed the person who is coming, and you.")
    if request.POST.get("do") != "cancel":
        raise EnrolmentError
    if again:
        services.cancel_asked_again(asked_id=again.pk)
    else:
        services.cancel(enrolment_id=line.place.pk, by=by)
    return _t("Cancelled. We’ve e-mailed you to confirm.")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A line as the page shows it, with what can be done about it now."""

    line: Line
    state: str
    cancelling: Terms
    substituting: Terms
    form: Form

    @property
    def can_change(self) -> bool:
        return self.cancelling.allowed or self.substituting.allowed


def replacing(prefix: str, titles: list[tuple[str, str]]) -> AttendeeForm:
    """An empty form; `titles` are asked for once, however many lines there are."""
    form = AttendeeForm(prefix=prefix)
    field: Any = form.fields["titles"]
    field.choices = titles
    return form


def shown(line: Line, form: Form, now: datetime, titles: list[tuple[str, str]]) -> Shown:
    prefix = f"{INSTEAD}-{line.key.hex}"
    is_sent = isinstance(form, AttendeeForm) and form.prefix == prefix
    return Shown(
        line=line,
        state=line.state_in_words(),
        cancelling=line.cancelling(now),
        substituting=line.substituting(now),
        form=form if is_sent else replacing(prefix, titles),
    )


def show(request: HttpRequest, ordered: Ordered, form: Form, status: int) -> HttpResponse:
    now, booking = timezone.now(), ordered.booking
    to_invoice = booking.is_invoiced and left_to_invoice(booking_id=booking.pk).exists()
    is_sent, titles = isinstance(form, InvoiceForm), title_codes()
    context: dict[str, Any] = {
        "booking": booking,
        "facts": facts_of(ordered.meeting, request),
        "lines": [shown(line, form, now, titles) for line in ordered.lines],
        "form": form if type(form) is Form else None,
        "has_errors": bool(form.errors),
        "price": with_vat(booking.price, booking.vat) if booking.is_invoiced else "",
        "total": with_vat(ordered.total, booking.vat) if booking.is_invoiced else "",
        "paid_for": ordered.paid_for,
        "waiting": len(ordered.waiting),
        "invoice_form": form if is_sent else InvoiceForm(booking=booking, prefix=INVOICE),
        "can_correct": to_invoice,
        "is_charged": booking.is_invoiced and is_charged(booking_id=booking.pk),
        "agreement": of_order(request, booking, ordered.meeting, now),
    }
    return render(request, "enrolments/order.html", context, status=status)
