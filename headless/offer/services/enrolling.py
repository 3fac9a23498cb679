"""Enrolling whom a partner sends: by the form, the limits and the service of our own site."""

from dataclasses import replace
from decimal import Decimal
from http import HTTPStatus
from uuid import uuid4

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t

from headless.answers.problems import FieldProblem, Refusal, there_is
from headless.offer.missing import no_meeting
from headless.offer.models import StoredAnswer
from headless.offer.orders import EnrolmentIn
from headless.offer.services.once import KeyInUse, Made, Sent, earlier, once
from headless.tokens.models import ApiToken
from pluc.counting import count, take_back, wait_in_words
from portal.enrolments import limits, services
from portal.enrolments.errors import (
    Cancelled,
    Closed,
    EnrolmentError,
    InvoiceMissing,
    JustFull,
    PlacesHeld,
    StaleForm,
)
from portal.enrolments.orders import Order
from portal.enrolments.queries.enrolling import meeting_to_enrol_in
from portal.meetings.deadlines import is_open
from portal.meetings.models import Meeting
from portal.meetings.wording import euros

# What in the request an error is about, so that a program knows what to ask again.
ABOUT: dict[type[EnrolmentError], str] = {
    Closed: "path.code",
    Cancelled: "path.code",
    StaleForm: "body.price",
    JustFull: "body.if_full",
    PlacesHeld: "body.if_full",
    InvoiceMissing: "body.invoice",
}


def take(
    *, request: HttpRequest, token: ApiToken, code: str, wanted: EnrolmentIn, sent: Sent
) -> tuple[StoredAnswer, bool]:
    """Enrols them once, however often the request comes.

    Raises `Refusal`, `KeyInUse`.
    """
    if known := earlier(sent):
        return known, False  # also where the meeting has closed since
    meeting = there_is(meeting_to_enrol_in(code=code), no_meeting())
    order = order_of(meeting, wanted, token)
    deeds = limits.deeds_of(request, replace(order, form_id=sent.mark), by=f"token {token.pk}")
    if over := count(request, *deeds):
        raise too_much(over.seconds)
    try:
        return once(sent=sent, do=lambda: enrol(order))
    except (EnrolmentError, KeyInUse) as error:
        take_back(request, *deeds)
        if isinstance(error, StaleForm):  # since it was looked at above
            raise changed(there_is(meeting_to_enrol_in(code=code), no_meeting())) from error
        raise (refusal(error) if isinstance(error, EnrolmentError) else error) from error


def enrol(order: Order) -> Made:
    outcome = services.enrol(order=order)
    return Made(
        booking=outcome.booking, places_in_line=tuple(one.place_in_line for one in outcome.told)
    )


def order_of(meeting: Meeting, wanted: EnrolmentIn, token: ApiToken) -> Order:
    """What the form makes of it, through the partner. Raises `Refusal`.

    Whether the meeting is still what they saw comes first: the rest may be right for another one.
    """
    if not is_open(meeting, timezone.now()):
        raise refusal(Cancelled() if meeting.is_cancelled else Closed())
    if Decimal(wanted.price) != meeting.price:
        raise changed(meeting)
    if meeting.is_invoiced and wanted.invoice is None:
        raise refusal(InvoiceMissing())
    form = wanted.form(meeting)
    if not form.is_valid():
        is_conflict = wanted.is_out_of_date(form)
        raise Refusal(
            HTTPStatus.CONFLICT if is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY,
            _t("Nobody was enrolled: some of what was sent is not as it should be; see errors."),
            errors=wanted.problems_of(form),
        )
    order = form.order(language=get_language() or "nl", came_from_id=token.organisation_id)
    return replace(order, form_id=uuid4())


def changed(meeting: Meeting) -> Refusal:
    """Of another price than they showed; the form's own sentence speaks of a form."""
    detail = _t("A place costs %(price)s now. Show that price, and send “%(amount)s”.") % {
        "price": euros(meeting.price),
        "amount": meeting.price,
    }
    errors = [FieldProblem(where=ABOUT[StaleForm], detail=detail)]
    return Refusal(HTTPStatus.CONFLICT, detail, errors=errors)


def refusal(error: EnrolmentError) -> Refusal:
    """What is not as it was, or not for this meeting: the request was sound in itself (409)."""
    errors = [FieldProblem(where=ABOUT.get(type(error), "body"), detail=error.sentence)]
    return Refusal(HTTPStatus.CONFLICT, error.sentence, errors=errors)


def too_much(seconds: int) -> Refusal:
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS,
        _t("That was too much at once. Try again in %(time)s; see Retry-After.")
        % {"time": wait_in_words(seconds)},
        headers={"Retry-After": str(seconds)},
    )
