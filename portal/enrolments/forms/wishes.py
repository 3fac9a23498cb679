"""What somebody wants to eat or needs to come in: asked only where a meal or a place asks for it.

It may tell of health or belief (AVG 9): nobody has to fill it in, and without explicit consent
nothing is kept.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.typed_lines import LineFormField
from portal.accounts.plain_text import validate_plain_line
from portal.enrolments.orders import TypedWishes
from portal.meetings.models import Meeting

DIET, ACCESS, CONSENT = "diet", "access", "wishes_consent"


def asked_wishes(meeting: Meeting) -> list[str]:
    """Which wishes a meeting asks for."""
    return [DIET] * meeting.has_meal + [ACCESS] * meeting.asks_access


def wish(label: Any, help_text: Any) -> LineFormField:
    return LineFormField(
        label=label,
        help_text=help_text,
        max_length=300,
        required=False,
        validators=[validate_plain_line],
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def wish_fields(meeting: Meeting) -> dict[str, forms.Field]:
    """The fields for what a meeting asks; none for most."""
    known: dict[str, forms.Field] = {
        DIET: wish(_("Dietary wishes"), _("An allergy, or what you do not eat.")),
        ACCESS: wish(_("Access"), _("What you need to get in and take part, such as a lift.")),
    }
    asked = asked_wishes(meeting)
    if not asked:
        return {}
    consent = forms.BooleanField(
        label=_("Yes, I consent: PLUC! may use this to take it into account at the meeting"),
        required=False,
        help_text=_(
            "This can say something about your health or your belief, so it needs your explicit"
            " consent. Only our back office sees it. We delete it the day after the meeting, or as"
            " soon as you take it back on the page of your place."
        ),
    )
    return {name: known[name] for name in asked} | {CONSENT: consent}


def check_wishes(form: forms.Form) -> None:
    """Refuses wishes without consent; for a form's `clean`."""
    if typed_wishes(form.cleaned_data) and not form.cleaned_data.get(CONSENT):
        form.add_error(
            CONSENT,
            _t("Tick this, or leave your wishes blank: without your consent we can’t keep them."),
        )


def typed_wishes(cleaned: Mapping[str, Any]) -> TypedWishes | None:
    """What was filled in; `None` where nothing was."""
    typed = TypedWishes(diet=cleaned.get(DIET) or "", access=cleaned.get(ACCESS) or "")
    return typed if typed.diet or typed.access else None


class WishesForm(forms.Form):
    """One's own wishes on the page of one's place; sent empty, they are taken back."""

    def __init__(self, data: Any = None, *, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(data, prefix="wishes", **kwargs)
        self.fields |= wish_fields(meeting)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_wishes(self)
        return cleaned

    @property
    def typed(self) -> TypedWishes | None:
        return typed_wishes(self.cleaned_data)
