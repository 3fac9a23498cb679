"""Revoking a certificate, and replacing it by one that says what is right."""

from functools import partial
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.certificates import mails
from portal.certificates.models import Certificate, CertificateStep, Issuing
from portal.certificates.queries.issuing import round_of
from portal.certificates.refusals import (
    HasNoPlace,
    IsBeingReplaced,
    NotFinal,
    NotInForce,
    ReasonMissing,
    WasAbsent,
)
from portal.certificates.services.issuing import ask
from portal.certificates.status_lists import forget
from portal.enrolments.models import Enrolment
from portal.enrolments.orders import Attendee
from portal.enrolments.services import correct
from portal.enrolments.services.places import locked


@transaction.atomic
def revoke(*, certificate_id: UUID, reason: str, by: User | None) -> Certificate:
    """Says that a certificate does not hold. Its address and credential say so from then on.

    Raises `ReasonMissing`, `NotInForce`.
    """
    row = in_force(certificate_id, reason)
    Certificate.objects.waiting().filter(replaces=row).delete()
    row.state = Certificate.State.REVOKED
    row.save(update_fields=["state"])
    CertificateStep.objects.create(
        certificate=row, kind=CertificateStep.Kind.REVOKED, by=by, reason=reason.strip()
    )
    log(instance=row.meeting, action="certificates.revoke", user=by, title=row.meeting.code)
    transaction.on_commit(partial(forget, row.status_position))
    mails.revoked(row, reason.strip())
    return row


@transaction.atomic
def replace(
    *, certificate_id: UUID, reason: str, by: User | None, as_in_account: bool = False
) -> Issuing:
    """Asks for a new certificate with what is known now; once it is made the old one says so.

    `as_in_account` first gives the place the name that the person has in their account: who changed
    their name did so there (docs/decisions/0053). Raises `CannotReplace`, `ReasonMissing`,
    `NotInForce`, `HasNoPlace`, `NotFinal`, `WasAbsent`, `IsBeingReplaced`.
    """
    row = in_force(certificate_id, reason)
    if row.enrolment_id is None:
        raise HasNoPlace
    if as_in_account:
        take_name_of_account(row.enrolment_id, by)
    this = round_of(locked(row.meeting_id)[row.meeting_id])
    if not this.is_final:
        raise NotFinal
    due = [one for one in this.candidates if one.enrolment.pk == row.enrolment_id]
    if not due:
        raise HasNoPlace
    if due[0].held and due[0].held.state == Certificate.State.WAITING:
        raise IsBeingReplaced
    if due[0].enrolment.was_absent is not False:
        raise WasAbsent
    log(instance=row.meeting, action="certificates.replace", user=by, title=row.meeting.code)
    return ask(this, due, by=by, reason=reason.strip(), replaces=row)


def take_name_of_account(enrolment_id: UUID, by: User | None) -> None:
    """Corrects the place, as the back office does by hand; nothing where there is no account."""
    place = Enrolment.objects.select_related("person").get(pk=enrolment_id)
    person = place.person
    if person.has_login:
        attendee = Attendee(
            first_name=person.first_name,
            last_name=person.last_name,
            email=place.email,
            organisation=place.organisation,
            titles=person.titles_in_short or place.titles,
        )
        correct(enrolment_id=enrolment_id, attendee=attendee, by=by)


def in_force(certificate_id: UUID, reason: str) -> Certificate:
    """The certificate, locked. Raises `ReasonMissing`, `NotInForce`."""
    if not reason.strip():
        raise ReasonMissing
    rows = Certificate.objects.select_for_update(of=("self",))
    row = rows.select_related("meeting__course", "person").filter(pk=certificate_id).first()
    if row is None or not row.is_in_force:
        raise NotInForce
    return row
