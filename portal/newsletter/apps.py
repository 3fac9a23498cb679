from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "portal.newsletter"
    label = "newsletter"
    verbose_name = _("newsletter")

    def ready(self) -> None:
        from pluc.content.kept_pages import KEPT_PAGES
        from pluc.outbox.returns import LISTENERS, Listener
        from portal.newsletter import views
        from portal.newsletter.models.pages import SUBSCRIBING
        from portal.newsletter.queries.issues import pages_that_stay
        from portal.newsletter.services import returning

        KEPT_PAGES.append(pages_that_stay)
        SUBSCRIBING.append(views)
        LISTENERS.append(
            Listener(
                bounced=returning.bounced, complained=returning.complained, left=returning.left
            )
        )
