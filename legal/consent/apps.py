from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate, post_save


class ConsentConfig(AppConfig):
    name = "legal.consent"
    label = "consent"

    def ready(self) -> None:
        from legal.consent.decision import note_sign_in
        from legal.consent.installation import install_texts
        from legal.consent.models import Question
        from pluc.generation import renew_on_commit

        post_migrate.connect(install_texts, sender=self)
        post_save.connect(renew_on_commit, sender=Question)
        user_logged_in.connect(note_sign_in)
