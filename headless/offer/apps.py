from django.apps import AppConfig


class OfferConfig(AppConfig):
    name = "headless.offer"
    label = "headless_offer"
