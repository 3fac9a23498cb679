from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"
    label = "organisations"

    def ready(self) -> None:
        from portal.accounts.claims import MOVERS, nothing
        from portal.accounts.partners import RECOGNISERS
        from portal.organisations.queries import partner_with_slug

        MOVERS["organisations.Contact"] = nothing  # made for who has a login
        RECOGNISERS.append(lambda slug: partner_with_slug(slug=slug) is not None)
