"""What can happen to a place: each in one transaction, under the lock of its meeting."""

from portal.enrolments.services.billing import export_billing, keep_codes
from portal.enrolments.services.by_phone import (
    Call,
    enrol_by_phone,
    enrol_somebody_new,
    give_place,
)
from portal.enrolments.services.cancelling import cancel
from portal.enrolments.services.changing import correct, mark_absent, move, substitute, write_note
from portal.enrolments.services.enrolling import Outcome, Told, enrol
from portal.enrolments.services.holding import hold_places, release_holds
from portal.enrolments.services.invoices import correct_invoice
from portal.enrolments.services.orders import cancel_asked_again, replace_asked_again
from portal.enrolments.services.reminders import post_reminders
from portal.enrolments.services.waiting_list import (
    accept_offer,
    decline_offer,
    lapse_offers,
    offer_places,
)
from portal.enrolments.services.wishes import set_wishes
from portal.enrolments.services.writing import write_to_people

__all__ = [
    "Call",
    "Outcome",
    "Told",
    "accept_offer",
    "cancel",
    "cancel_asked_again",
    "correct",
    "correct_invoice",
    "decline_offer",
    "enrol",
    "enrol_by_phone",
    "enrol_somebody_new",
    "export_billing",
    "give_place",
    "hold_places",
    "keep_codes",
    "lapse_offers",
    "mark_absent",
    "move",
    "offer_places",
    "post_reminders",
    "release_holds",
    "replace_asked_again",
    "set_wishes",
    "substitute",
    "write_note",
    "write_to_people",
]
