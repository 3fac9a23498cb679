from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with our own forms: a user's name is their person's."""

    user_viewset = "portal.accounts.viewsets.UserViewSet"
