from django.apps import AppConfig


class PlucConfig(AppConfig):
    name = "pluc"
    verbose_name = "PLUC!"

    def ready(self) -> None:
        from django.core.signals import request_started

        from pluc import checks, lookups  # noqa: F401  registers system checks and a lookup
        from pluc.locks import look_for_lock

        request_started.connect(look_for_lock)
