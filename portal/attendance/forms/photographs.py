"""Uploading photographs, naming a page by its letters, and going through the rows of a page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineFormField
from portal.accounts.plain_text import validate_plain_line
from portal.attendance.models import PrintedRow, WalkIn
from portal.attendance.services.confirming import SignedRow
from portal.meetings.models import Session
from portal.meetings.models.meetings import ZONE
from portal.meetings.wording import local

MOST_FILES = 60
MOST_BYTES = 25 * 1024 * 1024  # of a file: a scan of sixty pages at 200 dots per inch has fewer
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
WRITTEN = ("first_name", "last_name", "organisation", "titles")


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        files = data if isinstance(data, list | tuple) else [data]
        if not any(files):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES:
            most = {"n": MOST_FILES}
            raise forms.ValidationError(_t("Choose at most %(n)d files at once.") % most)
        kept = [super(FilesField, self).clean(file, initial) for file in files]
        if any(file.size > MOST_BYTES for file in kept):
            raise forms.ValidationError(_t("A file may be 25 MB at most."))
        return kept


class UploadForm(forms.Form):
    photographs = FilesField(
        label=_("Photographs or scans"),
        help_text=_(
            "Several at once: JPEG, PNG, WebP or PDF, 25 MB a file at most. Each page finds its own"
            " list by the code on it."
        ),
        error_messages={"required": _("Choose a photograph or scan first.")},
        widget=Several({"accept": ACCEPTED, "data-largest": MOST_BYTES}),
    )


class NamePageForm(forms.Form):
    code = forms.CharField(
        label=_("Eight letters"),
        max_length=20,
        help_text=_("They stand below the square code, such as JHMF PCCD."),
        error_messages={"required": _("Type the eight letters.")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """A row of the form beside what was printed."""

    row: PrintedRow
    signed: Any = None
    time: Any = None
    written: tuple[Any, ...] = ()

    @property
    def is_gone(self) -> bool:
        """Whether who stood there gave the place up, or was erased."""
        place = self.row.enrolment
        return not self.row.is_empty and (place is None or not place.has_place)

    @property
    def errors(self) -> list[str]:
        fields = [self.signed, self.time, *self.written]
        return [error for field in fields if field is not None for error in field.errors]


class PageForm(forms.Form):
    """Who signed a page. Everybody with a place is ticked: what one looks for are the gaps.

    Times are those of the session; what somebody wrote down beside their name is typed here.
    """

    def __init__(self, data: Any, *, rows: Sequence[PrintedRow], session: Session, is_in: bool):
        super().__init__(data)
        self.session, self.rows = session, rows
        self.usual = session.starts_at if is_in else session.ends_at
        for row in rows:
            self.add_row(row)

    def add_row(self, row: PrintedRow) -> None:
        number = row.position
        if row.is_empty:
            for name in WRITTEN:
                self.fields[f"{name}-{number}"] = written_field(name, number)
        elif row.enrolment is None or not row.enrolment.has_place:
            return
        else:
            label = _t("%(name)s signed") % {"name": row.enrolment.full_name}
            self.fields[f"signed-{number}"] = forms.BooleanField(
                label=label, required=False, initial=True
            )
        self.fields[f"time-{number}"] = forms.TimeField(
            label=_t("Time of row %(n)d") % {"n": number},
            required=False,
            initial=local(self.usual).strftime("%H:%M"),
            widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.rows:
            others = [cleaned.get(f"{name}-{row.position}") for name in WRITTEN]
            if any(others) and not cleaned.get(f"last_name-{row.position}"):
                self.add_error(f"last_name-{row.position}", _t("Type the last name too."))
        return cleaned

    @property
    def lines(self) -> list[FormRow]:
        return [self.line(row) for row in self.rows]

    def line(self, row: PrintedRow) -> FormRow:
        def bound(name: str) -> Any:
            key = f"{name}-{row.position}"
            return self[key] if key in self.fields else None

        written = tuple(bound(name) for name in WRITTEN) if row.is_empty else ()
        return FormRow(row=row, signed=bound("signed"), time=bound("time"), written=written)

    @property
    def signed(self) -> list[SignedRow]:
        """The rows that are signed, with the moment of each."""
        cleaned = self.cleaned_data
        return [
            SignedRow(
                position=row.position,
                at=self.moment(cleaned.get(f"time-{row.position}")),
                **{name: cleaned.get(f"{name}-{row.position}") or "" for name in WRITTEN},
            )
            for row in self.rows
            if cleaned.get(f"signed-{row.position}") or cleaned.get(f"last_name-{row.position}")
        ]

    def moment(self, time: dt.time | None) -> dt.datetime:
        """A time as it was meant: on the day of the session, or after midnight where it ends then.

        Without a time it is the usual one, to the second.
        """
        usual = local(self.usual)
        if time is None or (time.hour, time.minute) == (usual.hour, usual.minute):
            return self.usual
        first, last = local(self.session.starts_at).date(), local(self.session.ends_at).date()
        is_next_day = last > first and time < dt.time(12)
        return dt.datetime.combine(last if is_next_day else first, time, tzinfo=ZONE)


def written_field(name: str, number: int) -> forms.Field:
    """A part of what somebody wrote on an empty line."""
    column: Any = WalkIn._meta.get_field(name)
    return LineFormField(
        label=_t("%(what)s, row %(n)d") % {"what": column.verbose_name, "n": number},
        max_length=column.max_length,
        required=False,
        validators=[validate_plain_line],
        widget=forms.TextInput({"placeholder": str(column.verbose_name), "autocomplete": "off"}),
    )
