"""Registering for mijn.pluc.nl (P01)."""

import uuid
from copy import copy
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm
from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from legal.consent.decision import opt_out_here
from pluc.typed_lines import LineFormField
from portal.accounts import services
from portal.accounts.forms.access import PASSWORD_HELP, say_what_is_missing, takes_any_writing
from portal.accounts.newsletter import NEWSLETTER_TEXT
from portal.accounts.plain_text import validate_name
from portal.accounts.queries import login_at


class RegistrationForm(SignupForm):
    """Name, address, password, and two choices that are both off."""

    first_name = LineFormField(
        label=_("First name"),
        max_length=100,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = LineFormField(
        label=_("Last name"),
        max_length=100,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    newsletter = forms.BooleanField(
        label=NEWSLETTER_TEXT,
        help_text=_("You can stop at any moment."),
        required=False,
    )
    not_measured = forms.BooleanField(
        label=_("Do not count my visits"),
        help_text=_(
            "Your visits are then never counted while you are signed in, whatever you accept."
        ),
        required=False,
        widget=forms.CheckboxInput({"data-withdraws": ""}),
    )
    partner = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["first_name", "last_name", "email", "password1", "newsletter", "not_measured"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self.fields)
        takes_any_writing(self.fields, "email")
        email, password = self.fields["email"], self.fields["password1"]
        email.widget.attrs = {"autocomplete": "email", "type": "email"}
        password.label = _("Password")
        password.help_text = PASSWORD_HELP
        password.widget.attrs.pop("placeholder", None)

    def validate_unique_email(self, value: str) -> str:
        """An address is taken once it is proven; who only asks for it keeps nobody from it."""
        self.account_already_exists = login_at(email=value) is not None
        email: str = get_adapter().validate_unique_email(value)
        return email

    def try_save(self, request: HttpRequest) -> Any:
        """Does the same work, and answers the same, whether the address has a login or not.

        Only the mail tells them apart (STANDARDS 6.9).
        """
        if self.cleaned_data["not_measured"]:
            opt_out_here(request)
        names = ("first_name", "last_name", "email")
        self.sent_before = services.registered_just_now(
            **{name: self.cleaned_data[name] for name in names},
            password=self.cleaned_data["password1"],
        )
        if self.account_already_exists:
            self.rehearse(request)
        return super().try_save(request)

    def save(self, request: HttpRequest) -> Any:
        """One account for a form that is sent twice."""
        return self.sent_before or super().save(request)

    @transaction.atomic
    def rehearse(self, request: HttpRequest) -> None:
        """Makes an account for nobody and takes it back: what a new one costs, with its hash.

        Each registration posts one mail, to a known address too; counters per network address
        limit how many (`ACCOUNT_RATE_LIMITS`, "signup").
        """
        nobody = copy(self)
        nobody.cleaned_data = self.cleaned_data | {"email": f"{uuid.uuid4().hex}@nobody.invalid"}
        user = get_adapter(request).save_user(request, None, nobody)
        services.may_send_link(address=EmailAddress.objects.create(user=user, email=user.email))
        transaction.set_rollback(True)

    def custom_signup(self, request: HttpRequest, user: Any) -> None:
        """Everything was done in one service already (`AccountAdapter.save_user`)."""
