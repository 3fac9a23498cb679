"""Material in the staff screens' menu and addresses."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from pluc.staff_screens.links import register_link
from pluc.staff_screens.menu import register_screens
from portal.materials.permissions import may_manage
from portal.materials.staff_views import one, places
from portal.materials.staff_views.screens import SCREENS
from portal.meetings.models import Meeting

register_screens(
    SCREENS,
    "materiaal/",
    [
        path("", places.start, name="materials"),
        path("bijeenkomst/<int:meeting_id>/", places.of_meeting, name="meeting_material"),
        path("cursus/<int:course_id>/", places.of_course, name="course_material"),
        path("<uuid:material_id>/", one.show, name="material"),
        path("<uuid:material_id>/wijzigen/", one.change, name="material_change"),
        path("<uuid:material_id>/versie/", one.new_version, name="material_version"),
        path("<uuid:material_id>/opnieuw/", one.try_again, name="material_try_again"),
        path("<uuid:material_id>/<slug:slug>/", one.deed, name="material_deed"),
    ],
    order=104,
)
register_link(Meeting, _("Material"), "meeting_material", may=may_manage)
