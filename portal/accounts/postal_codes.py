"""Postal codes: those of the Netherlands are checked, those of elsewhere are a line of text."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from stdnum.exceptions import ValidationError as NoPostalCode
from stdnum.nl import postcode

# How people write it on a form; nothing filled in is the Netherlands too.
NETHERLANDS = {"", "nl", "nld", "nederland", "netherlands", "the netherlands", "holland"}


def checked_postal_code(code: str, *, country: str) -> str:
    """A postal code as the post writes it: "3511 AB". Raises `ValidationError`.

    Empty stays empty: whether it must be filled in, the field says.
    """
    if not code or country.strip().casefold() not in NETHERLANDS:
        return code
    try:
        return str(postcode.validate(code))
    except NoPostalCode as error:
        raise ValidationError(
            _t(
                "That is no Dutch postal code: it looks like 3511 AB. If it is in another country,"
                " fill in the country as well."
            ),
            code="postal_code",
        ) from error


def check_postal_codes(form: forms.BaseForm) -> None:
    """Checks the postal codes of a form, each by the country beside it; for its `clean`."""
    for kind in ("", "invoice_"):
        name, country = f"{kind}postal_code", str(form.cleaned_data.get(f"{kind}country") or "")
        if name not in form.cleaned_data:
            continue
        try:
            code = checked_postal_code(form.cleaned_data[name], country=country)
        except ValidationError as error:
            form.add_error(name, error)
        else:
            form.cleaned_data[name] = code
