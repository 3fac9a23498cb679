"""What is chosen for an export to the books, and what the books call things."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.enrolments.models import BillingCodes
from portal.enrolments.queries.billing import Choice
from portal.meetings.models import Meeting
from portal.meetings.wording import when
from portal.organisations.forms import Day


class ChoiceForm(forms.Form):
    """Of which meetings the lines go to the books; left empty it is all that is due."""

    first = forms.DateField(label=_("Meetings from"), required=False, widget=Day)
    last = forms.DateField(label=_("Up to and including"), required=False, widget=Day)
    meeting = forms.ChoiceField(label=_("One meeting"), required=False)

    def __init__(self, data: Any = None, *, meetings: Sequence[Meeting]) -> None:
        super().__init__(data)
        keys = [(str(one.pk), f"{one.course}, {when(one)} ({one.code})") for one in meetings]
        meeting: Any = self.fields["meeting"]
        meeting.choices = [("", _("all")), *keys]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _t("The last day is before the first."))
        return cleaned

    @property
    def choice(self) -> Choice:
        """What was chosen; a field that is wrong leaves it open."""
        chosen = self.cleaned_data
        meeting = chosen.get("meeting")
        return Choice(
            first=chosen.get("first"),
            last=chosen.get("last"),
            meeting_id=int(meeting) if meeting else None,
        )


class ExportForm(forms.Form):
    """What was looked at: so many lines, of so much together."""

    lines = forms.IntegerField(widget=forms.HiddenInput)
    total = forms.DecimalField(widget=forms.HiddenInput, max_digits=12, decimal_places=2)


class CodesForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when it runs
    class Meta:
        model = BillingCodes
        fields = ["debtor", "vat_exempt", "ledger_exempt", "vat_taxed", "ledger_taxed"]
