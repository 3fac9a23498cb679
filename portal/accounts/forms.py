"""Wagtail's forms for users, with the name where it belongs: on the person."""

from typing import Any

from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from portal.accounts.models import Person, User


class PersonNameMixin:
    """Reads first and last name from the user's person, and writes them back with it."""

    instance: User
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        user = kwargs.get("instance")
        if user and user.person_id:
            names = {"first_name": user.first_name, "last_name": user.last_name}
            kwargs["initial"] = names | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def save(self, commit: bool = True) -> User:
        user = self.instance
        person = user.person if user.person_id else Person()
        person.first_name = self.cleaned_data["first_name"]
        person.last_name = self.cleaned_data["last_name"]
        person.email = self.cleaned_data["email"]
        person.save()
        user.person = person
        return super().save(commit)  # type: ignore[misc]


class UserCreationForm(PersonNameMixin, WagtailUserCreationForm):
    """A new colleague: staff by nature, since these screens are for staff alone."""

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        return super().save(commit)


class UserEditForm(PersonNameMixin, WagtailUserEditForm):
    pass
