"""What the back office fills in about a meeting. The services decide whether it holds together."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.meetings.errors import MeetingError
from portal.meetings.facts import AccreditationFacts, SessionFacts
from portal.meetings.models import Meeting, Scheme
from portal.meetings.models.meetings import ZONE

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
    "policy",
    "client",
    "partner",
    "practical",
]


class Moment(forms.SplitDateTimeWidget):
    """A day and a time, as browsers ask for them."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, date_format="%Y-%m-%d", time_format="%H:%M")
        self.widgets[0].input_type, self.widgets[1].input_type = "date", "time"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Each part says what it asks: a label names the first one alone."""
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        for part, label in zip(parts, (_t("day"), _t("time")), strict=True):
            part["attrs"]["aria-label"] = f"{self.attrs.get('label', '')} ({label})"
        return context


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when it runs
    """The meeting's own facts."""

    # The meeting as the form showed it: who changed it meanwhile is not overwritten.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Meeting
        fields = FIELDS
        widgets = {
            "speakers": forms.CheckboxSelectMultiple,
            "practical": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.changed_at.isoformat()

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
        """The database's constraints are told by the services, in sentences."""
        self._validate_unique = False
        super()._post_clean()  # type: ignore[misc]

    def refuse(self, error: MeetingError) -> None:
        """Puts a service's refusal at its field."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)


class SessionForm(forms.Form):
    """A session. An empty one is no session."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    starts_at = forms.SplitDateTimeField(
        label=_("Start"), required=False, widget=Moment({"label": _("Start")})
    )
    ends_at = forms.SplitDateTimeField(
        label=_("End"), required=False, widget=Moment({"label": _("End")})
    )
    break_minutes = forms.IntegerField(
        label=_("Break, in minutes"), min_value=0, max_value=600, required=False
    )
    title = forms.CharField(label=_("Title"), max_length=150, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=150, required=False)
    counts = forms.BooleanField(label=_("Counts for PE"), required=False, initial=True)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("starts_at")) != bool(cleaned.get("ends_at")) and not self.errors:
            raise forms.ValidationError(_t("A session has a start and an end."))
        return cleaned

    @property
    def facts(self) -> SessionFacts | None:
        data = self.cleaned_data
        if data.get("remove") or not data.get("starts_at"):
            return None
        return SessionFacts(
            id=data["id"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            break_minutes=data["break_minutes"] or 0,
            title=data["title"],
            title_en=data["title_en"],
            counts=data["counts"],
        )


class AccreditationForm(forms.Form):
    """What a scheme recognises. An empty one is none."""

    scheme = forms.ModelChoiceField(
        label=_("Scheme"), queryset=Scheme.objects.all(), required=False
    )
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0, max_digits=5, decimal_places=2, required=False
    )
    category = forms.CharField(label=_("Category"), max_length=80, required=False)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    granted_on = forms.DateField(
        label=_("Granted"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("scheme") and not cleaned.get("hours") and not self.errors:
            raise forms.ValidationError(_t("How many hours does this scheme recognise?"))
        return cleaned

    @property
    def facts(self) -> AccreditationFacts | None:
        data = self.cleaned_data
        if not data.get("scheme"):
            return None
        return AccreditationFacts(
            scheme=data["scheme"],
            hours=data["hours"],
            category=data["category"],
            number=data["number"],
            granted_on=data["granted_on"],
        )


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of one kind, with room for two more."""

    @property
    def facts(self) -> list[Any]:
        return [form.facts for form in self.forms if form.facts is not None]


def rows_of(form: type[forms.Form]) -> type[Rows]:
    return forms.formset_factory(form, formset=Rows, extra=2, max_num=40)  # type: ignore[return-value]


SessionRows = rows_of(SessionForm)
AccreditationRows = rows_of(AccreditationForm)


def session_rows(meeting: Meeting, data: Any = None) -> Rows:
    shown = ("id", "starts_at", "ends_at", "break_minutes", "title", "title_en", "counts")
    sessions = meeting.sessions.all() if meeting.pk else []
    initial = [{name: getattr(session, name) for name in shown} for session in sessions]
    return SessionRows(data, initial=initial, prefix="sessions")


def accreditation_rows(meeting: Meeting, data: Any = None) -> Rows:
    shown = ("scheme", "hours", "category", "number", "granted_on")
    known = meeting.accreditations.all() if meeting.pk else []
    initial = [{name: getattr(one, name) for name in shown} for one in known]
    return AccreditationRows(data, initial=initial, prefix="accreditations")


class CopyForm(forms.Form):
    """Another meeting like this one."""

    code = forms.SlugField(label=_("Code of the new meeting"), max_length=40)
    first_day = forms.DateField(
        label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Stands in the mail to everybody who has a place, word for word."),
    )


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


def month_from(text: str) -> dt.date:
    """The first of the month in an address; of this month for what is none."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").replace(tzinfo=ZONE).date()
    except ValueError:
        return timezone.localdate().replace(day=1)
