"""The demo's issues: two that were sent, and a draft of the next one, in both languages."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from pluc.outbox.transports import to_file
from portal.accounts.models import User
from portal.newsletter.finishing import cast
from portal.newsletter.models import IssuePage, Mailing, MailingStep, Subscription
from portal.newsletter.queries.audience import recipients_at
from portal.newsletter.rendering import render
from portal.newsletter.services.approving import freeze, note_step
from portal.newsletter.services.publishing import publish_issue

KEYS = uuid.uuid5(uuid.NAMESPACE_URL, "https://pluc.example/demo/issue")
LAST_SENT, DRAFT = "autumn", "next"
WRITER, SECOND = "redactie@pluc.example", "backoffice@pluc.example"
# What became of an issue that was sent: how many got it, and what happened then.
NUMBERS = {"queued": 58, "sent": 56, "withheld": 1, "failed": 1, "bounced": 1, "left": 1}
Action = MailingStep.Action


@dataclass(frozen=True, kw_only=True)
class IssueTexts:
    """What the issues say in one language; posts and pictures that they name, by their keys."""

    parent: Page
    texts: Mapping[str, Mapping[str, Any]]
    posts: Mapping[str, int]
    pictures: Mapping[str, int]


def load_issues(languages: Mapping[str, IssueTexts]) -> None:
    """Makes what is not there yet. Nothing that was sent changes when it runs again."""
    for key in next(iter(languages.values())).texts:
        if IssuePage.objects.filter(translation_key=uuid.uuid5(KEYS, key)).exists():
            continue
        pages = {code: write_issue(key, known) for code, known in languages.items()}
        if key != DRAFT:
            days = next(iter(languages.values())).texts[key]["days_ago"]
            mailing = send(key, pages, timezone.now() - timedelta(days=days))
            if key == LAST_SENT:
                store_copies(mailing)


def write_issue(key: str, known: IssueTexts) -> IssuePage:
    texts = known.texts[key]
    page = IssuePage(
        title=texts["title"],
        slug=texts["slug"],
        locale=known.parent.locale,
        translation_key=uuid.uuid5(KEYS, key),
        live=False,
        date=timezone.localdate() - timedelta(days=texts["days_ago"]),
        subject=texts["subject"],
        preheader=texts["preheader"],
        body=[as_block(entry, known) for entry in texts["body"]],
        owner=User.objects.filter(email=WRITER).first(),
    )
    known.parent.add_child(instance=page)
    page.save_revision(user=page.owner)
    return page


def as_block(entry: Mapping[str, Any], known: IssueTexts) -> dict[str, Any]:
    """A one-key dict as StreamField data."""
    kind, value = next(iter(entry.items()))
    if kind == "posts":
        value = [known.posts[key] for key in value]
    elif kind == "picture":
        image = known.pictures[value["picture"]]
        picture = {"image": image, "alt_text": value["alt"], "decorative": False}
        value = {"picture": picture, "caption": ""}
    elif kind == "courses":
        value = {"subject": "", **value}
    return {"type": kind, "value": value}


def send(key: str, pages: Mapping[str, IssuePage], moment: datetime) -> Mailing:
    """An issue as it is once everybody has it."""
    writer, second = (User.objects.filter(email=email).first() for email in (WRITER, SECOND))
    page = next(iter(pages.values()))
    mailing = Mailing.objects.create(
        issue_key=page.translation_key,
        title=page.title,
        state=Mailing.State.SENT,
        submitted_by=writer,
        approved_by=second,
        approved_at=moment,
        starts_at=moment,
        started_at=moment,
        ended_at=moment + timedelta(minutes=1),
        is_queued=True,
        **NUMBERS,
    )
    freeze(mailing, [render(one, keep=True) for one in pages.values()])
    for action, by in (
        (Action.SUBMITTED, writer),
        (Action.APPROVED, second),
        (Action.STARTED, None),
        (Action.SENT, None),
    ):
        note_step(mailing, action, by)
    mailing.steps.update(at=moment)
    publish_issue(mailing)
    return mailing


def store_copies(mailing: Mailing) -> None:
    """Stores as mail what a reader in each language got (CONTRACT, Demo content)."""
    for text in mailing.texts.all():
        readers = Subscription.objects.active().filter(language=text.language).order_by("email")
        for reader in recipients_at(readers.values_list("email", flat=True)[:1]).values():
            to_file(cast(text).message_to(reader, mail_id=uuid.uuid4(), at=timezone.now()))
