from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "headless.tokens"
    label = "headless_tokens"
