"""How one signs in, changed in our words: allauth's forms, without what they say twice.

A field's label is not repeated inside it, a new password is asked for once (it can be looked at
while one types it), and a code brings up the figures of a phone's keyboard.
"""

import uuid
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pluc.mail_addresses import AddressFormField
from portal.accounts import services
from portal.accounts.errors import MISSING
from portal.accounts.models import User
from portal.accounts.queries import login_at, proven_addresses

PASSWORD_HELP = _("At least 12 characters. A short sentence is easy to remember.")


def say_what_is_missing(fields: dict[str, Any]) -> None:
    """An empty field says what it is for, in the place of "this field is required"."""
    for name, words in MISSING.items():
        if name in fields:
            fields[name].error_messages["required"] = words


class PlainMixin:
    """Fields without a placeholder: that looks like an answer, and goes when one starts typing."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self.fields)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def takes_any_writing(fields: dict[str, Any], name: str) -> None:
    """Puts our own field in the place of a form's address: it takes what people paste."""
    old = fields[name]
    fields[name] = AddressFormField(
        label=_("E-mail address"),
        required=old.required,
        help_text=old.help_text,
        widget=old.widget,
    )
    say_what_is_missing(fields)


class AddressMixin(PlainMixin):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takes_any_writing(self.fields, "email")


class NewPasswordMixin(PlainMixin):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2")
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = PASSWORD_HELP


class CodeMixin(PlainMixin):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddEmailForm(AddressMixin, account.AddEmailForm):
    """The address that one wants to change to."""

    user: User

    def clean_email(self) -> str:
        """Asking once more for the one that waits is no mistake: it starts anew."""
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        if email in {self.user.email.lower(), *proven_addresses(user=self.user)}:
            raise get_adapter().validation_error("duplicate_email")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        return services.ask_for_change(user=self.user, email=self.cleaned_data["email"])


class ResetPasswordForm(AddressMixin, account.ResetPasswordForm):
    """A link to a new password, for who has proven the address.

    To everybody else the address has no account: who registered and proved nothing may register
    again, and whose mailbox it is may do so too (docs/decisions/0015).
    """

    def clean_email(self) -> str:
        """The address as it is stored: what was typed may only look like it (CVE-2019-19844)."""
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        user = login_at(email=email)
        self.users = [user] if user and user.is_active else []
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Does the same work whether the address has a login or not (STANDARDS 6.9)."""
        if not self.users:
            look_up_nobody(self.cleaned_data["email"])
        email: str = super().save(request, **kwargs)
        return email


def look_up_nobody(email: str) -> None:
    """What a known address costs beside its mail: a token.

    The login that is made up for it has no address: allauth would store that.
    """
    nobody = User(pk=0, email="", person_id=uuid.uuid4())
    EmailAddress.objects.filter(user_id=nobody.pk, email=email).exists()
    account.default_token_generator.make_token(nobody)


class ResetPasswordKeyForm(NewPasswordMixin, account.ResetPasswordKeyForm):
    user: User

    def save(self) -> None:
        """Ends a change of address too: a thief may have asked for it.

        It goes first. allauth then clears the counter of failed tries at every address of this
        login, and an unproven one may be somebody else's (STANDARDS 6.8).
        """
        services.end_change(user=self.user)
        super().save()


class SetPasswordForm(NewPasswordMixin, account.SetPasswordForm):
    pass


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Your current password")
        self.fields["oldpassword"].help_text = ""


class ReauthenticateForm(PlainMixin, account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""


class ConfirmForm(forms.Form):
    """The password of the account whose address a link proves."""

    password = PasswordField(label=_("Password"), autocomplete="current-password")

    def __init__(self, data: Any = None, *, address: EmailAddress, request: HttpRequest) -> None:
        super().__init__(data)
        say_what_is_missing(self.fields)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.address, self.request = address, request

    def clean_password(self) -> str:
        """Counts as a try to sign in with this address, by the same limit (STANDARDS 6.8).

        Not as one with the address that counts now: a stranger in a mistyped mailbox would close
        the door for who typed it.
        """
        password: str = self.cleaned_data["password"]
        adapter = get_adapter(self.request)
        adapter.pre_authenticate(self.request, email=self.address.email)
        if not self.address.user.check_password(password):
            raise adapter.validation_error("incorrect_password")
        return password


class AuthenticateFactorForm(CodeMixin, factors.AuthenticateForm):
    pass


class ReauthenticateFactorForm(CodeMixin, factors.ReauthenticateForm):
    pass


class ActivateTOTPForm(CodeMixin, totp.ActivateTOTPForm):
    pass


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("A name you will recognise, such as “phone”.")
        passwordless = self.fields["passwordless"]
        passwordless.label = _("Sign in with it alone, without a password")
        passwordless.help_text = _(
            "Untick this for a security key without fingerprint or PIN: "
            "it then comes after your password."
        )
        passwordless.initial = True


class EditPasskeyForm(passkeys.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
