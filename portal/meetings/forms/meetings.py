"""The meeting's own facts, and what else is asked about it as a whole."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineFormField
from portal.meetings.forms.days import validate_to_come, validate_year
from portal.meetings.forms.rows import accreditation_rows, session_rows
from portal.meetings.models import Meeting, Speaker
from portal.meetings.queries.choices import MeetingChoices
from portal.meetings.wording import place_of, places_left, when
from portal.organisations.forms import Day

EMPTY = ("", "---------")
FIELDS = [
    "course",
    "code",
    "format",
    "language",
    "is_listed",
    "venue",
    "region",
    "is_online",
    "online_link",
    "speakers",
    "capacity",
    "price",
    "price_is_for",
    "vat",
    "policy",
    "client",
    "partner",
    "practical",
    "practical_en",
    "has_meal",
]


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when it runs
    """The meeting's own facts."""

    speakers = forms.ModelMultipleChoiceField(
        label=capfirst(Meeting._meta.get_field("speakers").verbose_name),
        queryset=Speaker.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    # The meeting as the form showed it: who changed it meanwhile is not overwritten.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Meeting
        # The speakers are stored by the service, and asked for with all there is to choose.
        fields = [name for name in FIELDS if name != "speakers"]
        widgets = dict.fromkeys(("practical", "practical_en"), forms.Textarea({"rows": 4}))

    field_order = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price_is_for"].required = False  # the price is for a person unless it says so
        code: Any = self.fields["code"]
        code.required = False
        code.help_text = _("In addresses and on lists. Left empty, it says course and day.")
        if self.instance.pk:
            self.initial["seen"] = self.instance.changed_at.isoformat()

    def show(self, choices: MeetingChoices) -> None:
        """Fills the lists to choose from."""
        self.initial["speakers"] = choices.speakers
        lists = {"client": "organisation", "partner": "organisation"}
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelMultipleChoiceField):
                field.choices = choices.lists[name]
            elif isinstance(field, forms.ModelChoiceField):
                field.choices = [EMPTY, *choices.lists[lists.get(name, name)]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stored = Meeting.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if stored and cleaned.get("seen") != stored.changed_at.isoformat():
            self.add_error(
                None,
                _t(
                    "Somebody else changed this meeting while you were at it. What you typed still"
                    " stands here; look at the meeting in another tab, then save again."
                ),
            )
            data = self.data.copy()  # type: ignore[attr-defined]
            data["seen"] = stored.changed_at.isoformat()
            self.data = data
        return cleaned

    def _post_clean(self) -> None:
        """That a code is free is told by the services."""
        self._validate_unique = False
        super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        """The services tell in sentences who is missing; the database, by a constraint's name.

        Without the format, no constraint about client and partner can be judged here.
        """
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"format"}


class WholeMeeting:
    """A meeting's own facts with its sessions and accreditations, sent as one form."""

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        self.meeting = meeting
        self.form = MeetingForm(data, instance=meeting)
        self.sessions = session_rows(meeting, data)
        self.accreditations = accreditation_rows(meeting, data)

    @property
    def fields(self) -> set[str]:
        return {*self.form.fields, "sessions", "accreditations"}

    @property
    def facts(self) -> dict[str, Any]:
        """What `services.save_meeting` stores."""
        return {
            "meeting": self.form.instance,
            "sessions": self.sessions.facts,
            "accreditations": self.accreditations.facts,
            "speakers": self.form.cleaned_data["speakers"],
        }

    def is_valid(self) -> bool:
        """Looks at all of it: everything that is wrong is told at once."""
        parts = (self.form, self.sessions, self.accreditations)
        are_valid = [part.is_valid() for part in parts]
        return all(are_valid)

    def add_error(self, field: str | None, error: str) -> None:
        rows = {"sessions": self.sessions, "accreditations": self.accreditations}
        if field in rows:
            rows[field].non_form_errors().append(error)
        else:
            self.form.add_error(field, error)

    def add_row(self, of: str) -> None:
        """Shows what was typed, with one row more of sessions or accreditations."""
        rows = {"sessions": self.sessions, "accreditations": self.accreditations}
        if of in rows:
            rows[of].add_row()
        self.leave_unjudged()

    def leave_unjudged(self) -> None:
        """What was typed is shown again without a word about what is still missing."""
        judged: Any = self.form
        judged._errors = ErrorDict()
        self.sessions.leave_unjudged()
        self.accreditations.leave_unjudged()

    def show(self, choices: MeetingChoices) -> None:
        """Fills the lists to choose from."""
        self.form.show(choices)
        self.accreditations.show(choices)


class CopyForm(forms.Form):
    """On which days a meeting is held once more; the first one must be filled in."""

    MOST = 6  # days at once

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        names = ["first_day", *(f"day_{number}" for number in range(2, self.MOST + 1))]
        for name in names:
            is_first = name == "first_day"
            self.fields[name] = forms.DateField(
                label=_("First day") if is_first else _("Another first day"),
                required=is_first,
                widget=Day,
                validators=[validate_year, validate_to_come],
            )

    @property
    def days(self) -> list[dt.date]:
        return [day for day in self.cleaned_data.values() if day]


class StateForm(forms.Form):
    """A step in a meeting's life. Whether it can be taken now, the service says."""

    state = forms.ChoiceField(label=_("State"), choices=Meeting.State.choices)


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    because = LineFormField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Stands in the mail to everybody who has a place, word for word."),
    )
    because_en = LineFormField(
        label=_("Why, in English?"),
        max_length=300,
        required=False,
        help_text=_("For whoever gets English mail; without it that mail does not say why."),
    )
    offers = forms.MultipleChoiceField(
        label=_("Other dates that the mail offers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who wants to takes one of them with a click, and keeps their booking."),
    )

    def __init__(self, data: Any = None, *, dates: Sequence[Meeting]) -> None:
        super().__init__(data)
        keys = [str(one.pk) for one in dates]
        words = [f"{when(one)}, {place_of(one)} ({places_left(one)[0]})" for one in dates]
        offers: Any = self.fields["offers"]
        offers.choices = list(zip(keys, words, strict=True))
        offers.initial = keys
        if not dates:
            del self.fields["offers"]

    @property
    def meeting_ids(self) -> list[int]:
        return [int(key) for key in self.cleaned_data.get("offers", ())]


class PlanningFilters(forms.Form):
    """Which meetings the planning shows."""

    period = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("to come")), ("past", _("past")), ("all", _("all"))],
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *Meeting.State.choices]
    )
    format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[("", _("all")), *Meeting.Format.choices]
    )
    q = forms.CharField(label=_("Code or title"), required=False, max_length=60)
