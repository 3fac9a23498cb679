"""What one may tell about oneself (P12). Only a name is asked for; all else is optional."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.access import say_what_is_missing
from portal.accounts.models import Person, Title
from portal.accounts.plain_text import validate_name, validate_plain_line
from portal.accounts.postal_codes import check_postal_codes

Section = tuple[str | Promise, str | Promise, list[forms.BoundField]]

AUTOCOMPLETE = {
    "first_name": "given-name",
    "last_name": "family-name",
    "job": "organization-title",
    "organisation": "organization",
    "phone": "tel",
    "street": "address-line1",
    "postal_code": "postal-code",
    "city": "address-level2",
    "country": "country-name",
    "invoice_name": "billing organization",
    "invoice_street": "billing address-line1",
    "invoice_postal_code": "billing postal-code",
    "invoice_city": "billing address-level2",
    "invoice_country": "billing country-name",
}
SECTIONS: list[tuple[str | Promise, str | Promise, list[str]]] = [
    (
        _("Who you are"),
        _("Your name appears on participant lists and on your certificates."),
        ["first_name", "last_name", "language"],
    ),
    (
        _("Your work"),
        _("Titles and organisation appear on participant lists, so that your PE hours count."),
        ["titles", "professional_number", "job", "organisation"],
    ),
    (
        _("How to reach you"),
        _("For when a meeting changes at the last moment, and for material on paper."),
        ["phone", "street", "postal_code", "city", "country"],
    ),
    (
        _("Invoices"),
        _("Filled in for you when you enrol. Each enrolment keeps its own copy."),
        [
            "invoice_name",
            "invoice_street",
            "invoice_postal_code",
            "invoice_city",
            "invoice_country",
        ],
    ),
]


class ProfileForm(forms.ModelForm[Person]):
    """A person's own data, as its owner changes it (P25)."""

    class Meta:
        model = Person
        fields = [name for _heading, _intro, names in SECTIONS for name in names]
        widgets = {"titles": forms.CheckboxSelectMultiple}

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, instance=person)
        self.fields["first_name"].required = True
        say_what_is_missing(self.fields)
        self.fields["language"].help_text = _(
            "We write to you in this language. That of the site you choose at the top of the page."
        )
        self.fields["titles"].queryset = Title.objects.all()  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):
                is_own_name = name in ("first_name", "last_name")
                field.validators.append(validate_name if is_own_name else validate_plain_line)
            if name in AUTOCOMPLETE:
                field.widget.attrs["autocomplete"] = AUTOCOMPLETE[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_postal_codes(self)
        return cleaned

    def sections(self) -> list[Section]:
        """The form in parts: heading, what it is for, fields."""
        return [(head, intro, [self[name] for name in names]) for head, intro, names in SECTIONS]

    def _post_clean(self) -> None:
        """Leaves the instance alone: the service writes."""
