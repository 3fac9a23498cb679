"""What a colleague fills in for somebody on the phone: few fields, in words for colleagues."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.accounts.postal_codes import check_postal_codes
from portal.accounts.services.entering import Entered
from portal.enrolments.forms.fields import (
    INVOICE,
    address,
    invoice_address,
    invoice_fields,
    leave_empty,
    line,
)
from portal.enrolments.forms.wishes import (
    asked_wishes,
    check_wishes_by_phone,
    typed_wishes,
    wish_fields_by_phone,
)
from portal.enrolments.services import Call
from portal.meetings.models import Meeting
from portal.meetings.wording import place_of, when

WAIT, ANYWAY = "list", "place"


def meeting_in_words(meeting: Meeting) -> str:
    """A meeting in a list of choices: when, what, where, and whether there is room."""
    room = _t("full") if meeting.left <= 0 else _t("%(n)d left") % {"n": meeting.left}
    day = when(meeting) or _t("no day yet")
    return f"{day} · {meeting.course}, {place_of(meeting)} · {room}"


class CallForm(forms.Form):
    """A meeting, whom the invoice is for, and what to do where there is no room.

    `is_chosen`: there is one meeting, that of the screen, and nothing to choose.
    """

    meeting = forms.ChoiceField(
        label=_("Meeting"),
        error_messages={
            "required": _("Choose the meeting."),
            "invalid_choice": _("This meeting takes nobody any more. Choose another one."),
        },
    )
    instead = forms.ChoiceField(
        label=_("There is no place left"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(WAIT, _("On the waiting list")), (ANYWAY, _("A place all the same"))],
    )
    because = line(
        _("Why a place all the same"),
        length=200,
        help_text=_("Kept with the place. This person can read it among their own data."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        meetings: Sequence[Meeting],
        may_exceed: bool,
        is_chosen: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.is_chosen = is_chosen
        self.meetings = {str(meeting.pk): meeting for meeting in meetings}
        choice: Any = self.fields["meeting"]
        choice.choices = [("", _("Choose a meeting")), *self.labelled()]
        choice.required = not is_chosen
        if not may_exceed:
            del self.fields["because"]
            instead: Any = self.fields["instead"]
            instead.choices = instead.choices[:1]
        self.wish_fields = wish_fields_by_phone(meetings)
        self.fields |= invoice_fields_for_staff() | self.wish_fields

    def labelled(self) -> list[tuple[str, str]]:
        return [(key, meeting_in_words(one)) for key, one in self.meetings.items()]

    @property
    def chosen(self) -> Meeting | None:
        """The meeting that was chosen, on the form or by coming from its screen."""
        if self.is_chosen:
            return next(iter(self.meetings.values()))
        return self.meetings.get(str(self["meeting"].value() or ""))

    @property
    def asks_about_room(self) -> bool:
        """Whether the form says what to do without a place: once the meeting proved to be full."""
        return bool(self["instead"].value() or "instead" in self.errors)

    @property
    def invoice(self) -> list[forms.BoundField]:
        return [self[name] for name in invoice_fields()]

    @property
    def invoice_in_words(self) -> str:
        """Whom the invoice is for in one line; nothing where something is missing."""
        values = [str(self[name].value() or "") for name in INVOICE]
        return ", ".join(values) if all(values) else ""

    @property
    def may_be_invoiced(self) -> bool:
        """Whether any of the meetings asks for an invoice address."""
        return any(meeting.is_invoiced for meeting in self.meetings.values())

    @property
    def opens_invoice(self) -> bool:
        """Whether its fields are in sight: where they want something, or hold what is wrong."""
        is_needed = self.chosen is not None and self.chosen.is_invoiced
        return (is_needed and not self.invoice_in_words) or any(one.errors for one in self.invoice)

    @property
    def wishes(self) -> list[forms.BoundField]:
        """What one wants to eat or needs; nothing where no meeting asks for it."""
        return [self[name] for name in self.wish_fields]

    @property
    def opens_wishes(self) -> bool:
        """Whether they are in sight: where the meeting asks for them, or one is wrong."""
        asked = bool(self.chosen and asked_wishes(self.chosen))
        return asked or any(one.errors for one in self.wishes)

    def clean(self) -> dict[str, Any]:
        """Asks for an invoice address where somebody is invoiced, and for a reason where needed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_postal_codes(self)
        if self.chosen and self.chosen.is_invoiced:
            for name, words in missing_in_invoice().items():
                if not cleaned.get(name):
                    self.add_error(name, words)
        if cleaned.get("instead") == ANYWAY and not cleaned.get("because"):
            self.add_error("because", _t("Write why: it is kept with the place."))
        check_wishes_by_phone(self, self.chosen)
        return cleaned

    @property
    def call(self) -> Call:
        """What is asked of the service. The form is valid, so a meeting is chosen."""
        data, meeting = self.cleaned_data, self.chosen
        if meeting is None:
            raise ValueError("A valid form has a meeting.")
        return Call(
            meeting=meeting,
            invoice=invoice_address(data) if meeting.is_invoiced else None,
            reference=data["reference"],
            may_wait=data["instead"] == WAIT,
            because=data.get("because", "") if data["instead"] == ANYWAY else "",
            wishes=typed_wishes(data, by_phone=True),
        )


def missing_in_invoice() -> Mapping[str, Any]:
    """What is said of each field of an invoice that has to be filled in."""
    fields = invoice_fields()
    return {name: fields[name].error_messages["required"] for name in INVOICE}


def invoice_fields_for_staff() -> dict[str, forms.Field]:
    """Whether they are needed depends on the meeting; no browser of ours knows the answers."""
    fields = invoice_fields()
    for field in fields.values():
        field.required = False
    leave_empty(*fields.values())
    fields["invoice_name"].help_text = _("Their organisation, or their own name.")
    fields["reference"].label = _("Their reference")
    return fields


class NewCallerForm(CallForm):
    """The same for somebody who is not known yet: a name is enough."""

    first_name = line(_("First name"), length=100, missing=_("Fill in the first name."))
    last_name = line(_("Last name"), length=100, missing=_("Fill in the last name."))
    email = address(_("E-mail address"))
    phone = line(_("Phone number"), length=30)
    organisation = line(_("Organisation"), length=150)
    # Sent by "No, somebody new", once people like this one were shown.
    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)

    PERSON = ("first_name", "last_name", "email", "phone", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leave_empty(*(self.fields[name] for name in self.PERSON))
        self.fields["email"].required = False
        self.fields["email"].help_text = _(
            "Without one nothing is mailed: what they should know stands with the enrolment, to be "
            "told by phone."
        )

    @property
    def person(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PERSON]

    @property
    def entered(self) -> Entered:
        return Entered(**{name: self.cleaned_data[name] for name in self.PERSON})
