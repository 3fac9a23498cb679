from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RightsConfig(AppConfig):
    name = "legal.rights"
    label = "rights"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from legal.rights.queries import reasons_to_withhold, retention_table
        from legal.statements.tables import register_table
        from pluc.outbox.guards import GUARDS
        from pluc.portal_header import ENTRIES, Entry

        autodiscover_modules("personal_data")
        register_table("retention", _("What we keep, why and how long"), retention_table)
        GUARDS.append(reasons_to_withhold)
        ENTRIES.append(Entry(order=30, label=_("My data"), view="my_data"))
