"""Who waits for a place, and who is next: in the order in which they asked."""

from portal.enrolments.models import Enrolment, EnrolmentQuerySet


def waiting_list(*, meeting_id: int) -> EnrolmentQuerySet:
    """Those who wait, the first one first. Who has been offered a place waits no more."""
    waiting = Enrolment.objects.filter(meeting=meeting_id, state=Enrolment.State.WAITING)
    return waiting.order_by("queue_number")


def place_in_line(*, enrolment: Enrolment) -> int | None:
    """Which number somebody on the waiting list is, the first being 1; `None` off the list."""
    if enrolment.state != Enrolment.State.WAITING:
        return None
    before = waiting_list(meeting_id=enrolment.meeting_id)
    return before.filter(queue_number__lte=enrolment.queue_number).count()


def next_place_in_line(*, meeting_id: int) -> int:
    """Which number somebody would be who joined the waiting list now."""
    return waiting_list(meeting_id=meeting_id).count() + 1
