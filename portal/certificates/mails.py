"""Mails about certificates: that there is one, or that one was revoked. Both hold a link only."""

from django.utils import translation

from pluc.links import portal_address
from pluc.outbox.letters import post_letter
from portal.accounts.mails import plain_name
from portal.certificates.facts import Facts
from portal.certificates.models import Certificate
from portal.certificates.queries.seeing import CertificatesGo


def issued(certificate: Certificate, facts: Facts) -> None:
    """Says that it is ready, and where. The bureau that supplied somebody may have agreed to hand
    it out itself (P19); then they are not mailed."""
    if goes_through_bureau(certificate):
        return
    post("issued", certificate, facts, is_new=certificate.replaces_id is not None)


def revoked(certificate: Certificate, reason: str) -> None:
    post("revoked", certificate, Facts.from_json(certificate.facts), reason=reason)


def post(name: str, certificate: Certificate, facts: Facts, **context: object) -> None:
    """To the person's own address; who has none finds it in the file of the back office."""
    person = certificate.person
    if not person.email:
        return
    with translation.override(certificate.language):
        address = portal_address("my_certificates")
    post_letter(
        template=f"certificates/{name}",
        to=person.email,
        language=certificate.language,
        context={
            "first_name": plain_name(person.first_name),
            "title": facts.course,
            "when": facts.when,
            "address": address,
            "has_login": person.has_login,
            **context,
        },
        event=f"certificate-{name}:{certificate.pk.hex}",
        person_id=person.pk,
    )


def goes_through_bureau(certificate: Certificate) -> bool:
    """Whether the bureau that supplied the person for this meeting hands it out."""
    place = certificate.enrolment
    bureau = place.booking.supplied_by if place else None
    return bureau is not None and bureau.certificates_go == CertificatesGo.BUREAU
