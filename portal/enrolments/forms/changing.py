"""What is filled in to come on another date, or to send somebody else."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.postal_codes import check_postal_codes
from portal.enrolments.forms.fields import (
    attendee_fields,
    invoice_address,
    invoice_fields,
    leave_empty,
)
from portal.enrolments.models import Booking
from portal.enrolments.orders import SNAPSHOT, Attendee, InvoiceAddress
from portal.meetings.models import Meeting
from portal.meetings.wording import place_of, when


class MoveForm(forms.Form):
    """Another date of the same course."""

    to = forms.ChoiceField(
        label=_("Another date"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the date that suits you."),
            "invalid_choice": _("That date is no longer available. Choose another one."),
        },
    )

    def __init__(self, data: Any = None, *, meetings: Sequence[Meeting], prefix: str = "") -> None:
        super().__init__(data, prefix=prefix or None)
        choices = [(str(one.pk), self.date_of(one)) for one in meetings]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def date_of(self, meeting: Meeting) -> str:
        return f"{when(meeting)}, {place_of(meeting)}"

    @property
    def meeting_id(self) -> int:
        return int(self.cleaned_data["to"])


class AttendeeForm(forms.Form):
    """Somebody else, as they stand on list and certificate: no browser knows the answers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= attendee_fields()
        titles: Any = self.fields["titles"]
        titles.keep(self.initial.get("titles", ""))
        leave_empty(*self.fields.values())
        # Who was enrolled on the phone without an address may go on without.
        self.fields["email"].required = self.initial.get("email") != ""

    @property
    def attendee(self) -> Attendee:
        return Attendee(**{name: self.cleaned_data[name] for name in SNAPSHOT})


class InvoiceForm(forms.Form):
    """Where the invoice of a booking goes, and what it has to name."""

    def __init__(self, data: Any = None, *, booking: Booking, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.fields |= invoice_fields()
        self.initial = {name: getattr(booking, name) for name in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_postal_codes(self)
        return cleaned

    @property
    def address(self) -> InvoiceAddress:
        return invoice_address(self.cleaned_data)
