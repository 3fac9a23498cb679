"""Sessions and accreditations: as many rows of each as there are, and as many more as wanted."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineFormField
from portal.meetings.facts import AccreditationFacts, SessionFacts
from portal.meetings.forms.days import Moment, validate_year
from portal.meetings.models import Meeting, Scheme
from portal.meetings.queries.choices import MeetingChoices
from portal.organisations.forms import Day

ROWS_AT_FIRST = 1


class SessionForm(forms.Form):
    """A session. An empty one is no session."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    starts_at = forms.SplitDateTimeField(
        label=_("Start"),
        required=False,
        widget=Moment(_("Start")),
        validators=[validate_year],
    )
    ends_at = forms.SplitDateTimeField(
        label=_("End"),
        required=False,
        widget=Moment(_("End"), same_day_as="starts_at"),
        validators=[validate_year],
        help_text=_("Without a day: the same day."),
    )
    break_minutes = forms.IntegerField(
        label=_("Break, in minutes"), min_value=0, max_value=600, required=False
    )
    title = LineFormField(label=_("Title"), max_length=150, required=False)
    title_en = LineFormField(label=_("Title in English"), max_length=150, required=False)
    counts = forms.BooleanField(label=_("Counts for PE"), required=False, initial=True)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def clean(self) -> dict[str, Any]:
        """A row that says something has its times: nothing that was typed is dropped in silence."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        times = [bool(cleaned.get(name)) for name in ("starts_at", "ends_at")]
        says = any(cleaned.get(name) for name in ("id", "title", "title_en", "break_minutes"))
        is_half = not all(times) and (any(times) or says)
        if is_half and not cleaned.get("remove") and not self.errors:
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
        label=_("PE hours"),
        min_value=Decimal("0.25"),
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    category = LineFormField(label=_("Category"), max_length=80, required=False)
    number = LineFormField(label=_("Number"), max_length=60, required=False)
    granted_on = forms.DateField(
        label=_("Granted"), required=False, widget=Day, validators=[validate_year]
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned.get("scheme") and not cleaned.get("hours"):
            raise forms.ValidationError(_t("How many hours does this scheme recognise?"))
        if not cleaned.get("scheme") and any(cleaned.values()):
            raise forms.ValidationError(_t("Which scheme is this? Choose it, or empty the row."))
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
    """Rows of one kind, an empty one where there is none; a button adds others."""

    def add_row(self) -> None:
        """One row more than was sent, up to the most there can be."""
        sent: Any = self.data
        number = self.total_form_count()
        if number < self.max_num:
            more = {f"{self.prefix}-TOTAL_FORMS": str(number + 1)}
            more[f"{self.prefix}-{number}-counts"] = "on"  # as an empty row has it
            data = sent.copy()
            data.update(more)
            self.data = data
        for name in ("management_form", "forms"):  # made from the data, once
            self.__dict__.pop(name, None)
        first = self.forms[-1].visible_fields()[0].field.widget
        getattr(first, "widgets", [first])[0].attrs["autofocus"] = True

    def leave_unjudged(self) -> None:
        """What was typed is shown again without a word about what is still missing."""
        judged: Any = self
        judged._errors, judged._non_form_errors = [], ErrorList()
        for form in self.forms:
            form._errors = ErrorDict()

    def clean(self) -> None:
        """A row that was shown and did not come back was lost on the way, not removed."""
        if self.total_form_count() < self.initial_form_count():
            raise forms.ValidationError(_t("Part of this form got lost. Load the page again."))

    @property
    def facts(self) -> list[Any]:
        return [form.facts for form in self.forms if form.facts is not None]

    def show(self, choices: MeetingChoices) -> None:
        """Fills the lists to choose from, once for all rows."""
        for form in self.forms:
            if "scheme" in form.fields:
                form.fields["scheme"].choices = [("", "–"), *choices.lists["scheme"]]


def rows_of(form: type[forms.Form]) -> type[Rows]:
    # What it makes is a class of ours; its stubs know Django's own base alone.
    made: Any = forms.formset_factory(form, formset=Rows, extra=ROWS_AT_FIRST, max_num=40)
    kind: type[Rows] = made
    return kind


SessionRows = rows_of(SessionForm)
AccreditationRows = rows_of(AccreditationForm)


def shown_rows(rows: Rows) -> Rows:
    """Without an empty row where there are some: a button adds one."""
    rows.extra = 0 if rows.initial else ROWS_AT_FIRST
    return rows


def session_rows(meeting: Meeting, data: Any = None) -> Rows:
    shown = ("id", "starts_at", "ends_at", "break_minutes", "title", "title_en", "counts")
    sessions = meeting.sessions.all() if meeting.pk else []
    initial = [{name: getattr(session, name) for name in shown} for session in sessions]
    return shown_rows(SessionRows(data, initial=initial, prefix="sessions"))


def accreditation_rows(meeting: Meeting, data: Any = None) -> Rows:
    shown = ("scheme", "hours", "category", "number", "granted_on")
    known = meeting.accreditations.all() if meeting.pk else []
    initial = [{name: getattr(one, name) for name in shown} for one in known]
    return shown_rows(AccreditationRows(data, initial=initial, prefix="accreditations"))
