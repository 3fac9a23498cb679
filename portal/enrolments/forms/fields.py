"""The fields of somebody who comes, and of an invoice: the same wherever they are asked."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.mail_addresses import AddressFormField
from pluc.typed_lines import LineFormField
from portal.accounts.plain_text import validate_name, validate_plain_line
from portal.enrolments.forms.titles import TitlesField
from portal.enrolments.orders import InvoiceAddress

NETHERLANDS = "Nederland"  # on an invoice, whatever the language of the form
INVOICE = ("invoice_name", "invoice_street", "invoice_postal_code", "invoice_city")
Words = Any  # text, perhaps translated when it is read


def leave_empty(*fields: forms.Field) -> None:
    """Tells browsers not to fill in fields about somebody else. Ticks may not say so in HTML."""
    for field in fields:
        if not isinstance(field.widget, forms.CheckboxSelectMultiple):
            field.widget.attrs["autocomplete"] = "off"


def line(
    label: Words,
    *,
    length: int,
    missing: Words = "",
    help_text: Words = "",
    autocomplete: str = "",
    valid: Callable[[str], None] = validate_plain_line,
) -> LineFormField:
    """One line of text; without words for when it is missing, it may stay empty."""
    return LineFormField(
        label=label,
        max_length=length,
        required=bool(missing),
        help_text=help_text,
        validators=[valid],
        error_messages={"required": missing},
        widget=forms.TextInput({"autocomplete": autocomplete} if autocomplete else {}),
    )


def address(label: Words, *, autocomplete: str = "") -> AddressFormField:
    return AddressFormField(
        label=label,
        max_length=254,
        error_messages={
            "required": _("Fill in an e-mail address: the confirmation goes there."),
            "invalid": _("That is no e-mail address yet: it looks like name@example.com."),
        },
        widget=forms.EmailInput({"autocomplete": autocomplete} if autocomplete else {}),
    )


def attendee_fields() -> dict[str, forms.Field]:
    """Of whoever fills in the form: their browser knows the answers."""
    return {
        "first_name": line(
            _("First name"),
            length=100,
            missing=_("Fill in the first name."),
            autocomplete="given-name",
            valid=validate_name,
        ),
        "last_name": line(
            _("Last name"),
            length=100,
            missing=_("Fill in the last name."),
            autocomplete="family-name",
            valid=validate_name,
        ),
        "email": address(_("E-mail address"), autocomplete="email"),
        "organisation": line(
            _("Organisation"),
            length=150,
            help_text=_("Shown on the participant list and on the certificate."),
            autocomplete="organization",
        ),
        "titles": TitlesField(
            label=_("Titles"),
            help_text=_("Also shown on the list and the certificate."),
        ),
    }


def other_attendee_fields(number: int) -> dict[str, forms.Field]:
    """Of person `number`, whom nobody's browser knows; the label says who it is about."""
    fields: dict[str, forms.Field] = {}
    for name, field in attendee_fields().items():
        leave_empty(field)
        field.label = _t("%(field)s of person %(number)d") % {
            "field": field.label,
            "number": number,
        }
        field.help_text = ""
        fields[f"{name}_{number}"] = field
    return fields


def invoice_fields() -> dict[str, forms.Field]:
    return {
        "invoice_name": line(
            _("Invoice to"),
            length=150,
            missing=_("Fill in whom the invoice is for."),
            help_text=_("Your organisation, or your own name."),
            autocomplete="billing organization",
        ),
        "invoice_street": line(
            _("Street and number"),
            length=150,
            missing=_("Fill in street and number."),
            autocomplete="billing address-line1",
        ),
        "invoice_postal_code": line(
            _("Postal code"),
            length=12,
            missing=_("Fill in the postal code."),
            autocomplete="billing postal-code",
        ),
        "invoice_city": line(
            _("City"),
            length=100,
            missing=_("Fill in the city."),
            autocomplete="billing address-level2",
        ),
        "invoice_country": line(
            _("Country"),
            length=60,
            help_text=_("Only if it is not the Netherlands."),
            autocomplete="billing country-name",
        ),
        "reference": line(
            _("Your reference"),
            length=60,
            help_text=_("A purchase order or cost centre, if the invoice has to name it."),
        ),
    }


def invoice_address(cleaned: Mapping[str, Any]) -> InvoiceAddress:
    """What was filled in of `invoice_fields`; without a country it is the Netherlands."""
    return InvoiceAddress(
        **{name.removeprefix("invoice_"): cleaned[name] for name in INVOICE},
        country=cleaned["invoice_country"] or NETHERLANDS,
    )
