"""What the back office writes to the people of a meeting."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pluc.typed_lines import LineFormField
from portal.enrolments.models import Enrolment
from portal.enrolments.notes import Note
from portal.meetings.models import Session
from portal.meetings.wording import session_times

LONGEST_TEXT = 5000
ENROLLED, WAITING, ALL = "enrolled", "waiting", "all"
AUDIENCES = {
    ENROLLED: (Enrolment.State.ENROLLED,),
    WAITING: (Enrolment.State.WAITING, Enrolment.State.OFFERED),
    ALL: Enrolment.ALIVE,
}


class NoteForm(forms.Form):
    """To whom, about which session, and what; in English too, where somebody reads English."""

    whom = forms.ChoiceField(
        label=_("To whom?"),
        choices=[
            (ENROLLED, _("who has a place")),
            (WAITING, _("who waits for one")),
            (ALL, _("both")),
        ],
        widget=forms.RadioSelect,
        initial=ENROLLED,
    )
    session = forms.ChoiceField(label=_("About"), required=False)
    subject = LineFormField(label=_("Subject"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("The greeting, the facts of the meeting and the link come by themselves."),
    )
    subject_en = LineFormField(label=_("Subject in English"), max_length=120, required=False)
    text_en = forms.CharField(
        label=_("Text in English"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 8}),
    )
    # One letter is posted once, however often the button is pressed.
    letter = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, data: Any = None, *, people: Sequence[Enrolment], sessions: Sequence[Session]
    ) -> None:
        super().__init__(data)
        self.people, self.sessions = people, sessions
        about: Any = self.fields["session"]
        times = [(str(one.pk), session_times(one)) for one in sessions]
        about.choices = [("", _("the whole meeting")), *times]
        if len(sessions) < 2:
            del self.fields["session"]
        if not self.readers_of_english(people):
            del self.fields["subject_en"], self.fields["text_en"]

    def readers_of_english(self, people: Sequence[Enrolment]) -> int:
        return sum(one.booking.language == "en" for one in people)

    @property
    def audience(self) -> list[Enrolment]:
        states = AUDIENCES[self.cleaned_data["whom"]]
        return [one for one in self.people if one.state in states]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "whom" not in cleaned:
            return cleaned
        if not self.audience:
            self.add_error("whom", _("There is nobody among them. Choose others."))
        for name in ("subject_en", "text_en"):
            if name in self.fields and not cleaned.get(name):
                self.require_english(name)
        return cleaned

    def require_english(self, name: str) -> None:
        if number := self.readers_of_english(self.audience):
            told = ngettext(
                "%(n)d person among them reads English. Write it in English too.",
                "%(n)d people among them read English. Write it in English too.",
                number,
            )
            self.add_error(name, told % {"n": number})

    @property
    def note(self) -> Note:
        data = self.cleaned_data
        wanted = data.get("session", "")
        return Note(
            letter=data["letter"],
            texts={
                "nl": (data["subject"], data["text"]),
                "en": (data.get("subject_en", ""), data.get("text_en", "")),
            },
            session=next((one for one in self.sessions if str(one.pk) == wanted), None),
        )
