"""What the back office fills in about people."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.postal_codes import check_postal_codes
from portal.enrolments.forms.changing import AttendeeForm
from portal.enrolments.forms.fields import invoice_address, invoice_fields
from portal.enrolments.models import Enrolment
from portal.enrolments.orders import Order
from portal.meetings.models import Meeting
from portal.meetings.wording import place_of, when


class EnrolByHandForm(AttendeeForm):
    """A place for somebody who called."""

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data)
        self.meeting = meeting
        if meeting.is_invoiced:
            self.fields |= invoice_fields()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_postal_codes(self)
        return cleaned

    def order(self, *, by: User) -> Order:
        data = self.cleaned_data
        return Order(
            meeting_id=self.meeting.pk,
            attendees=(replace(self.attendee, is_payer=True),),
            payer_name=self.attendee.full_name,
            payer_email=self.attendee.email,
            price=self.meeting.price,
            language=self.meeting.language,
            form_id=uuid.uuid4(),
            invoice=invoice_address(data) if self.meeting.is_invoiced else None,
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
        error_messages={"required": _("Choose what to do with them.")},
        choices=[
            ("", "–"),
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
        self.everybody = people
        chosen: Any = self.fields["people"]
        chosen.choices = [(str(one.pk), one.full_name) for one in people]
        to: Any = self.fields["to"]
        to.choices = [("", "–"), *((str(one.pk), date_of(one)) for one in dates)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("do") == "move" and not cleaned.get("to"):
            self.add_error("to", _("Choose the date that they move to."))
        return cleaned

    @property
    def deed(self) -> str:
        """What is done, as the list says it."""
        do: Any = self.fields["do"]
        return str(dict(do.choices)[self.cleaned_data["do"]])

    @property
    def chosen(self) -> list[Enrolment]:
        keys = set(self.cleaned_data["people"])
        return [one for one in self.everybody if str(one.pk) in keys]


def date_of(meeting: Meeting) -> str:
    """Another date, told apart from one on the same day by its code."""
    return f"{when(meeting)}, {place_of(meeting)} ({meeting.code})"
