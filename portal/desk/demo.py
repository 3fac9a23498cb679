"""Whom the demo's training bureau signed up: some of those who come to its own meeting."""

from portal.accounts.models import Person
from portal.enrolments.models import Enrolment

BUREAU, MEETING, SIGNED_UP = "Pruimen & Partners Opleidingen", "begroten-partner-1", 4


def load_supplied_people() -> None:
    """May run again: it is the same people each time."""
    places = Enrolment.objects.filter(meeting__code=MEETING, person__user=None)
    first = places.order_by("queue_number").values_list("person", flat=True)[:SIGNED_UP]
    facts = {"source": Person.Source.SUPPLIED, "supplied_by": BUREAU}
    Person.objects.filter(pk__in=list(first)).update(**facts)
