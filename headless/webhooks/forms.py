"""What a colleague fills in about a webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headless.webhooks.addresses import require_name_of_somebody, target_of
from headless.webhooks.models import ADDRESS_AT_MOST, CHOSEN, Endpoint
from headless.webhooks.services.endpoints import Typed
from pluc.typed_lines import LineFormField
from pluc.web_addresses import WebAddressFormField
from portal.accounts.plain_text import validate_plain_line


class EndpointForm(forms.Form):
    name = LineFormField(
        label=_("Name"),
        validators=[validate_plain_line],
        max_length=80,
        help_text=_("Whose it is, and what it is for."),
        error_messages={"required": _("Give it a name, so that colleagues know whose it is.")},
    )
    address = WebAddressFormField(
        label=_("Address"),
        max_length=ADDRESS_AT_MOST,
        assume_scheme="https",
        help_text=_("It starts with https://, and answers within 8 seconds."),
        error_messages={"required": _("Fill in the address that is told.")},
    )
    events = forms.MultipleChoiceField(
        label=_("Tell it when"),
        choices=CHOSEN,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    @classmethod
    def of(cls, endpoint: Endpoint, posted: Any) -> "EndpointForm":
        """The form as an endpoint fills it."""
        names = ("name", "address", "events")
        return cls(posted, initial={name: getattr(endpoint, name) for name in names})

    def clean_address(self) -> str:
        """The address as it is called: its host in ASCII."""
        target = target_of(self.cleaned_data["address"])
        require_name_of_somebody(target)
        address = target.address
        if len(address) > ADDRESS_AT_MOST:  # letters beyond ASCII take up to nine
            raise forms.ValidationError(_("This address is too long."), code="max_length")
        return address

    @property
    def typed(self) -> Typed:
        return Typed(**self.cleaned_data)
