"""What this room puts in the file of a person: their certificates."""

from django.urls import reverse

from portal.accounts.files import Line
from portal.accounts.models import Person
from portal.certificates.facts import Facts
from portal.certificates.models import Certificate


def certificates_of_person(person: Person, most: int) -> list[Line]:
    """The newest first, those that are being made among them."""
    rows = Certificate.objects.filter(person=person).order_by("-asked_at", "id")
    return [
        Line(
            at=one.issued_at or one.asked_at,
            text=Facts.from_json(one.facts).course,
            state=str(one.get_state_display()),
            url=reverse("certificate_screen", args=[one.pk]),
        )
        for one in rows[:most]
    ]
