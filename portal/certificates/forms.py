"""The one form of this room: why a certificate is revoked or replaced."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It is kept with the certificate, and whose it is can read it."),
    )
