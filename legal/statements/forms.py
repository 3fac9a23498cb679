"""Starting a version, and translating what it lacks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legal.statements.drafting import NewVersion
from legal.statements.pieces import Piece, as_written

LONG_TEXT = 120  # letters; what is longer has a field of several lines


def day_input() -> forms.DateInput:
    """The browser's own, as on the other screens of the kit."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class NewVersionForm(forms.Form):
    """What a version is called, when it starts, and what is new in it."""

    day = forms.DateField(
        label=_("Date of the version"), widget=day_input(), help_text=_("It names the version.")
    )
    effective_from = forms.DateField(
        label=_("In force from"), widget=day_input(), help_text=_("Today or later.")
    )
    is_material = forms.BooleanField(
        label=_("Material change"),
        required=False,
        help_text=_("People with an account are told ahead of time."),
    )
    summary_nl = forms.CharField(
        label=_("What is new, in Dutch"), max_length=400, required=False, widget=forms.Textarea
    )
    summary_en = forms.CharField(
        label=_("What is new, in English"), max_length=400, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"day": today, "effective_from": today})
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields[f"summary_{code}"].widget.attrs |= {"rows": 2, "lang": code}

    @property
    def typed(self) -> NewVersion:
        data = self.cleaned_data
        return NewVersion(
            day=data["day"],
            effective_from=data["effective_from"],
            is_material=data["is_material"],
            summaries={code: data[f"summary_{code}"] for code, _name in settings.LANGUAGES},
        )


class PiecesForm(forms.Form):
    """A field for each piece that lacks a translation, under the text that it is of.

    They may stay empty: one saves what one has, and the service refuses what still lacks. Where
    the text was changed, its earlier translation is there to be changed as well; it counts once it
    was, or once somebody says that it stays.
    """

    def __init__(self, *args: Any, pieces: Sequence[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = list({piece.text: piece for piece in pieces}.values())
        for number, piece in enumerate(self.pieces):
            self.fields[f"piece-{number}"] = forms.CharField(
                label=piece.text, required=False, initial=piece.earlier, widget=field_for(piece)
            )
            if piece.earlier:
                self.fields[f"stays-{number}"] = forms.BooleanField(
                    label=_("The English stays as it is"), required=False
                )

    @property
    def known(self) -> dict[str, str]:
        """The translations that were typed, by their source's text."""
        return {
            piece.text: self.cleaned_data[f"piece-{number}"]
            for number, piece in enumerate(self.pieces)
            if self.is_translated(number, piece)
        }

    def is_translated(self, number: int, piece: Piece) -> bool:
        typed = self.cleaned_data[f"piece-{number}"]
        is_new = as_written(typed) != as_written(piece.earlier)
        return bool(typed) and (is_new or self.cleaned_data[f"stays-{number}"])


def field_for(piece: Piece) -> forms.Textarea:
    rows = 5 if len(piece.text) > LONG_TEXT else 2
    return forms.Textarea(attrs={"rows": rows, "lang": "en"})
