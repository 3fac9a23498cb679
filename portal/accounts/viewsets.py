"""People and users in the staff screens."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from pluc.staff_screens.ticks import GroupedTicks
from pluc.staff_screens.viewsets import RowsViewSet
from portal.accounts.erasure_views import PersonDeleteView
from portal.accounts.forms.staff import PersonForm, UserCreationForm, UserEditForm
from portal.accounts.models import Person
from portal.accounts.staff_views import (
    PersonCreateView,
    PersonEditView,
    PersonIndexView,
    PersonInspectView,
    UserCreateView,
    UserDeleteView,
    UserEditView,
    UserIndexView,
)


class UserViewSet(WagtailUserViewSet):
    """Users in the staff screens."""

    ordering = "name"
    index_view_class = UserIndexView
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    delete_view_class = UserDeleteView

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return UserEditForm if for_update else UserCreationForm


PERSON_PANELS = [
    FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]),
    FieldRowPanel([FieldPanel("email"), FieldPanel("language")]),
    FieldPanel("titles", widget=GroupedTicks(_("Titles"))),
    FieldRowPanel([FieldPanel("professional_number"), FieldPanel("job")]),
    FieldPanel("organisation"),
    FieldPanel("phone"),
    MultiFieldPanel(
        [
            FieldPanel("street"),
            FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city"), FieldPanel("country")]),
        ],
        heading=_("Address"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("invoice_name"),
            FieldPanel("invoice_street"),
            FieldRowPanel(
                [
                    FieldPanel("invoice_postal_code"),
                    FieldPanel("invoice_city"),
                    FieldPanel("invoice_country"),
                ]
            ),
        ],
        heading=_("Invoice address"),
    ),
]


class PersonViewSet(RowsViewSet):
    """Everybody whose data we hold, for the back office alone."""

    model = Person
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    inspect_view_class = PersonInspectView
    delete_view_class = PersonDeleteView
    name = "people"
    url_prefix = "mensen"
    icon = "user"
    menu_label = _("People")
    menu_order = 120
    add_to_admin_menu = True
    inspect_view_enabled = True
    list_display = [
        "__str__",
        Column("email", label=_("E-mail address")),
        Column("organisation", label=_("Organisation")),
        Column("city", label=_("Town")),
        Column("get_source_display", label=_("Source")),
        BooleanColumn("has_login", label=_("Account")),
    ]
    list_filter = ["source", "titles", "language"]
    search_fields = ["first_name", "last_name", "email", "organisation"]
    search_backend_name = None
    ordering = ["sort_key"]
    edit_handler = ObjectList(PERSON_PANELS, base_form_class=PersonForm)
