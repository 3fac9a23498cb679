"""Issues as colleagues see them: how far each is, its drafts, who made it, and who gets it."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import translation
from wagtail.models import Revision
from wagtail.query import PageQuerySet
from wagtail_localize.models import StringTranslation, Translation

from portal.newsletter.models import IssuePage, Mailing, MailingStep, Subscription


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


def pages_that_stay() -> PageQuerySet:
    """The pages of issues that were submitted or sent, in every language."""
    mailings = Mailing.objects.exclude(state=Mailing.State.DRAFT)
    return IssuePage.objects.filter(translation_key__in=mailings.values("issue_key"))


def issue_with_id(*, page_id: int) -> IssuePage | None:
    return IssuePage.objects.filter(pk=page_id, alias_of=None).select_related("locale").first()


def drafts_of(page: IssuePage) -> dict[str, IssuePage]:
    """The last draft of an issue in every language that it is written in, the source first."""
    pages = IssuePage.objects.filter(translation_key=page.translation_key, alias_of=None)
    found = pages.select_related("locale").order_by("pk")
    return {one.locale.language_code: draft_of(one) for one in found}


def draft_of(page: IssuePage) -> IssuePage:
    """The last draft of a page, with the pages that it names in its own language."""
    draft: IssuePage = page.get_latest_revision_as_object()
    with translation.override(page.locale.language_code):
        for block in draft.body:
            block.value  # noqa: B018  looked up when it is first read, in the active language
    return draft


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


# --- An issue among the staff screens ------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Issue:
    """An issue as colleagues see it: its first page, its way out if it has one, who made it."""

    page: IssuePage
    mailing: Mailing | None
    makers: frozenset[int]

    @property
    def pk(self) -> int:
        return int(self.page.pk)

    @property
    def state(self) -> str:
        return self.mailing.state if self.mailing else Mailing.State.DRAFT

    @property
    def state_label(self) -> str:
        return str(Mailing.State(self.state).label)

    @property
    def is_judged(self) -> bool:
        """Whether it still has to be approved, so that what stands in its way is of use."""
        return self.state in {"draft", "submitted"}

    @property
    def is_open(self) -> bool:
        """Whether it has not begun to go out."""
        return self.state in {"draft", "submitted", "scheduled"}


def issue_to_show(*, page_id: int) -> Issue | None:
    page = issue_with_id(page_id=page_id)
    if page is None:
        return None
    return Issue(page=page, mailing=page.mailing, makers=frozenset(makers_of(page)))


def waiting_for_approval() -> "QuerySet[Mailing]":
    return Mailing.objects.filter(state=Mailing.State.SUBMITTED)
