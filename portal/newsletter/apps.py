from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "portal.newsletter"
    label = "newsletter"
    verbose_name = _("newsletter")

    def ready(self) -> None:
        from pluc.outbox.bulk import COMPOSERS
        from pluc.outbox.returns import LISTENERS, Listener
        from portal.newsletter.composing import TEMPLATE, IssueComposer
        from portal.newsletter.services import returning

        COMPOSERS[TEMPLATE] = IssueComposer()
        LISTENERS.append(
            Listener(
                bounced=returning.bounced, complained=returning.complained, left=returning.left
            )
        )
