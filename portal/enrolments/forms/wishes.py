"""What somebody wants to eat or needs to come in: asked only where a meal or a place asks for it.

It may tell of health or belief (AVG 9): nobody has to fill it in, and without explicit consent
nothing is kept.
"""

from collections.abc import Iterable, Mapping
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


def wish_fields_by_phone(meetings: Iterable[Meeting]) -> dict[str, forms.Field]:
    """What a colleague fills in for a caller, where any of these meetings asks for it."""
    asked = {name for meeting in meetings for name in asked_wishes(meeting)}
    known: dict[str, forms.Field] = {
        DIET: wish(_("Dietary wishes"), _("An allergy, or what they do not eat.")),
        ACCESS: wish(_("Access"), _("What they need to get in and take part, such as a lift.")),
    }
    if not asked:
        return {}
    consent = forms.BooleanField(
        label=_("They consent, on the phone, that PLUC! uses this to take it into account"),
        required=False,
        help_text=_(
            "Ask it in so many words: it can say something about health or belief. Only the back"
            " office sees it. It is deleted the day after the meeting, or when they take it back."
        ),
    )
    return {name: known[name] for name in known if name in asked} | {CONSENT: consent}


def check_wishes(form: forms.Form) -> None:
    """Refuses wishes without consent; for a form's `clean`."""
    if typed_wishes(form.cleaned_data) and not form.cleaned_data.get(CONSENT):
        form.add_error(
            CONSENT,
            _t("Tick this, or leave your wishes blank: without your consent we can’t keep them."),
        )


def check_wishes_by_phone(form: forms.Form, meeting: Meeting | None) -> None:
    """Refuses what the meeting does not ask for, and wishes to whose keeping nobody said yes."""
    for name in {DIET, ACCESS}.difference(asked_wishes(meeting) if meeting else ()):
        if meeting and form.cleaned_data.get(name):
            form.add_error(name, _t("This meeting does not ask for it: leave it empty."))
    if typed_wishes(form.cleaned_data) and not form.cleaned_data.get(CONSENT):
        form.add_error(
            CONSENT,
            _t("Ask for their consent and tick this, or leave it empty: else none is kept."),
        )


def typed_wishes(cleaned: Mapping[str, Any], *, by_phone: bool = False) -> TypedWishes | None:
    """What was filled in; `None` where nothing was."""
    diet, access = cleaned.get(DIET) or "", cleaned.get(ACCESS) or ""
    typed = TypedWishes(diet=diet, access=access, by_phone=by_phone)
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
