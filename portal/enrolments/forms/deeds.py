"""What the back office fills in for what it does with one place."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.enrolments.forms.changing import MoveForm
from portal.enrolments.forms.fields import INVOICE, invoice_address, invoice_fields, leave_empty
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent
from portal.enrolments.orders import InvoiceAddress
from portal.meetings.models import Meeting
from portal.meetings.wording import place_of, when

LONGEST_NOTE = EnrolmentEvent._meta.get_field("note").max_length


class InvoiceForm(forms.Form):
    """Whom the invoice is for and what it names, and the price. What is free needs no address.

    `seen` stands for the facts as the form showed them: a correction of somebody else, made
    meanwhile, is not overwritten.
    """

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, booking: Booking) -> None:
        facts = {name: getattr(booking, name) for name in (*invoice_fields(), "price")}
        self.now = seal_of(facts)
        super().__init__(data, initial=facts | {"seen": self.now})
        self.fields |= invoice_fields()
        leave_empty(*self.fields.values())
        self.fields["invoice_name"].help_text = ""  # it speaks to who pays
        self.fields["reference"].label = _("Reference")
        self.missing = {name: self.fields[name].error_messages["required"] for name in INVOICE}
        for name in INVOICE:
            self.fields[name].required = False
        self.fields["price"] = forms.DecimalField(
            label=_("Price of a place, in euros"),
            min_value=Decimal(0),
            max_digits=8,
            decimal_places=2,
            localize=True,
            help_text=_("0 is free: then there is no invoice."),
            error_messages={"required": _("Fill in a price; 0 is free.")},
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self.now:
            self.refuse_once()
        if cleaned.get("price"):
            for name, missing in self.missing.items():
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, missing)
        return cleaned

    def refuse_once(self) -> None:
        """Says that somebody else changed it; sent again, it is stored."""
        self.add_error(
            None,
            _t(
                "Somebody changed this while you were at it. What you typed still stands here; look"
                " at the place in another tab, then save again."
            ),
        )
        data: Any = self.data
        data = data.copy()  # what was posted cannot be written to
        data["seen"] = self.now
        self.data = data

    @property
    def address(self) -> InvoiceAddress:
        """Without anything of it there is no country either."""
        typed = invoice_address(self.cleaned_data)
        is_empty = not any(self.cleaned_data[name] for name in (*INVOICE, "invoice_country"))
        return replace(typed, country="") if is_empty else typed


def seal_of(facts: Mapping[str, Any]) -> str:
    """A hash of the facts; nothing of them can be read from it."""
    return hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()


class CancelPlaceForm(forms.Form):
    """Whether who cancels after the deadline pays all the same; nothing is chosen beforehand."""

    charge = forms.ChoiceField(
        label=_("By the terms it is too late to cancel for free. What do you agree on?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the invoice stays.")},
    )

    def __init__(self, data: Any = None, *, price: str) -> None:
        super().__init__(data)
        stays = _("The invoice stays: %(price)s.")
        charge: Any = self.fields["charge"]
        charge.choices = [
            ("stays", stays % {"price": price}),
            ("free", _("Free of charge.")),
        ]

    @property
    def is_free(self) -> bool:
        return bool(self.cleaned_data["charge"] == "free")


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Stays in the history. Whom it is about reads it in “My data”."),
        error_messages={"required": _("Write what you want to remember.")},
    )


class DateByHandForm(MoveForm):
    """Another date, as the back office tells dates apart: with its code, and the places left."""

    def date_of(self, meeting: Meeting) -> str:
        left = ngettext("%(n)d place left", "%(n)d places left", meeting.left)
        words = f"{when(meeting)}, {place_of(meeting)} ({meeting.code})"
        return f"{words}: {left % {'n': meeting.left}}"


class MovePeopleForm(DateByHandForm):
    """Whom a cancelled meeting left, and the date that they go to; all of them at first."""

    people = forms.MultipleChoiceField(
        label=_("Who"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose somebody first.")},
    )
    field_order = ("to", "people")

    def __init__(
        self, data: Any = None, *, people: Sequence[Enrolment], meetings: Sequence[Meeting]
    ) -> None:
        super().__init__(data, meetings=meetings)
        keys = [(str(one.pk), f"{one.full_name}, {one.email}") for one in people]
        chosen: Any = self.fields["people"]
        chosen.choices = keys
        chosen.initial = [key for key, _name in keys]
