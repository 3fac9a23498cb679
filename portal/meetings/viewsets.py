"""What meetings are made of, in the staff screens: courses, venues, speakers, schemes, terms."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from pluc.staff_screens.viewsets import RowsViewSet
from portal.meetings.forms.parts import CourseForm, PolicyForm, SpeakerForm, VenueForm
from portal.meetings.models import Course, Policy, Region, Scheme, Speaker, Subject, Venue
from portal.meetings.staff_views.courses import CourseCreateView, CourseDeleteView, CourseEditView
from portal.meetings.staff_views.venues import VenueEditView


class CourseViewSet(RowsViewSet):
    model = Course
    add_view_class = CourseCreateView
    edit_view_class = CourseEditView
    delete_view_class = CourseDeleteView
    url_prefix = "opleidingen"
    icon = "glasses"
    list_display = ["title", "subject", "level"]
    list_filter = ["subject", "level"]
    search_fields = ["title", "title_en", "slug"]
    search_backend_name = None
    form_class = CourseForm


class VenueViewSet(RowsViewSet):
    model = Venue
    edit_view_class = VenueEditView
    url_prefix = "locaties"
    icon = "home"
    list_display = ["name", "city", "region"]
    list_filter = ["region"]
    form_class = VenueForm


class SpeakerViewSet(RowsViewSet):
    """A speaker's person is found by an address, not chosen from all people."""

    model = Speaker
    url_prefix = "sprekers"
    icon = "user"
    list_display = ["name", "role"]
    form_class = SpeakerForm


class SubjectViewSet(RowsViewSet):
    model = Subject
    url_prefix = "onderwerpen"
    icon = "tag"
    list_display = ["name", "name_en", "position"]
    form_fields = ["name", "name_en", "slug", "position"]


class RegionViewSet(RowsViewSet):
    model = Region
    url_prefix = "regios"
    icon = "globe"
    list_display = ["name", "name_en", "position"]
    form_fields = ["name", "name_en", "slug", "position"]


class SchemeViewSet(RowsViewSet):
    model = Scheme
    url_prefix = "erkenningen"
    icon = "success"
    list_display = ["code", "name", "position"]
    form_fields = ["code", "name", "name_en", "note", "note_en", "position"]


class PolicyViewSet(RowsViewSet):
    model = Policy
    url_prefix = "voorwaarden"
    icon = "doc-full"
    list_display = ["name", "closing_days", "cancelling_days", "moving_days", "substituting_days"]
    form_class = PolicyForm


class PlanningGroup(ModelViewSetGroup):
    """One item in the menu for all of them."""

    menu_label = _("Courses")
    menu_icon = "glasses"
    menu_order = 105
    items = (
        CourseViewSet("courses"),
        VenueViewSet("venues"),
        SpeakerViewSet("speakers"),
        SubjectViewSet("subjects"),
        RegionViewSet("regions"),
        SchemeViewSet("schemes"),
        PolicyViewSet("policies"),
    )
