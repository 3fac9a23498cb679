"""What the back office fills in about people."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.enrolments.forms.fields import ATTENDEE, attendee_fields, invoice_fields
from portal.enrolments.models import Enrolment
from portal.enrolments.orders import Attendee, InvoiceAddress, Order
from portal.meetings.models import Meeting
from portal.meetings.wording import place_of, when


class PersonForm(forms.Form):
    """Somebody as they stand on list and certificate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= attendee_fields()
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    @property
    def attendee(self) -> Attendee:
        return Attendee(**{name: self.cleaned_data[name] for name in ATTENDEE}, is_payer=True)

    @classmethod
    def about(cls, enrolment: Enrolment, data: Any = None) -> "PersonForm":
        return cls(data, initial={name: getattr(enrolment, name) for name in ATTENDEE})


class EnrolByHandForm(PersonForm):
    """A place for somebody who called."""

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data)
        self.meeting = meeting
        if meeting.is_invoiced:
            self.fields |= invoice_fields()

    def order(self, *, by: User) -> Order:
        data = self.cleaned_data
        address = ("name", "street", "postal_code", "city", "country")
        invoice = None
        if self.meeting.is_invoiced:
            invoice = InvoiceAddress(**{name: data[f"invoice_{name}"] for name in address})
        return Order(
            meeting_id=self.meeting.pk,
            attendees=(self.attendee,),
            payer_name=self.attendee.full_name,
            payer_email=self.attendee.email,
            price=self.meeting.price,
            language=self.meeting.language,
            form_id=uuid.uuid4(),
            invoice=invoice,
            reference=data.get("reference", ""),
            user=by,
            as_staff=True,
        )


class BulkForm(forms.Form):
    """One thing for many people."""

    people = forms.MultipleChoiceField(
        error_messages={"required": _("Choose somebody first.")}, required=True
    )
    do = forms.ChoiceField(
        label=_("With those chosen"),
        choices=[
            ("cancel", _("cancel, and tell them")),
            ("absent", _("did not come")),
            ("present", _("came")),
            ("move", _("move to")),
        ],
    )
    to = forms.ChoiceField(label=_("Another date"), required=False)

    def __init__(
        self, data: Any = None, *, people: Sequence[Enrolment], dates: Sequence[Meeting]
    ) -> None:
        super().__init__(data)
        chosen: Any = self.fields["people"]
        chosen.choices = [(str(one.pk), one.full_name) for one in people]
        to: Any = self.fields["to"]
        to.choices = [("", "–"), *((str(one.pk), date_of(one)) for one in dates)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("do") == "move" and not cleaned.get("to"):
            self.add_error("to", _("Choose the date that they move to."))
        return cleaned


def date_of(meeting: Meeting) -> str:
    """Another date, told apart from one on the same day by its code."""
    return f"{when(meeting)}, {place_of(meeting)} ({meeting.code})"
