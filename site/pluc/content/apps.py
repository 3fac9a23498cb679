from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "pluc.content"
    label = "content"
