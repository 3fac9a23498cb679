"""The link by which a payer sees what they ordered. It holds the booking's id, signed.

Only a mail to the payer's own address has it, so who has it has that mailbox. Logs leave it out.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from pluc.links import portal_address
from portal.enrolments.models import Booking

SIGNER = Signer(salt="portal.enrolments.order", sep=".")


def token_of(booking: Booking) -> str:
    return SIGNER.sign(booking.pk.hex)


def booking_by_token(token: str) -> Booking | None:
    """The booking that a link is about; `None` where it is not ours, or the payer is erased."""
    try:
        key = UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Booking.objects.filter(pk=key).exclude(email="").first()


def address_of(booking: Booking) -> str:
    """The link, in the active language."""
    return portal_address("order", token=token_of(booking))
