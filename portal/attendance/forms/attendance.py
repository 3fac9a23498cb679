"""What the back office fills in about who was there."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineFormField
from portal.attendance.models import Mark
from portal.attendance.queries.sheets import Row, Sheet
from portal.attendance.services.marking import NewMark
from portal.meetings.models import Session
from portal.meetings.wording import session_times

Kind, Source = Mark.Kind, Mark.Source
WHOLE, PAPER, END, CONFIRM, ABSENT = "whole", "paper", "end", "confirm", "absent"


class ManyForm(forms.Form):
    """One thing noted of many people, in one session or in all."""

    people = forms.MultipleChoiceField(error_messages={"required": _("Choose somebody first.")})
    session = forms.ChoiceField(label=_("Session"), required=False)
    do = forms.ChoiceField(
        label=_("With those chosen"),
        error_messages={"required": _("Choose what to do with them.")},
        choices=[
            ("", "–"),
            (WHOLE, _("were there from start to end")),
            (PAPER, _("signed in and out on paper: from start to end")),
            (END, _("stayed until the end")),
            (CONFIRM, _("confirm what they marked themselves")),
            (ABSENT, _("did not come")),
        ],
    )

    def __init__(self, data: Any = None, *, sheet: Sheet) -> None:
        super().__init__(data)
        self.sheet = sheet
        people: Any = self.fields["people"]
        people.choices = [(str(row.enrolment.pk), row.enrolment.full_name) for row in sheet.rows]
        session: Any = self.fields["session"]
        times = [(str(one.pk), session_times(one)) for one in sheet.sessions]
        session.choices = [("", _("all sessions")), *times]
        if len(sheet.sessions) < 2:
            del self.fields["session"]

    @property
    def chosen(self) -> list[Row]:
        keys = set(self.cleaned_data["people"])
        return [row for row in self.sheet.rows if str(row.enrolment.pk) in keys]

    @property
    def sessions(self) -> list[Session]:
        wanted = self.cleaned_data.get("session", "")
        return [one for one in self.sheet.sessions if not wanted or str(one.pk) == wanted]


class MomentField(forms.DateTimeField):
    """A day and a time to the minute, as they are in the Netherlands."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value) if isinstance(value, dt.datetime) else value


class CorrectForm(forms.Form):
    """What a mark should have said."""

    kind = forms.ChoiceField(
        label=_("What it should say"),
        choices=[
            (Kind.IN, _("came in")),
            (Kind.OUT, _("went out")),
            (Kind.VOID, _("nothing: it was a mistake")),
        ],
        widget=forms.RadioSelect,
    )
    at = MomentField(label=_("When"), error_messages={"required": _("Fill in when it was.")})
    reason = LineFormField(
        label=_("Why it is corrected"),
        max_length=200,
        error_messages={"required": _("Write why it is corrected. It is kept with the mark.")},
    )


class AddForm(forms.Form):
    """A mark that was forgotten."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[(Kind.IN, _("came in")), (Kind.OUT, _("went out"))],
        widget=forms.RadioSelect,
    )
    at = MomentField(label=_("When"), error_messages={"required": _("Fill in when it was.")})
    source = forms.ChoiceField(
        label=_("How we know"),
        choices=[(Source.OFFICE, _("we were told")), (Source.PAPER, _("from the signed list"))],
        widget=forms.RadioSelect,
        initial=Source.OFFICE,
    )

    def mark_of(self, row: Row, session: Session) -> NewMark:
        return NewMark(
            id=uuid.uuid4(),
            session_id=session.pk,
            enrolment_id=row.enrolment.pk,
            **self.cleaned_data,
        )


class ReasonForm(forms.Form):
    """Why attendance is opened again."""

    reason = LineFormField(
        label=_("Why it is opened again"),
        max_length=300,
        error_messages={
            "required": _("Write why it is opened again. It is kept with the meeting.")
        },
    )
