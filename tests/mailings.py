"""Subscribers, and an issue that may go, for tests of how it is sent."""

import uuid
from typing import Any

from django.utils import timezone

from portal.newsletter.address_keys import normal
from portal.newsletter.composing import TEMPLATE
from portal.newsletter.finishing import LEAVE
from portal.newsletter.models import Mailing, MailingText, Subscription

HTML = '<!doctype html><html lang="{language}"><head><title>Oogst</title></head><body>{body}</body>'
BODIES = {
    "nl": f'<p>Peren à € 195,00.</p><p><a href="{LEAVE}">Afmelden</a></p>',
    "en": f'<p>Pears, dear at € 195.</p><p><a href="{LEAVE}">Unsubscribe</a></p>',
}
SUBJECTS = {"nl": "Oogst: wat er rijp is — en waarom", "en": "Harvest"}


def subscribers(number: int, name: str = "lezer", **fields: Any) -> list[Subscription]:
    """People who subscribed and confirmed it, `lezer-0@klant.example` and so on."""
    now = timezone.now()
    emails = [f"{name}-{one}@klant.example" for one in range(number)]
    return Subscription.objects.bulk_create(
        Subscription(
            **{
                "email": email,
                "normal_email": normal(email),
                "state": Subscription.State.ACTIVE,
                "asked_at": now,
                "confirmed_at": now,
                **fields,
            }
        )
        for email in emails
    )


def approved_issue(**fields: Any) -> Mailing:
    """An issue in both languages that may begin to go now."""
    now = timezone.now()
    mailing = Mailing.objects.create(
        **{
            "issue_key": uuid.uuid4(),
            "title": "Oogst",
            "state": Mailing.State.SCHEDULED,
            "approved_at": now,
            "starts_at": now,
            **fields,
        }
    )
    for language, body in BODIES.items():
        MailingText.objects.create(
            mailing=mailing,
            language=language,
            subject=SUBJECTS[language],
            html=HTML.format(language=language, body=body * 20),
            text=f"Afmelden: {LEAVE}\n\n" + "Peren, à € 195,00.\n" * 40 + f"\nAfmelden: {LEAVE}\n",
            sha256=uuid.uuid4().hex * 2,
        )
    return mailing


__all__ = ["SUBJECTS", "TEMPLATE", "approved_issue", "subscribers"]
