from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from legal.rights.obstacles import OBSTACLES
        from pluc.portal_header import ENTRIES, Entry
        from portal.accounts import search
        from portal.accounts.file_sections import add_sections
        from portal.accounts.models import Person
        from portal.accounts.obstacles import work_on_the_site
        from portal.accounts.receivers import listen
        from portal.accounts.roles import sync_roles

        add_sections()
        listen()
        ENTRIES.append(Entry(order=40, label=_("Account"), view="account"))
        OBSTACLES.append(work_on_the_site)
        post_migrate.connect(sync_roles, sender=self)
        post_save.connect(search.person_saved, sender=Person)


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with our own forms: a user's name is their person's."""

    user_viewset = "portal.accounts.viewsets.UserViewSet"
