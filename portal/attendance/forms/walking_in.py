"""Who came without standing on the list, as it is filled in at the door."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pluc.name_order import in_two
from pluc.typed_lines import LineFormField
from portal.accounts.plain_text import validate_plain_line
from portal.attendance.models import WalkIn

PLAIN = [validate_plain_line]


class WalkInForm(forms.Form):
    """A name in one field, as it is said at the door; the rest where there is time for it.

    `number` is made with the page: sent twice, the form adds one person.
    """

    number = forms.UUIDField(widget=forms.HiddenInput)
    name = LineFormField(
        label=_("Name"),
        max_length=100,
        validators=PLAIN,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    organisation = LineFormField(
        label=_("Organisation"),
        required=False,
        max_length=WalkIn.organisation.field.max_length,
        validators=PLAIN,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    titles = LineFormField(
        label=_("Titles"),
        required=False,
        max_length=WalkIn.titles.field.max_length,
        validators=PLAIN,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    instead_of = forms.TypedChoiceField(
        label=_("Came for"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: Iterable[tuple[UUID, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id="walk-in-%s")
        whom: Any = self.fields["instead_of"]
        whom.choices = [("", _("nobody")), *people]

    @property
    def typed(self) -> dict[str, Any]:
        """What `services.add_walk_in` takes."""
        cleaned = dict(self.cleaned_data)
        first, last = in_two(cleaned.pop("name"))
        return cleaned | {"first_name": first, "last_name": last}
