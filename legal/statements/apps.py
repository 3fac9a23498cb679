from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "legal.statements"
    label = "statements"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from legal.consent.queries import cookies_table
        from legal.consent.services import RECIPIENTS_OF_MEASUREMENT
        from legal.statements.queries import (
            measuring_recipients,
            pages_in_force,
            recipients_table,
        )
        from legal.statements.tables import register_table
        from pluc.content.kept_pages import KEPT_PAGES

        register_table("recipients", _("Who gets data from us"), recipients_table)
        register_table("cookies", _("What each cookie does"), cookies_table)
        RECIPIENTS_OF_MEASUREMENT.append(measuring_recipients)
        KEPT_PAGES.append(pages_in_force)
