from portal.newsletter.models.mailings import Mailing, MailingStep, MailingText
from portal.newsletter.models.pages import IssuePage, NewsletterPage
from portal.newsletter.models.subscriptions import Subscription, SubscriptionStep
from portal.newsletter.models.suppressions import Suppression

__all__ = [
    "IssuePage",
    "Mailing",
    "MailingStep",
    "MailingText",
    "NewsletterPage",
    "Subscription",
    "SubscriptionStep",
    "Suppression",
]
