"""What is filled in about material."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineFormField
from pluc.web_addresses import PublicAddressFormField
from portal.accounts.plain_text import validate_plain_line
from portal.materials.files import LARGEST, TYPES
from portal.materials.models import Material
from portal.materials.services.adding import Facts
from portal.meetings.forms.days import Moment, validate_year

MOST_FILES = 20  # at once


def what_is_taken() -> str:
    kinds, most = ", ".join(TYPES), filesizeformat(LARGEST)
    return _t("%(kinds)s; at most %(most)s each, and no archives.") % {"kinds": kinds, "most": most}


class FilesInput(forms.FileInput):
    """A field for several files, or for one."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        found = files.getlist(name) if hasattr(files, "getlist") else files.get(name)
        return found if isinstance(found, list) else [found] if found else []


class FilesField(forms.FileField):
    """One file or several. Each is judged apart, so that one that is refused stops no other."""

    widget = FilesInput

    def __init__(self, *, most: int = MOST_FILES, **options: Any) -> None:
        super().__init__(allow_empty_file=True, help_text=lazy(what_is_taken, str)(), **options)
        self.most = most
        self.widget.allow_multiple_selected = most > 1
        self.widget.attrs["multiple"] = most > 1
        self.widget.attrs["accept"] = ",".join(f".{kind}" for kind in TYPES)
        self.widget.attrs["data-largest"] = LARGEST

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        if not data and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(data) > self.most:
            message = _t("Take at most %(most)d files at once.") % {"most": self.most}
            raise forms.ValidationError(message, code="many")
        return list(data)


class FactsForm(forms.Form):
    """From when and until when, and for whom."""

    title = LineFormField(
        label=_("Title"), max_length=150, required=False, validators=[validate_plain_line]
    )
    title_en = LineFormField(
        label=_("Title in English"),
        max_length=150,
        required=False,
        validators=[validate_plain_line],
    )
    moment = forms.ChoiceField(
        label=_("From when"), choices=Material.Moment.choices, initial=Material.Moment.END
    )
    released_from = forms.SplitDateTimeField(
        label=_("From a moment of its own"),
        required=False,
        widget=Moment(_("From a moment of its own")),
        validators=[validate_year],
    )
    ends_at = forms.SplitDateTimeField(
        label=_("Until"),
        required=False,
        help_text=_("Empty: for as long as we keep it."),
        widget=Moment(_("Until")),
        validators=[validate_year],
    )
    for_absent = forms.ChoiceField(
        label=_("Who missed the meeting"),
        choices=Material.Absent.choices,
        initial=Material.Absent.YES,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        start, end = typed.get("released_from"), typed.get("ends_at")
        if typed.get("moment") == Material.Moment.AT:
            if start is None and "released_from" not in self.errors:
                self.add_error("released_from", _t("Fill in from when."))
        else:
            start = typed["released_from"] = None
        if start and end and end <= start:
            self.add_error("ends_at", _t("That is before it begins."))
        return typed

    @property
    def facts(self) -> Facts:
        typed = self.cleaned_data
        return Facts(**{name: typed[name] for name in Facts.__dataclass_fields__})


class UploadForm(FactsForm):
    """Files of a meeting or a course, with the same facts for all of them."""

    uploads = FilesField(label=_("Files"))
    field_order = ["uploads", "title"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].help_text = _("Empty: the name of the file.")

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("title") and len(typed.get("uploads", [])) > 1:
            self.add_error("title", _t("Several files need a title each: add them one by one."))
        return typed


class LinkForm(FactsForm):
    """A link to something elsewhere."""

    url = PublicAddressFormField(label=_("Address"), max_length=200, assume_scheme="https")
    field_order = ["url", "title"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].required = True


class VersionForm(forms.Form):
    """The file that comes in the place of the one before."""

    uploads = FilesField(label=_("File"), most=1)


class SpeakerForm(forms.Form):
    """What a speaker adds; the back office decides from when it is to be had."""

    uploads = FilesField(label=_("Files"))
    title = LineFormField(
        label=_("Title"),
        max_length=150,
        required=False,
        validators=[validate_plain_line],
        help_text=_("Empty: the name of the file."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("title") and len(typed.get("uploads", [])) > 1:
            self.add_error("title", _t("Several files need a title each: add them one by one."))
        return typed

    @property
    def facts(self) -> Facts:
        return Facts(title=self.cleaned_data["title"])
