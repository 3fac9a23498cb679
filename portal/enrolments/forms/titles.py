"""Titles, chosen from the list that profiles choose from."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Title

LONGEST = 60  # letters, as an enrolment keeps them
BETWEEN = ", "


def title_codes() -> list[tuple[str, str]]:
    return [(code, code) for code in Title.objects.values_list("code", flat=True)]


class Ticks(forms.CheckboxSelectMultiple):
    """Ticks whose ids differ from those of the next person's field, "titles_2"."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}-{index}" if id_ and index else super().id_for_label(id_, index)


class TitlesField(forms.MultipleChoiceField):
    """What was chosen is one line, as it stands on list and certificate: "RA, RE"."""

    widget = Ticks
    is_inline = True  # the choices are short: they stand beside each other

    def __init__(self, **kwargs: Any) -> None:
        gone = _("That title is no longer on our list. Choose one that is.")
        errors = {"invalid_choice": gone}
        super().__init__(choices=title_codes, required=False, error_messages=errors, **kwargs)

    def keep(self, line: str) -> None:
        """Lets what somebody has stand, also where the list has it no more."""
        if not line:
            return
        known = title_codes()
        more = [code for code in line.split(BETWEEN) if code and (code, code) not in known]
        self.choices = [*known, *((code, code) for code in more)]

    def prepare_value(self, value: Any) -> Any:
        return value.split(BETWEEN) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        line = BETWEEN.join(super().clean(value))
        if len(line) > LONGEST:
            raise ValidationError(_t("Choose fewer titles: the list has no room for so many."))
        return line
