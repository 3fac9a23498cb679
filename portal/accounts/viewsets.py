from typing import Any

from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from portal.accounts.forms import UserCreationForm, UserEditForm


class UserViewSet(WagtailUserViewSet):
    """Users in the staff screens."""

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return UserEditForm if for_update else UserCreationForm
