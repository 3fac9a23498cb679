"""Asking for certificates: their facts are frozen at once, the worker makes the PDFs."""

import secrets
from functools import partial
from uuid import UUID

from django.db import transaction
from django_q.tasks import async_task
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.certificates.credentials import LIST_LENGTH
from portal.certificates.models import Certificate, GoneCertificate, Issuing
from portal.certificates.queries.issuing import Candidate, Round, round_of
from portal.certificates.refusals import NobodyDue, NotFinal
from portal.enrolments.services.places import locked

MAKE = "portal.certificates.tasks.make"


@transaction.atomic
def issue(*, meeting_id: int, by: User | None) -> Issuing:
    """Asks for a certificate for everybody who was there and has none.

    Under the lock on the meeting, so twice at once asks once. In a constant number of statements.
    Raises `NotFinal`, `NobodyDue`.
    """
    meeting = locked(meeting_id)[meeting_id]
    this = round_of(meeting)
    if not this.is_final:
        raise NotFinal
    if not this.due:
        raise NobodyDue
    log(instance=meeting, action="certificates.issue", user=by, title=meeting.code)
    return ask(this, this.due, by=by)


def ask(
    this: Round,
    due: list[Candidate],
    *,
    by: User | None,
    reason: str = "",
    replaces: Certificate | None = None,
) -> Issuing:
    """Writes the rows that the worker makes, and wakes it once they are stored."""
    issuing = Issuing.objects.create(
        meeting=this.meeting, step=this.step, asked_by=by, number=len(due), reason=reason
    )
    positions = free_positions(len(due))
    Certificate.objects.bulk_create(
        Certificate(
            person=one.enrolment.person,
            enrolment=one.enrolment,
            meeting=this.meeting,
            issuing=issuing,
            language=one.facts.language,
            facts=one.facts.as_json(),
            status_position=position,
            replaces=replaces,
        )
        for one, position in zip(due, positions, strict=True)
    )
    transaction.on_commit(partial(wake, issuing.pk))
    return issuing


def wake(issuing_id: UUID) -> None:
    async_task(MAKE, str(issuing_id))


def free_positions(number: int) -> list[int]:
    """Random places in the status list that nobody has or had.

    Another list begins when the ones before it are half full, so that a free place is found soon.
    """
    given = Certificate.objects.count() + GoneCertificate.objects.count()
    lists = 1 + (given + number) // (LIST_LENGTH // 2)
    found: set[int] = set()
    while len(found) < number:
        drawn = {secrets.randbelow(lists * LIST_LENGTH) for _ in range(number - len(found))}
        found |= drawn - taken_of(drawn)
    return list(found)


def taken_of(drawn: set[int]) -> set[int]:
    """Which of these places are given away; few at a time, which every database takes."""
    taken: set[int] = set()
    left = sorted(drawn)
    while left:
        some, left = left[:500], left[500:]
        for table in (Certificate, GoneCertificate):
            rows = table._default_manager.filter(status_position__in=some)
            taken |= set(rows.values_list("status_position", flat=True))
    return taken
