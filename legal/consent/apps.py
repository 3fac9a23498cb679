from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "legal.consent"
    label = "consent"
