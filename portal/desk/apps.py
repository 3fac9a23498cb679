from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "portal.desk"
    label = "desk"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from pluc.portal_header import ENTRIES, Entry

        ENTRIES.append(Entry(order=10, label=_("Overview"), view="desk"))
