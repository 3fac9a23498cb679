"""Wagtail's forms for users, with the name where it belongs: on the person."""

import logging
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from portal.accounts.followers import tell_followers
from portal.accounts.forms.access import takes_any_writing
from portal.accounts.models import Person, User
from portal.accounts.plain_text import validate_plain_line
from portal.accounts.queries import address_change, login_at, proven_addresses
from portal.accounts.services import ask_for_change, ask_for_proof

log = logging.getLogger("pluc.accounts")


def rights_of(user: User) -> tuple[list[str], bool]:
    """The groups that a user is in, and whether they may do everything."""
    if user.pk is None:
        return [], False
    stored = User.objects.get(pk=user.pk)
    return sorted(stored.groups.values_list("name", flat=True)), stored.is_superuser


class PersonNameMixin:
    """Reads first and last name from the user's person, and writes them back with it.

    A change of what somebody may do is logged, by number (STANDARDS 6.24).
    """

    instance: User
    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]
    initial: dict[str, Any]
    add_error: Callable[[str, str], None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        user = kwargs.get("instance")
        if user and user.person_id:
            names = {"first_name": user.first_name, "last_name": user.last_name}
            kwargs["initial"] = names | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        takes_any_writing(self.fields, "email")
        for name in ("first_name", "last_name"):
            self.fields[name].validators.append(validate_plain_line)
        if user and user.pk and proven_addresses(user=user):
            self.fields["email"].help_text = self.help_about_address(user)

    def help_about_address(self, user: User) -> str:
        if change := address_change(user=user):
            words = _t("Waits for %(email)s to be confirmed by its mailbox, until %(until)s.")
            until = date_format(timezone.localtime(change.ends_at), "SHORT_DATETIME_FORMAT")
            return words % {"email": change.address.email, "until": until}
        return _t("A new address takes effect once you confirm it. Until then we use the old one.")

    def save(self, commit: bool = True) -> User:
        user = self.instance
        before = rights_of(user)
        asked_for = self.keep_proven_address(user)
        self.save_person(user)
        saved: User = super().save(commit)  # type: ignore[misc]
        if asked_for:
            ask_for_change(user=saved, email=asked_for)
        elif not proven_addresses(user=saved):
            ask_for_proof(user=saved)
        if (after := rights_of(saved)) != before:
            log.info("User %s: groups, superuser %s -> %s", saved.pk, before, after)
        return saved

    def keep_proven_address(self, user: User) -> str:
        """Puts a proven address back; returns the other one that was typed, which its mailbox
        proves first: a typing error would give the account away."""
        proven = proven_addresses(user=user) if user.pk else []
        if not proven:
            return ""
        typed, user.email = user.email.lower(), self.initial["email"]
        return "" if typed in proven else typed

    def _clean_username(self) -> None:
        """In the place of Wagtail's: taken is what somebody has proven, and nothing else."""
        owner = login_at(email=self.cleaned_data.get("email", ""))
        if owner and owner.pk != self.instance.pk:
            self.add_error("email", _t("Somebody else signs in with this address."))

    def save_person(self, user: User) -> None:
        person = user.person if user.person_id else Person()
        person.first_name = self.cleaned_data["first_name"]
        person.last_name = self.cleaned_data["last_name"]
        person.email = user.email
        person.save()
        user.person = person


class UserCreationForm(PersonNameMixin, WagtailUserCreationForm):
    """A new colleague: staff by nature, since these screens are for staff alone."""

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        return super().save(commit)


class UserEditForm(PersonNameMixin, WagtailUserEditForm):
    pass


class PersonForm(WagtailAdminModelForm):
    """A person as the back office enters and corrects them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(validate_plain_line)

    def clean_email(self) -> str:
        """Who has a login changes the address themselves: it must be proven."""
        email: str = self.cleaned_data["email"]
        if self.instance.has_login and email != self.instance.email:
            raise forms.ValidationError(
                _t("This person has an account and changes the address there.")
            )
        return email

    def save(self, commit: bool = True) -> Person:
        """Mail about the places that they have follows them to another address."""
        is_new, old = self.instance._state.adding, self.initial.get("email", "")
        if is_new:
            self.instance.source = Person.Source.BACK_OFFICE
        saved: Person = super().save(commit)
        if not is_new and saved.email and saved.email != old:
            tell_followers(saved, old)
        return saved
