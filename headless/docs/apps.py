from django.apps import AppConfig


class DocsConfig(AppConfig):
    name = "headless.docs"
    label = "headless_docs"
