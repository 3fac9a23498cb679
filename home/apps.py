from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from home.roles import sync_roles

        post_migrate.connect(sync_roles, sender=self)
