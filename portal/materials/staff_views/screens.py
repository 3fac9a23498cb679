"""The screens of material, and the way to them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pluc.staff_screens.screens import Crumb, Screens
from portal.materials.models import Material
from portal.materials.permissions import may_manage
from portal.meetings.models import Course, Meeting

SCREENS = Screens(
    folder="materials", title=_("Material"), icon="download", start="materials", may=may_manage
)


def crumb_of_place(place: Meeting | Course) -> Crumb:
    name = "meeting_material" if isinstance(place, Meeting) else "course_material"
    return reverse(name, args=[place.pk]), str(place)


def place_of(material: Material) -> Meeting | Course:
    """The meeting or the course that it is for; the database keeps that it is one of them."""
    place = material.meeting or material.course
    if place is None:
        raise LookupError(material.pk)
    return place


def crumbs_of(material: Material) -> list[Crumb]:
    return [
        crumb_of_place(place_of(material)),
        (reverse("material", args=[material.pk]), str(material)),
    ]
