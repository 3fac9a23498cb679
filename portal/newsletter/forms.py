"""The one field of the newsletter's form, and what the back office fills in."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.mail_addresses import AddressFormField
from portal.newsletter.address_keys import normal
from portal.newsletter.models.subscriptions import LANGUAGES

LONGEST = 254  # letters, also once the domain is written as its mail server knows it


def validate_length(value: str) -> None:
    if len(normal(value)) > LONGEST:
        raise ValidationError(_t("This e-mail address is too long."), code="too-long")


class SubscribeForm(forms.Form):
    """What a visitor fills in. Only spam fills in `website` (CONTRACT, Forms)."""

    email = AddressFormField(
        label=_("Your e-mail address"),
        max_length=LONGEST,
        validators=[validate_length],
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Fill in your e-mail address.")},
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def fell_in_trap(self) -> bool:
        return bool(self.cleaned_data["website"])


class ReasonForm(forms.Form):
    """Why a colleague does it: it stands with the proof."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Such as: asked by phone on Monday. Whoever it is about can read it."),
        error_messages={"required": _("Say why: it is kept as proof.")},
    )


class AddForm(ReasonForm):
    email = AddressFormField(
        label=_("E-mail address"), max_length=LONGEST, validators=[validate_length]
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    field_order = ["email", "language", "reason"]
