from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "legal.statements"
    label = "statements"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from legal.statements.queries import recipients_table
        from legal.statements.tables import register_table

        register_table("recipients", _("Who gets data from us"), recipients_table)
