"""The link in a mail by which somebody without an account manages their place.

It holds the enrolment's id, signed. Who has it got the mail, so may change the place. Logs leave it
out.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from pluc.links import portal_address
from portal.enrolments.models import Enrolment, EnrolmentEvent

SIGNER = Signer(salt="portal.enrolments.link", sep=".")


def token_of(enrolment: Enrolment) -> str:
    return SIGNER.sign(enrolment.pk.hex)


def enrolment_by_token(token: str) -> Enrolment | None:
    """The enrolment that a link is about; `None` for a link that is not ours."""
    try:
        key = UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    related = ("booking", "person", "meeting__course", "meeting__policy", "meeting__venue__region")
    return Enrolment.objects.select_related(*related, "meeting__region").filter(pk=key).first()


def moved_to(enrolment: Enrolment) -> Enrolment:
    """The place that took over from this one on another date, however often it was moved; itself
    where it was not. Who comes instead of somebody has a place of their own.
    """
    while new := next_place(enrolment):
        enrolment = new
    return enrolment


def next_place(enrolment: Enrolment) -> Enrolment | None:
    """The place on the date that this one was moved to; nothing while it is alive."""
    if enrolment.state != Enrolment.State.CANCELLED:
        return None
    kind = EnrolmentEvent.Kind.MOVED_AWAY
    moves = EnrolmentEvent.objects.filter(enrolment=enrolment, kind=kind, other__isnull=False)
    move = moves.select_related("other__meeting").order_by("-at", "-id").first()
    return move.other if move else None


def address_of(enrolment: Enrolment) -> str:
    """The link, in the active language."""
    return portal_address("enrolment", token=token_of(enrolment))
