"""Signing in."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from pluc.periods import SIGNED_IN, in_words
from portal.accounts.forms.access import say_what_is_missing, takes_any_writing


class LoginForm(AllauthLoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self.fields)
        takes_any_writing(self.fields, "login")
        self.fields["login"].widget.attrs = {"autocomplete": "username webauthn"}
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["remember"].label = _("Stay signed in on this device")
        self.fields["remember"].help_text = _t(
            "For %(period)s, by a random code. Not on a device that others use too."
        ) % {"period": in_words(SIGNED_IN)}
