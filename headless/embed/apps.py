from django.apps import AppConfig


class EmbedConfig(AppConfig):
    name = "headless.embed"
    label = "headless_embed"
