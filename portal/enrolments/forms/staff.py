"""What the back office fills in about people."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.meetings.wording import place_of, when


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
