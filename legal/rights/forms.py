"""What a colleague fills in to restrict somebody's data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from legal.rights.models import Restriction


class RestrictionForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when it runs
    class Meta:
        model = Restriction
        fields = ("ground",)
        labels = {"ground": _("Why")}
        help_texts = {"ground": _("The person reads it under “My data”.")}
