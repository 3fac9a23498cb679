"""Records that carry one's proven address: taking one, or refusing it (DESIGN, "People")."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from pluc.links import portal_address
from portal.accounts.claims import move_everything
from portal.accounts.mails import claims_found
from portal.accounts.models import ClaimDecision, Person, User
from portal.accounts.queries import claimable_by


class NotYours(Exception):
    """There is no such record at an address that this login has proven."""


def tell_of_records(*, user: User) -> None:
    """A mail to whoever just proved a mailbox, if something is found there."""
    if claimable_by(user=user).exists():
        with translation.override(user.person.language):
            address = portal_address("account_claims")
        claims_found(user=user, address=address, at=timezone.now())


@transaction.atomic
def take_record(*, user: User, record_id: UUID) -> None:
    """Everything at the record becomes the person's own, and the record goes.

    The person's own data stays as it is (P20). Raises `NotYours`.
    """
    record = locked_record(user, record_id)
    decide(user, record, ClaimDecision.Answer.TAKEN)
    move_everything(record, user.person)


@transaction.atomic
def refuse_record(*, user: User, record_id: UUID) -> None:
    """The record is not offered to this login again; it stays as it is. Raises `NotYours`."""
    decide(user, locked_record(user, record_id), ClaimDecision.Answer.REFUSED)


def locked_record(user: User, record_id: UUID) -> Person:
    claimable = claimable_by(user=user).values("pk")
    record = Person.objects.select_for_update().filter(pk=record_id, pk__in=claimable).first()
    if record is None:
        raise NotYours
    return record


def decide(user: User, record: Person, answer: ClaimDecision.Answer) -> None:
    ClaimDecision.objects.create(
        user=user,
        record=record.pk,
        answer=answer,
        source=record.source,
        supplied_by=record.supplied_by,
    )
