"""What the back office says of somebody who came without standing on a list."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineFormField
from portal.accounts.models import Person
from portal.attendance.models import WalkIn
from portal.attendance.queries.sheets import Row
from portal.enrolments.forms import AttendeeForm
from portal.enrolments.forms.by_phone import NewCallerForm
from portal.enrolments.forms.fields import invoice_address
from portal.enrolments.services import Call
from portal.meetings.models import Meeting


def places_in(rows: Sequence[Row]) -> list[tuple[str, str]]:
    labels = [
        (
            str(row.enrolment.pk),
            ", ".join(filter(None, (row.enrolment.full_name, row.enrolment.organisation))),
        )
        for row in rows
    ]
    return [("", "–"), *labels]


class PlaceForm(forms.Form):
    """Which place on the list the walk-in has already."""

    enrolment = forms.ChoiceField(
        label=_("Who it is"), error_messages={"required": _("Choose who it is.")}
    )

    def __init__(self, data: Any = None, *, rows: Sequence[Row]) -> None:
        super().__init__(data)
        choice: Any = self.fields["enrolment"]
        choice.choices = places_in(rows)

    @property
    def enrolment_id(self) -> UUID:
        return UUID(self.cleaned_data["enrolment"])


class InsteadForm(AttendeeForm):
    """For whom the walk-in came, and how they stand on list and certificate."""

    def __init__(self, data: Any = None, *, rows: Sequence[Row], walk_in: WalkIn) -> None:
        known = ("first_name", "last_name", "organisation", "titles")
        initial = {name: getattr(walk_in, name) for name in known} | {"email": ""}
        super().__init__(data, initial=initial | {"enrolment": str(walk_in.instead_of_id or "")})
        whom = forms.ChoiceField(
            label=_("In whose place"),
            choices=places_in(rows),
            error_messages={"required": _("Choose in whose place they came.")},
        )
        self.fields = {"enrolment": whom} | self.fields

    @property
    def enrolment_id(self) -> UUID:
        return UUID(self.cleaned_data["enrolment"])


NEW = "new"


class OwnPlaceForm(NewCallerForm):
    """Who they are, whether we know them, and whom the invoice is for where there is one."""

    known = forms.ChoiceField(
        label=_("Is it one of these people?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is one of these people.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        walk_in: WalkIn,
        meeting: Meeting,
        alike: Sequence[Person],
        may_exceed: bool,
    ) -> None:
        names = ("first_name", "last_name", "organisation")
        super().__init__(
            data,
            meetings=[meeting],
            may_exceed=may_exceed,
            is_chosen=True,
            initial={name: getattr(walk_in, name) for name in names},
        )
        self.alike, self.may_exceed = {str(one.pk): one for one in alike}, may_exceed
        choice: Any = self.fields["known"]
        choice.choices = [*((key, in_words(one)) for key, one in self.alike.items()), NOBODY]
        if not alike:
            del self.fields["known"]

    @property
    def person_known(self) -> Person | None:
        return self.alike.get(self.cleaned_data.get("known", ""))

    @property
    def call(self) -> Call:
        """A place above capacity too: they were there."""
        (meeting,) = self.meetings.values()
        return Call(
            meeting=meeting,
            invoice=invoice_address(self.cleaned_data) if meeting.is_invoiced else None,
            reference=self.cleaned_data["reference"],
            because=_t("Came without a place.") if self.may_exceed else "",
            has_come=True,
        )


NOBODY = (NEW, _("No, somebody new"))


def in_words(person: Person) -> str:
    return ", ".join(filter(None, (person.full_name, person.organisation, person.email)))


class DropForm(forms.Form):
    because = LineFormField(
        label=_("Why it does not count"),
        max_length=200,
        error_messages={"required": _("Write why it does not count.")},
    )
