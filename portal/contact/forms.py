"""The contact form, and what the back office writes about a message."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.contact.models import ContactMessage
from portal.contact.services import Typed


def validate_text(value: str) -> None:
    """Refuses control characters, but for line ends and tabs."""
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in value):
        raise ValidationError(_t("Leave out the control characters."), code="control")


class MessageField(forms.CharField):
    """A text of several lines, in which a line end counts as one character."""

    default_validators = [validate_text]
    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value or "").replace("\r\n", "\n")) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: a browser would cut off what is pasted without a word."""
        return {"rows": 8}


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none when it runs
    """What a visitor fills in. Only spam fills in `website` (CONTRACT, Forms)."""

    text = MessageField(
        label=_("Your message"),
        max_length=5000,
        help_text=_("Up to 5000 characters."),
        error_messages={"required": _("Write your message.")},
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = ContactMessage
        fields = ["name", "email", "phone", "topic", "text"]
        labels = {
            "name": _("Your name"),
            "email": _("Your e-mail address"),
            "phone": _("Your phone number"),
            "topic": _("What is it about?"),
        }
        help_texts = {
            "email": _("We answer at this address."),
            "phone": _("If you would rather be called."),
        }
        error_messages = {
            "name": {"required": _("Fill in your name.")},
            "email": {"required": _("Fill in your e-mail address, so that we can answer.")},
        }
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "phone": forms.TextInput({"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [("", _("Choose, if you like")), *ContactMessage.Topic.choices]
        self.fields["topic"].choices = topics  # type: ignore[attr-defined]

    @property
    def fell_in_trap(self) -> bool:
        return bool(self.cleaned_data["website"])

    @property
    def typed(self) -> Typed:
        """The fields to store."""
        return Typed(**{name: self.cleaned_data[name] for name in self._meta.fields or ()})


class AnswerForm(forms.Form):
    """An answer, and how many answers stood on the screen where it was written."""

    text = MessageField(
        label=_("Your answer"),
        max_length=5000,
        help_text=_("What they wrote stands below it by itself. Sign with your name."),
        error_messages={"required": _("Write your answer.")},
    )
    answers_seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    text = MessageField(
        label=_("Note"),
        max_length=5000,
        error_messages={"required": _("Write what you want to remember.")},
    )
