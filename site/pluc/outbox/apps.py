from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "pluc.outbox"
    label = "outbox"
