"""Putting a sent issue on the site: its pages become live when everybody has got it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.signals import page_published

from pluc.generation import renew_on_commit
from portal.newsletter.models import IssuePage, Mailing


@transaction.atomic
def publish_issue(mailing: Mailing) -> None:
    """Makes the pages of an issue live, in every language that it was sent in.

    For whoever sends: call it once the mailing is stored as sent. Each page gets the text of its
    last draft, for search, and shows what was sent. A second time nothing changes.
    """
    languages = list(mailing.texts.values_list("language", flat=True))
    pages = IssuePage.objects.filter(
        translation_key=mailing.issue_key, locale__language_code__in=languages, live=False
    )
    # All are stored before any is announced: a page that is announced brings along the drafts
    # of those that follow it and that nobody can read yet, and these are closed.
    drafts = [put_on_site(page, mailing.ended_at or timezone.now()) for page in pages]
    for draft in drafts:
        page_published.send(sender=IssuePage, instance=draft, revision=draft.latest_revision)
    renew_on_commit()


def put_on_site(page: IssuePage, sent_at: datetime) -> IssuePage:
    draft = page.get_latest_revision_as_object()
    draft.live, draft.has_unpublished_changes = True, False
    draft.first_published_at = draft.last_published_at = sent_at
    draft.live_revision_id = page.latest_revision_id
    draft.draft_title = draft.title
    draft.save(clean=False)
    log(instance=draft, action="wagtail.publish")
    return draft
