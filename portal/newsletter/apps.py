from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "portal.newsletter"
    label = "newsletter"
    verbose_name = _("newsletter")

    def ready(self) -> None:
        from pluc.outbox.bulk import COMPOSERS
        from portal.newsletter.composing import TEMPLATE, IssueComposer

        COMPOSERS[TEMPLATE] = IssueComposer()
