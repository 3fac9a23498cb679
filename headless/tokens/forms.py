"""The form for a new token."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from headless.tokens.models import ApiToken, Scope
from pluc.periods import API_TOKEN
from pluc.typed_lines import LineFormField
from portal.accounts.plain_text import validate_plain_line
from portal.organisations.models import Organisation


def a_year_from_now() -> dt.date:
    return timezone.localdate() + API_TOKEN


class TokenForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=_("Organisation"),
        help_text=_("Whose program uses it. What it sends in counts as theirs."),
    )
    name = LineFormField(
        label=_("What it is for"),
        validators=[validate_plain_line],
        max_length=ApiToken._meta.get_field("name").max_length,
        help_text=_("So that you know it again, such as “website” or “student system”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    last_day = forms.DateField(
        label=_("Valid until and including"),
        initial=a_year_from_now,
        widget=AdminDateInput,
        help_text=_("A year at most. Make the next one in time: both work side by side."),
    )
