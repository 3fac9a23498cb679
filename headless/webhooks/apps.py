from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "headless.webhooks"
    label = "headless_webhooks"
