from portal.newsletter.models.askings import Asking
from portal.newsletter.models.mailings import Mailing, MailingStep, MailingText
from portal.newsletter.models.pages import IssuePage, NewsletterPage
from portal.newsletter.models.subscriptions import Form, Subscription, SubscriptionStep
from portal.newsletter.models.suppressions import Suppression

__all__ = [
    "Asking",
    "Form",
    "IssuePage",
    "Mailing",
    "MailingStep",
    "MailingText",
    "NewsletterPage",
    "Subscription",
    "SubscriptionStep",
    "Suppression",
]
