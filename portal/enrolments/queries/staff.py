"""Enrolments as the back office sees them: with the right to, and no one else."""

from uuid import UUID

from django.db.models import Q, QuerySet

from portal.enrolments.models import Enrolment, EnrolmentEvent

State = Enrolment.State


def people_in(*, meeting_id: int) -> list[Enrolment]:
    """All who ever asked, in order of asking."""
    people = Enrolment.objects.filter(meeting=meeting_id).select_related("booking", "person")
    return list(people.order_by("queue_number"))


def enrolments_to_list(*, q: str = "") -> QuerySet[Enrolment]:
    """All enrolments; with `q` those whose name or address begins with it."""
    found = Enrolment.objects.select_related("meeting__course", "person")
    if q:
        found = found.filter(
            Q(last_name__istartswith=q) | Q(first_name__istartswith=q) | Q(email__istartswith=q)
        )
    return found


def enrolment_with_id(*, enrolment_id: UUID) -> Enrolment | None:
    related = ("booking__came_from", "meeting__course", "meeting__policy", "person")
    return Enrolment.objects.select_related(*related).filter(pk=enrolment_id).first()


def events_of(*, enrolment_id: UUID) -> QuerySet[EnrolmentEvent]:
    """What happened, the latest last, with who did it."""
    events = EnrolmentEvent.objects.filter(enrolment=enrolment_id)
    return events.select_related("by__person").order_by("at", "id")
