"""Who has a place where, how they came by it, and what is to be invoiced for it."""

from portal.enrolments.models.asked_again import AskedAgain
from portal.enrolments.models.billing import BillingCodes, BillingExport, BillingLine
from portal.enrolments.models.bookings import Booking
from portal.enrolments.models.enrolments import Enrolment, EnrolmentEvent, EnrolmentQuerySet, Hold
from portal.enrolments.models.supplies import Provenance, Supply, SupplyColumns, SupplyRow
from portal.enrolments.models.wishes import Wishes

__all__ = [
    "AskedAgain",
    "BillingCodes",
    "BillingExport",
    "BillingLine",
    "Booking",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentQuerySet",
    "Hold",
    "Provenance",
    "Supply",
    "SupplyColumns",
    "SupplyRow",
    "Wishes",
]
