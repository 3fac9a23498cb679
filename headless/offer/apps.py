from django.apps import AppConfig


class OfferConfig(AppConfig):
    name = "headless.offer"
    label = "headless_offer"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS, nothing

        MOVERS["headless_offer.StoredAnswer"] = nothing
