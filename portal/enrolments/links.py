"""The link in a mail by which somebody without an account manages their place.

It holds the enrolment's id, signed. Who has it got the mail, so may change the place. Logs leave it
out.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from pluc.links import portal_address
from portal.enrolments.models import Enrolment

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


def address_of(enrolment: Enrolment) -> str:
    """The link, in the active language."""
    return portal_address("enrolment", token=token_of(enrolment))
