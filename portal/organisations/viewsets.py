"""Organisations and their contacts in the staff screens."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSetGroup

from pluc.staff_screens.viewsets import RowsViewSet
from portal.organisations.forms import ContactForm, OrganisationForm
from portal.organisations.models import Contact, Organisation


class OrganisationViewSet(RowsViewSet):
    model = Organisation
    url_prefix = "organisaties"
    icon = "group"
    list_display = ["name", "is_employer", "is_client", "is_partner", "is_bureau"]
    list_filter = ["is_client", "is_partner", "is_bureau"]
    search_fields = ["name"]
    search_backend_name = None
    form_class = OrganisationForm


class ContactIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Contact]":
        return Contact.objects.select_related("organisation", "person")


class ContactViewSet(RowsViewSet):
    model = Contact
    index_view_class = ContactIndexView
    url_prefix = "contactpersonen"
    icon = "mobile-alt"
    list_display = ["person", "organisation", "scope", "starts_on", "ends_on"]
    list_filter = ["organisation", "scope"]
    form_class = ContactForm


class OrganisationGroup(ModelViewSetGroup):
    """One item in the menu for both."""

    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 110
    items = (OrganisationViewSet("organisations"), ContactViewSet("contacts"))
