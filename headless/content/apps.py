from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "headless.content"
    label = "headless_content"
