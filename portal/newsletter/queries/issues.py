"""Issues as visitors and colleagues see them: those sent, their texts, drafts, and who made them."""

import uuid

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation, Translation

from portal.newsletter.models import IssuePage, Mailing, MailingStep, MailingText, Subscription
from portal.newsletter.on_site import content_of

ON_LIST = 60  # issues; five years of them


def sent_issues(locale_id: int) -> "list[IssuePage]":
    """Those that everybody has got, in a language, the newest first."""
    issues = IssuePage.objects.live().filter(locale_id=locale_id)
    shown = issues.defer("body", "search_description", "intro").select_related("locale")
    return list(shown.order_by("-first_published_at", "-pk")[:ON_LIST])


def text_of(page: IssuePage) -> MailingText | None:
    """What was sent of an issue, in the language of its page."""
    language = page.locale.language_code
    texts = MailingText.objects.filter(mailing__issue_key=page.translation_key, language=language)
    return texts.first()


def shown_text(page: IssuePage) -> SafeString | None:
    """The content of what was sent, for the site; nothing where nothing was sent."""
    text = text_of(page)
    return content_of(text.html) if text else None


def drafted_text(page: IssuePage) -> SafeString:
    """The content of a draft as it would stand on the site."""
    from portal.newsletter.rendering import render

    return content_of(render(page).html)


def issues_to_list() -> "QuerySet[IssuePage]":
    """One line for each issue: its first page, with how far it is; the newest first."""
    mailings = Mailing.objects.filter(issue_key=OuterRef("translation_key"))
    first = IssuePage.objects.filter(translation_key=OuterRef("translation_key")).order_by("pk")
    issues = IssuePage.objects.filter(pk=Subquery(first.values("pk")[:1]), alias_of=None)
    known = {
        name: Subquery(mailings.values(column)[:1])
        for name, column in {
            "mailing_state": "state",
            "goes_at": "starts_at",
            "recipients": "queued",
        }.items()
    }
    return issues.annotate(**known).select_related("locale").order_by("-date", "-pk")


def issue_with_id(*, page_id: int) -> IssuePage | None:
    return IssuePage.objects.filter(pk=page_id, alias_of=None).select_related("locale").first()


def drafts_of(page: IssuePage) -> dict[str, IssuePage]:
    """The last draft of an issue in every language that it is written in, the source first."""
    pages = IssuePage.objects.filter(translation_key=page.translation_key, alias_of=None)
    drafts: dict[str, IssuePage] = {}
    for one in pages.select_related("locale").order_by("pk"):
        drafts[one.locale.language_code] = one.get_latest_revision_as_object()
    return drafts


def followers_of(page: IssuePage) -> "QuerySet[Translation]":
    """The languages of an issue that the translation screen fills."""
    made = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    return made.select_related("source__locale", "target_locale")


def makers_of(page: IssuePage) -> set[int]:
    """The users who worked on an issue in any language, or submitted it: none may approve it."""
    pages = IssuePage.objects.filter(translation_key=page.translation_key)
    numbers = [str(pk) for pk in pages.values_list("pk", flat=True)]
    wrote = Revision.page_revisions.filter(object_id__in=numbers)
    translated = StringTranslation.objects.filter(context__object_id=page.translation_key)
    mailings = Mailing.objects.filter(issue_key=page.translation_key)
    found = {
        *wrote.values_list("user", flat=True),
        *pages.values_list("owner", flat=True),
        *translated.values_list("last_translated_by", flat=True),
        *mailings.values_list("submitted_by", flat=True),
    }
    return {number for number in found if number is not None}


def recipients_by_language() -> dict[str, int]:
    """How many subscribe now, by the language that they chose."""
    counted = Subscription.objects.active().values_list("language").annotate(Count("pk"))
    return dict(counted.order_by("language"))


def steps_of(*, issue_key: uuid.UUID) -> "QuerySet[MailingStep]":
    """Who did what with an issue, oldest first."""
    steps = MailingStep.objects.filter(mailing__issue_key=issue_key)
    return steps.select_related("by__person")
