from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "portal.newsletter"
    label = "newsletter"
    verbose_name = _("newsletter")

    def ready(self) -> None:
        from pluc.content.kept_pages import KEPT_PAGES
        from pluc.outbox.bulk import COMPOSERS
        from pluc.outbox.returns import LISTENERS, Listener
        from portal.accounts.claims import MOVERS, hand_over, nothing
        from portal.accounts.files import SECTIONS, Section
        from portal.accounts.followers import FOLLOWERS, PROVEN
        from portal.accounts.newsletter import ASKED_WHILE_REGISTERING
        from portal.newsletter.composing import TEMPLATE, IssueComposer
        from portal.newsletter.file_section import subscription_of
        from portal.newsletter.permissions import may_manage
        from portal.newsletter.queries.issues import pages_that_stay
        from portal.newsletter.services import leaving, returning, subscribing

        KEPT_PAGES.append(pages_that_stay)
        ASKED_WHILE_REGISTERING.append(subscribing.asked_while_registering)
        PROVEN.append(subscribing.mailbox_proven)
        FOLLOWERS.append(leaving.follow_address)
        post_delete.connect(leaving.suppress_erased, sender="newsletter.Subscription")
        MOVERS["newsletter.Subscription"] = hand_over("newsletter.Subscription", "person")
        MOVERS["newsletter.SubscriptionStep"] = nothing
        SECTIONS.append(
            Section(
                order=25,
                title=_("Newsletter"),
                icon="mail",
                empty=_("Never asked for the newsletter."),
                may=may_manage,
                lines=subscription_of,
            )
        )
        COMPOSERS[TEMPLATE] = IssueComposer()
        LISTENERS.append(
            Listener(
                bounced=returning.bounced, complained=returning.complained, left=returning.left
            )
        )
