"""What the back office does with one place: each asks first, and says whom it mails."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.deeds import Done, posted
from pluc.errors import or_not_found
from pluc.outbox.telling import Telling
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.telling import telling_first
from portal.enrolments import services
from portal.enrolments.errors import AttendanceIsFinal
from portal.enrolments.forms import AttendeeForm
from portal.enrolments.forms.deeds import CancelPlaceForm, DateByHandForm, InvoiceForm, NoteForm
from portal.enrolments.models import Enrolment
from portal.enrolments.permissions import may_change
from portal.enrolments.queries.deadlines import can_cancel, went_with_its_meeting
from portal.enrolments.queries.invoices import invoice_of
from portal.enrolments.queries.staff import (
    booked_together,
    enrolment_with_id,
)
from portal.enrolments.settled import ways_to_reopen
from portal.enrolments.staff_views.screens import PLACE, crumb_of
from portal.meetings.models import Meeting
from portal.meetings.prices import with_vat
from portal.meetings.queries.staff import dates_to_move_to, only_in_dutch

Deed = Callable[[SignedInRequest, Enrolment], HttpResponse]
Button = tuple[str, str]  # the name of an address, and what the button says


def buttons_of(one: Enrolment, now: datetime) -> list[Button]:
    """What can be done with a place as it is now, the most usual first."""
    begun = one.has_place and one.meeting.has_begun(now)
    buttons = [
        ("staff_move", _t("Move to another date"), can_go(one, now)),
        ("staff_substitute", _t("Somebody else comes"), one.has_place and not begun),
        ("staff_absent", _t("Did not come"), begun and not one.was_absent),
        ("staff_present", _t("Came after all"), begun and one.was_absent),
        ("staff_note", _t("Write a note"), True),
        ("staff_cancel", _t("Cancel this place"), one.state in Enrolment.ALIVE),
    ]
    return [(name, label) for name, label, is_open in buttons if is_open]


def can_go(one: Enrolment, now: datetime) -> bool:
    """Whether staff can move it: before it begins, or when its meeting was cancelled."""
    coming = one.has_place and not one.meeting.has_begun(now)
    return coming or went_with_its_meeting(one)


def about_one(deed: Deed) -> Callable[..., HttpResponse]:
    """A screen of whoever may change enrolments, about the one in the address."""

    @for_staff(may_change)
    @wraps(deed)
    def view(request: SignedInRequest, enrolment_id: UUID) -> HttpResponse:
        return deed(request, or_not_found(enrolment_with_id(enrolment_id=enrolment_id)))

    return view


def ask(
    request: SignedInRequest,
    one: Enrolment,
    do: Callable[[Telling], str | tuple[str, Enrolment]],
    *,
    title: str,
    **context: Any,
) -> HttpResponse:
    """The question about one place; then, where mail would go, what it says and to whom.

    `do` says what was done, and the place where that is a new one.
    """
    below = [crumb_of(one.meeting), (screen_of_place(one), one.full_name)]

    def done() -> Done:
        told = telling_first(
            PLACE,
            request,
            do,
            title=title,
            below=below,
            only_in_dutch=only_in_dutch(one.meeting),
        )
        sentence, place = told if isinstance(told, tuple) else (told, one)
        return Done(sentence, screen_of_place(place))

    return PLACE.deed(
        request,
        done,
        title=title,
        template="deed",
        below=below,
        back=screen_of_place(one),
        enrolment=one,
        **context,
    )


def screen_of_place(one: Enrolment) -> str:
    return reverse("staff_enrolment", args=[one.pk])


@about_one
def correct_invoice(request: SignedInRequest, one: Enrolment) -> HttpResponse:
    """Address, reference and price, for all places of the booking that are not invoiced yet."""
    form = InvoiceForm(posted(request), booking=one.booking)
    invoice = invoice_of(enrolment=one, now=timezone.now())
    others = [other.full_name for other in booked_together(enrolment=one)]
    together = _t("It holds for the whole booking, so for %(names)s too; not for what is invoiced.")

    def do(_telling: Telling) -> str:
        services.correct_invoice(
            booking_id=one.booking_id,
            address=form.address,
            reference=form.cleaned_data["reference"],
            price=form.cleaned_data["price"],
            by=request.user,
        )
        return _t("Saved.")

    fixed = invoice.sentence or _t("It is with the books, so it stays as it is.")
    return ask(
        request,
        one,
        do,
        form=form,
        title=_t("Correct the invoice"),
        question=together % {"names": ", ".join(others)} if others else "",
        button=_t("Save"),
        why_not=[] if invoice.can_be_corrected else [fixed],
    )


@about_one
def cancel(request: SignedInRequest, one: Enrolment) -> HttpResponse:
    """Who gives up after the deadline may have to pay: that is chosen, never assumed."""
    terms = can_cancel(one, timezone.now())
    pays = one.has_place and one.booking.is_invoiced and not (terms.allowed and terms.is_free)
    price = with_vat(one.booking.price, one.booking.vat)
    form = CancelPlaceForm(posted(request), price=price) if pays else None

    def do(telling: Telling) -> str:
        services.cancel(
            enrolment_id=one.pk,
            by=request.user,
            as_staff=True,
            is_free=form.is_free if form else True,
            telling=telling,
        )
        return _t("Cancelled.")

    return ask(
        request,
        one,
        do,
        form=form or Form(posted(request)),
        title=_t("Cancel this place"),
        question="" if pays else _t("It costs nothing."),
        is_serious=True,
        why_not=[] if one.state in Enrolment.ALIVE else [_t("There is no place any more.")],
    )


@about_one
def move(request: SignedInRequest, one: Enrolment) -> HttpResponse:
    dates = dates_to_move_to(meeting=one.meeting)
    form = DateByHandForm(posted(request), meetings=dates)

    def do(telling: Telling) -> tuple[str, Enrolment]:
        new = services.move(
            enrolment_id=one.pk,
            to_meeting_id=form.meeting_id,
            by=request.user,
            as_staff=True,
            telling=telling,
        )
        return _t("Moved. This is the new place."), new

    return ask(
        request,
        one,
        do,
        form=form,
        title=_t("Move to another date"),
        why_not=why_not_moved(one, dates),
    )


def why_not_moved(one: Enrolment, dates: list[Meeting]) -> list[str]:
    if not can_go(one, timezone.now()):
        return [_t("Only a place that somebody has, in a meeting to come, goes to another date.")]
    return [] if dates else [no_dates()]


def no_dates() -> str:
    return _t("There is no other date of this course with a place left. Plan one first.")


@about_one
def substitute(request: SignedInRequest, one: Enrolment) -> HttpResponse:
    form = AttendeeForm(posted(request))

    def do(telling: Telling) -> tuple[str, Enrolment]:
        new = services.substitute(
            enrolment_id=one.pk,
            attendee=form.attendee,
            by=request.user,
            as_staff=True,
            telling=telling,
        )
        return _t("Somebody else comes now. This is their place."), new

    comes = one.has_place and not one.meeting.has_begun(timezone.now())
    return ask(
        request,
        one,
        do,
        form=form,
        title=_t("Somebody else comes"),
        question=_t("Fill in who comes instead."),
        why_not=[] if comes else [_t("There is no place to take over any more.")],
    )


@about_one
def absent(request: SignedInRequest, one: Enrolment) -> HttpResponse:
    return note_absence(request, one, was_absent=True, title=_t("Did not come"))


@about_one
def present(request: SignedInRequest, one: Enrolment) -> HttpResponse:
    return note_absence(request, one, was_absent=False, title=_t("Came after all"))


def note_absence(
    request: SignedInRequest, one: Enrolment, *, was_absent: bool, title: str
) -> HttpResponse:
    """Notes whether somebody came. It mails nobody, and changes no invoice."""
    begun = one.has_place and one.meeting.has_begun(timezone.now())
    ways = ways_to_reopen(one.meeting_id)
    settled = [AttendanceIsFinal().sentence] if ways else []

    def do(_telling: Telling) -> str:
        services.mark_absent(enrolment_ids=[one.pk], was_absent=was_absent, by=request.user)
        return _t("Noted.")

    return ask(
        request,
        one,
        do,
        title=title,
        question=_t("Nobody gets a mail, and the invoice stays as it is."),
        why_not=settled if begun else [_t("That can be noted once the meeting has begun.")],
        ways_to_reopen=ways,
    )


@about_one
def note(request: SignedInRequest, one: Enrolment) -> HttpResponse:
    form = NoteForm(posted(request))

    def do(_telling: Telling) -> str:
        text = form.cleaned_data["text"]
        services.write_note(enrolment_id=one.pk, text=text, by=request.user)
        return _t("Noted.")

    return ask(
        request, one, do, form=form, title=_t("Write a note"), question="", button=_t("Save")
    )
