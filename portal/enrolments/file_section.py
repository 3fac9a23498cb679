"""What this room puts in the file of a person: where they have, or had, a place."""

from django.urls import reverse

from portal.accounts.files import Line
from portal.accounts.models import Person
from portal.enrolments.queries.staff import enrolments_to_list
from portal.meetings.wording import when


def places(person: Person, most: int) -> list[Line]:
    """Their enrolments, the newest first."""
    found = enrolments_to_list(person_id=person.pk).order_by("-asked_at", "-id")
    return [
        Line(
            at=one.asked_at,
            text=f"{one.meeting.course}, {when(one.meeting)}",
            state=str(one.get_state_display()),
            url=reverse("staff_enrolment", args=[one.pk]),
        )
        for one in found[:most]
    ]
