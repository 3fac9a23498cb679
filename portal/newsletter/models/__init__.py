from portal.newsletter.models.mailings import Mailing, MailingStep, MailingText
from portal.newsletter.models.subscriptions import Subscription, SubscriptionStep
from portal.newsletter.models.suppressions import Suppression

__all__ = [
    "Mailing",
    "MailingStep",
    "MailingText",
    "Subscription",
    "SubscriptionStep",
    "Suppression",
]
