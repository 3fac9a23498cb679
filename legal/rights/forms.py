"""What a colleague fills in to restrict somebody's data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from legal.rights.models import Restriction


class RestrictionForm(forms.Form):
    ground = forms.CharField(
        label=_("Why"),
        help_text=_("The person reads it under “My data”."),
        max_length=Restriction._meta.get_field("ground").max_length,
    )
