from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "portal.newsletter"
    label = "newsletter"
    verbose_name = _("newsletter")

    def ready(self) -> None:
        from pluc.content.kept_pages import KEPT_PAGES
        from portal.newsletter import views
        from portal.newsletter.models.pages import SUBSCRIBING
        from portal.newsletter.queries.issues import pages_that_stay

        KEPT_PAGES.append(pages_that_stay)
        SUBSCRIBING.append(views)
