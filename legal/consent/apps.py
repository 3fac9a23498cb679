from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConsentConfig(AppConfig):
    name = "legal.consent"
    label = "consent"

    def ready(self) -> None:
        from legal.consent.installation import install_texts

        post_migrate.connect(install_texts, sender=self)
