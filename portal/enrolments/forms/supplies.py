"""The form with a file of participants: which file, how to read it, and which column is which."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.deeds import Refused
from pluc.documents.uploaded import MOST_BYTES, HowToRead
from pluc.documents.uploaded.tables import MOST_COLUMNS, SENTENCES
from portal.enrolments.services.supplying import AskedForColumns, Sent
from portal.enrolments.supplies.columns import Columns, NameOrder, Part
from portal.organisations.models import Organisation

FOUND_OUT = ("", _("found out by itself"))
ENCODINGS = [
    FOUND_OUT,
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows (Latin-1)"),
    ("iso8859-15", "ISO 8859-15"),
    ("utf-16", "UTF-16"),
    ("mac_roman", "Macintosh"),
    ("cp850", "MS-DOS"),
]
SEPARATORS = [
    FOUND_OUT,
    (";", _("semicolon ;")),
    (",", _("comma ,")),
    ("\t", _("tab")),
    ("|", _("bar |")),
]
HELP_WITH_PARTS = {
    Part.WHOLE: _("Only where first and last name stand in one column."),
    Part.BETWEEN: _("It joins the last name."),
}


class NotSaidYet(Refused):
    """The columns are not clear: nothing was stored, and the form asks about them now."""


class PlaceField(forms.IntegerField):
    """The place of a column, chosen by its heading; the headings are known once a file was read."""

    widget = forms.Select

    def __init__(self, part: Part) -> None:
        super().__init__(
            label=part.label,
            required=False,
            min_value=0,
            max_value=MOST_COLUMNS,
            help_text=HELP_WITH_PARTS.get(part, ""),
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class SupplyForm(forms.Form):
    """What somebody sends: the file is read, and never kept."""

    organisation = forms.ChoiceField(label=_("Supplied by"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("A spreadsheet (.xlsx) or a text file (.csv), of 5 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    sheet = forms.CharField(label=_("Sheet"), required=False, max_length=60)
    with_hidden = forms.BooleanField(
        label=_("Also rows that are hidden in the file"), required=False
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of a text file"), choices=ENCODINGS, required=False
    )
    separator = forms.ChoiceField(
        label=_("Between the columns of a text file"), choices=SEPARATORS, required=False
    )
    name_order = forms.ChoiceField(
        label=_("How the whole name is written"),
        choices=NameOrder,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        organisations: Sequence[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.by_key = {str(one.pk): one for one in organisations}
        choices = [(key, one.name) for key, one in self.by_key.items()]
        organisation: Any = self.fields["organisation"]
        if len(choices) == 1:
            organisation.initial = choices[0][0]
        organisation.choices = choices if len(choices) == 1 else [("", "–"), *choices]
        for part in Part:
            self.fields[part] = PlaceField(part)
        self.asks_for_columns = False

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(str(SENTENCES["too large"]))
        return file

    @property
    def chosen(self) -> Organisation:
        return self.by_key[self.cleaned_data["organisation"]]

    @property
    def sent(self) -> Sent:
        """What was sent; its columns only where somebody said which they are."""
        facts = self.cleaned_data
        places = {part: facts[part] for part in Part if facts.get(part) is not None}
        how = ("sheet", "encoding", "separator", "with_hidden")
        return Sent(
            content=facts["file"].read(),
            how=HowToRead(**{name: facts[name] for name in how}),
            columns=Columns(places=places, name_order=facts["name_order"]) if places else None,
        )

    def ask(self, asked: AskedForColumns) -> NotSaidYet:
        """Shows the headings of the file, each guessed part chosen. Returns what the form says."""
        head, guessed = asked.guess.head, asked.guess.columns.places
        choices = [("", "–"), *((place, text) for place, text in enumerate(head) if text)]
        sent: Any = self.data
        data = sent.copy()
        for part in Part:
            field: Any = self.fields[part]
            field.widget.choices = choices
            if not data.get(part) and part in guessed:
                data[part] = str(guessed[part])
        if len(asked.table.sheets) > 1:
            sheets = [(title, title) for title in asked.table.sheets]
            self.fields["sheet"].widget = forms.Select(choices=sheets)
            data["sheet"] = asked.table.sheet
        self.data = data
        self.asks_for_columns = True
        return NotSaidYet(why_asked(guessed))

    @property
    def columns_asked(self) -> list[forms.BoundField]:
        return [self[name] for name in (*Part, "name_order")]

    @property
    def ways_to_read(self) -> list[forms.BoundField]:
        return [self[name] for name in ("sheet", "with_hidden", "encoding", "separator")]


def why_asked(guessed: Any) -> str:
    if Part.EMAIL in guessed and Part.WHOLE in guessed and Part.LAST not in guessed:
        return _t(
            "First and last name stand in one column. Say below how they are written, or choose"
            " other columns."
        )
    return _t("Say below which column is which: the last name and the e-mail address at least.")
