"""People and users in the staff screens, without their names in Wagtail's log."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log
from wagtail.users.views.users import CreateView as WagtailUserCreateView
from wagtail.users.views.users import DeleteView as WagtailUserDeleteView
from wagtail.users.views.users import EditView as WagtailUserEditView
from wagtail.users.views.users import IndexView as WagtailUserIndexView

from legal.rights.queries import is_restricted
from pluc.errors import or_not_found
from pluc.staff_screens.links import links_about
from pluc.staff_screens.listing import KeyPagedMixin
from pluc.staff_screens.viewsets import SafeDeleteMixin
from portal.accounts.doubles import MOST, doubles_of
from portal.accounts.files import IN_SIGHT, file_of
from portal.accounts.merging import in_order
from portal.accounts.models import Person, User
from portal.accounts.people_screens import NoteForm
from portal.accounts.permissions import may_change_people
from portal.accounts.queries import notes_of, person_with_id
from portal.accounts.search import matching


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


class WithoutNameMixin(WagtailAdminTemplateMixin):
    """Keeps Wagtail's own action from logging: its label is the name or the address."""

    @cached_property
    def action_class(self) -> Any:
        return partial(super().action_class, log_action=None)


class SavedMixin(WithoutNameMixin):
    """Logs that a row was made, or changed, by its number."""

    def save_instance(self) -> Any:
        is_new = self.form.instance._state.adding
        instance = super().save_instance()
        log_without_name(instance, "wagtail.create" if is_new else "wagtail.edit")
        return instance


class DeletedMixin(WithoutNameMixin, SafeDeleteMixin):
    def delete_action(self) -> None:
        with transaction.atomic():
            log_without_name(self.object, "wagtail.delete")
            super().delete_action()


class PersonIndexView(KeyPagedMixin, IndexView):
    """Everybody, by name as Dutch lists sort it; found by the beginnings of words."""

    def get_edit_url(self, instance: Person) -> str:
        """A name leads to the file of that person, and the file to the form."""
        url: str = self.get_inspect_url(instance)
        return url

    @cached_property
    def header_buttons(self) -> list[Any]:
        twice = HeaderButton(_t("Entered twice?"), url=reverse("doubles"), icon_name="copy")
        return [*super().header_buttons, twice]

    def get_base_queryset(self) -> "QuerySet[Person]":
        return Person.objects.select_related("user")

    def search_queryset(self, queryset: "QuerySet[Person]") -> "QuerySet[Person]":
        return queryset.filter(matching(self.search_query)) if self.is_searching else queryset


class PersonCreateView(SavedMixin, CreateView):
    pass


class LinkedMixin(WagtailAdminTemplateMixin):
    """A person's screen, with the ways to what other rooms know of them."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        links = links_about(self.object, user=self.request.user)
        buttons = [HeaderButton(label, url=url, icon_name="arrow-right") for label, url in links]
        return [*super().header_buttons, *buttons]


class PersonEditView(LinkedMixin, SavedMixin, EditView):
    pass


class PersonInspectView(InspectView):
    """The file of a person: facts, and what every room knows of them."""

    template_name = "wagtailadmin/accounts/person.html"

    def get_object(self, queryset: Any = None) -> Person:
        return or_not_found(person_with_id(person_id=self.pk))

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Nothing: the screen tells the facts in its own way."""
        return []

    def get_page_title(self) -> str:
        """The name: what the screen is about."""
        name: str = self.object.full_name
        return name

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("people:index"), "label": _t("People")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, user = self.object, self.request.user
        may_write = may_change_people(user)
        twins = [(one, in_order(person, one)) for one in doubles_of(person)[:MOST]]
        return super().get_context_data(**kwargs) | {
            "person": person,
            "links": links_about(person, user=user),
            "parts": file_of(person, user=user),
            "notes": notes_of(person=person)[:IN_SIGHT],
            "twins": twins if may_write else [],
            "note_form": NoteForm() if may_write else None,
            "is_restricted": is_restricted(person.pk),
        }


class UserIndexView(WagtailUserIndexView):
    """Logins, sorted by the names of their people as Dutch lists sort them."""

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering.replace("name", "person__sort_key"), "pk")
        return super().order_queryset(queryset)

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("person")


class UserCreateView(SavedMixin, WagtailUserCreateView):
    pass


class UserEditView(SavedMixin, WagtailUserEditView):
    pass


class UserDeleteView(DeletedMixin, WagtailUserDeleteView):
    """Deletes the login alone. The person stays, without one, and is deleted among the people."""
