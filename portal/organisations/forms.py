"""What the back office fills in about people who act for an organisation, or speak."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from pluc.mail_addresses import AddressFormField
from portal.accounts.models import Person
from portal.accounts.postal_codes import check_postal_codes
from portal.accounts.queries import login_at
from portal.accounts.roles import CONTACTS
from portal.accounts.services import grant_role
from portal.organisations.models import Contact, Organisation


class AddressedForm(WagtailAdminModelForm):
    """A row whose short name stands in public addresses: links and printed codes rely on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True


class OrganisationForm(AddressedForm):
    """Who buys, employs, partners or supplies."""

    class Meta:
        model = Organisation
        fields = [
            "name",
            "slug",
            "is_employer",
            "is_client",
            "is_partner",
            "is_bureau",
            "certificates_go",
            "logo",
            "colour",
            "website",
            "invoice_name",
            "invoice_street",
            "invoice_postal_code",
            "invoice_city",
            "invoice_country",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certificates_go"].required = False  # it matters of bureaus alone

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_postal_codes(self)
        return cleaned


class ByAddressForm(WagtailAdminModelForm):
    """A row about a person, who is found by the address they sign in with, and gets its `role`.

    Where the form lets it be empty, emptying it unties the row from its person.
    """

    role: str

    email = AddressFormField(
        label=_("E-mail address"), help_text=_("The address that this person signs in with.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.person_id:
            self.initial["email"] = address_of(self.instance.person)

    def clean_email(self) -> str:
        """Looks the person up only if the address changed: their login may be gone by now."""
        email: str = self.cleaned_data["email"]
        if "email" in self.changed_data:
            self.instance.person = who_signs_in_with(email) if email else None
        return email

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        if saved.person is not None:
            grant_role(person=saved.person, role=self.role)
        return saved

    def others_of_this_person(self) -> Any:
        """Other rows of the same kind about the person of this one."""
        rows = self._meta.model.objects.exclude(pk=self.instance.pk)
        return rows.filter(person=self.instance.person_id, person__isnull=False)


def address_of(person: Person) -> str:
    return person.user.email if person.has_login else person.email


def who_signs_in_with(email: str) -> Person:
    """Raises `ValidationError` where nobody does."""
    user = login_at(email=email)
    if user is None:
        raise forms.ValidationError(_t("Nobody signs in with this address yet."))
    return user.person


class Day(forms.DateInput):
    """A day, as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ContactForm(ByAddressForm):
    """Who may see what of an organisation, and until when."""

    role = CONTACTS

    class Meta:
        model = Contact
        fields = ["organisation", "scope", "starts_on", "ends_on"]
        widgets = {"starts_on": Day, "ends_on": Day}

    def clean(self) -> dict[str, Any]:
        """What the database refuses too, in sentences."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _t("This is before the first day. Choose a later one."))
        grant = {name: cleaned.get(name) for name in ("organisation", "scope")}
        if all(grant.values()) and self.others_of_this_person().filter(**grant).exists():
            self.add_error("email", _t("This person may see this already. Change that line."))
        return cleaned
