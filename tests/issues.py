"""Issues of the newsletter as an editor writes them, and those who get them."""

import uuid
from collections.abc import Iterable
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.accounts.models import User
from portal.newsletter.address_keys import normal
from portal.newsletter.models import IssuePage, Mailing, NewsletterPage, Subscription
from portal.newsletter.services import approving
from portal.newsletter.services.publishing import publish_issue
from tests.factories import PageFactory, home_page, key_of

SENTENCE = {"nl": "Een aansluiting past op één vel.", "en": "A reconciliation fits on one page."}


class NewsletterPageFactory(PageFactory):
    class Meta:
        model = NewsletterPage

    title = "Finance updates"
    translation_key = factory.LazyAttribute(lambda page: key_of("newsletter"))


class IssuePageFactory(PageFactory):
    """A draft of an issue that lacks nothing."""

    class Meta:
        model = IssuePage

    title = "De aansluiting op één vel"
    slug = factory.Sequence(lambda number: f"uitgave-{number}")
    live = False
    subject = "De aansluiting past op één vel"
    preheader = "En waarom vijfentwintig geen antwoord is."
    body = factory.LazyAttribute(lambda page: [text_block(page.locale.language_code)])


class SubscriptionFactory(DjangoModelFactory):
    """Somebody who asked for the newsletter and confirmed it."""

    class Meta:
        model = Subscription

    email = factory.Sequence(lambda number: f"lezer{number}@pluc.example")
    normal_email = factory.LazyAttribute(lambda row: normal(row.email))
    state = Subscription.State.ACTIVE
    asked_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.SelfAttribute("asked_at")


def text_block(language: str, html: str = "") -> dict[str, Any]:
    return {"type": "text", "value": html or f"<p>{SENTENCE[language]}</p>"}


def newsletter_page(language: str = "nl") -> NewsletterPage:
    """The newsletter's page in a language; made if it is not there yet."""
    home = home_page(language)
    existing = NewsletterPage.objects.child_of(home).first()
    return existing or NewsletterPageFactory(parent=home)


def write_issue(
    *, languages: Iterable[str] = ("nl", "en"), by: User | None = None, **fields: Any
) -> dict[str, IssuePage]:
    """Drafts of an issue by language, as `by` wrote them."""
    key, pages = uuid.uuid4(), {}
    for language in languages:
        parent = newsletter_page(language)
        page = IssuePageFactory(parent=parent, translation_key=key, owner=by, **fields)
        page.save_revision(user=by)
        pages[language] = page
    return pages


def send_issue(pages: dict[str, IssuePage], *, writer: User, second: User) -> Mailing:
    """An issue on its whole way, but for the mails themselves."""
    page = pages["nl"]
    approving.submit(page_id=page.pk, by=writer)
    mailing = approving.approve(page_id=page.pk, by=second)
    mailing.state, mailing.ended_at = Mailing.State.SENT, timezone.now()
    mailing.save()
    publish_issue(mailing)
    return mailing
