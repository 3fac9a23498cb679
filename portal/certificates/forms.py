"""The forms of this room: why a certificate is revoked or replaced, and by which name."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It is kept with the certificate, and whose it is can read it."),
    )


class ReplaceForm(ReasonForm):
    """Asks for the name too, where the account of whose it is has another one than the place."""

    as_in_account = forms.BooleanField(
        required=False,
        initial=True,
        help_text=_("Lists and certificate get that name, and the titles of the account."),
    )
    field_order = ("as_in_account", "reason")

    def __init__(self, *args: Any, account_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account_name:
            words = _t("Put “%(name)s” on it, as in their account")
            self.fields["as_in_account"].label = words % {"name": account_name}
        else:
            del self.fields["as_in_account"]
