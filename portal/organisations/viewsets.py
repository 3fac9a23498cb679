"""Organisations and their contacts in the staff screens."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from portal.accounts.models import Person
from portal.organisations.models import Contact, Organisation


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when it runs
    """Who may see what. The person is found by the address they sign in with."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The address that this person signs in with.")
    )

    class Meta:
        model = Contact
        fields = ["organisation", "scope", "starts_on", "ends_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["email"] = self.instance.person.email

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        person = Person.objects.filter(user__email__iexact=email).first()
        if person is None:
            raise forms.ValidationError(_t("Nobody signs in with this address yet."))
        self.instance.person = person
        return email


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    url_prefix = "organisaties"
    icon = "group"
    copy_view_enabled = False
    list_display = ["name", "is_employer", "is_client", "is_partner", "is_bureau"]
    list_filter = ["is_client", "is_partner", "is_bureau"]
    search_fields = ["name"]
    search_backend_name = None
    form_fields = [
        "name",
        "slug",
        "is_employer",
        "is_client",
        "is_partner",
        "is_bureau",
        "logo",
        "colour",
        "website",
        "invoice_name",
        "invoice_street",
        "invoice_postal_code",
        "invoice_city",
        "invoice_country",
    ]


class ContactViewSet(ModelViewSet):
    model = Contact
    url_prefix = "contactpersonen"
    icon = "user"
    copy_view_enabled = False
    list_display = ["person", "organisation", "scope", "starts_on", "ends_on"]
    list_filter = ["organisation", "scope"]

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return ContactForm

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Contact]":
        return Contact.objects.select_related("organisation", "person")


class OrganisationGroup(ModelViewSetGroup):
    """One item in the menu for both."""

    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 110
    items = (OrganisationViewSet("organisations"), ContactViewSet("contacts"))


organisation_group = OrganisationGroup()
