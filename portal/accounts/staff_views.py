"""People and users in the staff screens, without their names in Wagtail's log."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.users.views.users import CreateView as WagtailUserCreateView
from wagtail.users.views.users import DeleteView as WagtailUserDeleteView
from wagtail.users.views.users import EditView as WagtailUserEditView

from pluc.paging import KeyPagedMixin
from portal.accounts.models import Person, User
from portal.accounts.search import matching
from portal.accounts.staff_links import links_about


def log_without_name(instance: Person | User, action: str) -> None:
    """Who did what to which row. Whose row it is, only the row itself tells (STANDARDS 6.24)."""
    title = _t("A person") if isinstance(instance, Person) else _t("A user")
    is_gone = action == "wagtail.delete"
    log(
        instance=instance,
        action=action,
        title=title,
        content_changed=not is_gone,
        deleted=is_gone,
    )


class WithoutNameMixin:
    """Keeps Wagtail's own action from logging: its label is the name or the address."""

    @cached_property
    def action_class(self) -> Any:
        return partial(super().action_class, log_action=None)  # type: ignore[misc]


class CreatedMixin(WithoutNameMixin):
    def save_instance(self) -> Any:
        instance = super().save_instance()  # type: ignore[misc]
        log_without_name(instance, "wagtail.create")
        return instance


class EditedMixin(WithoutNameMixin):
    def save_instance(self) -> Any:
        instance = super().save_instance()  # type: ignore[misc]
        log_without_name(instance, "wagtail.edit")
        return instance


class DeletedMixin(WithoutNameMixin):
    """Deletes where nothing holds on to the row; says so where something does."""

    object: Any
    request: Any

    def delete_action(self) -> None:
        with transaction.atomic():
            log_without_name(self.object, "wagtail.delete")
            super().delete_action()  # type: ignore[misc]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ProtectedError:
            return self.refuse(_t("Other data still needs this record, so it stays."))

    def refuse(self, reason: str) -> HttpResponse:
        messages.error(self.request, reason)
        return redirect(self.get_success_url())  # type: ignore[attr-defined]


class PersonIndexView(KeyPagedMixin, IndexView):
    """Everybody, by name; found by the beginnings of words."""

    def get_base_queryset(self) -> "QuerySet[Person]":
        return Person.objects.select_related("user")

    def search_queryset(self, queryset: "QuerySet[Person]") -> "QuerySet[Person]":
        return queryset.filter(matching(self.search_query)) if self.is_searching else queryset


class PersonCreateView(CreatedMixin, CreateView):
    pass


class LinkedMixin:
    """A person's screen, with the ways to what other rooms know of them."""

    object: Any
    request: Any

    @cached_property
    def header_buttons(self) -> list[Any]:
        links = links_about(self.object, user=self.request.user)
        buttons = [HeaderButton(label, url=url, icon_name="arrow-right") for label, url in links]
        return [*super().header_buttons, *buttons]  # type: ignore[misc]


class PersonEditView(LinkedMixin, EditedMixin, EditView):
    pass


class PersonInspectView(LinkedMixin, InspectView):
    pass


class UserCreateView(CreatedMixin, WagtailUserCreateView):
    pass


class UserEditView(EditedMixin, WagtailUserEditView):
    pass


class UserDeleteView(DeletedMixin, WagtailUserDeleteView):
    """Deletes the login alone. The person stays, without one, and is deleted among the people."""
