from django.apps import AppConfig


class PlucConfig(AppConfig):
    name = "pluc"
    verbose_name = "PLUC!"

    def ready(self) -> None:
        from pluc import checks, lookups  # noqa: F401  registers system checks and a lookup
