"""Makes versions of the statement as an editor would, and puts them in force."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from legal.statements.models import Edition, Recipient, StatementPage, VersionPage
from legal.statements.services import put_in_force
from tests.factories import PageFactory, home_page

SENTENCE = {
    "nl": "We bewaren je naam, zodat je certificaat op de goede naam staat.",
    "en": "We keep your name, so that your certificate carries the right one.",
}


class StatementPageFactory(PageFactory):
    class Meta:
        model = StatementPage

    title = "Privacyverklaring"
    slug = "privacyverklaring"


class VersionPageFactory(PageFactory):
    """A draft of a version, without a date, that lacks nothing else."""

    class Meta:
        model = VersionPage

    title = "Privacyverklaring PLUC!"
    slug = "versie"
    live = False
    summary = "Wat er nieuw is."
    intro = "Je gegevens zijn van jou."


def statement_page(language: str = "nl") -> StatementPage:
    """Where the statement stands in a language; made if it is not there yet."""
    home = home_page(language)
    existing = StatementPage.objects.child_of(home).first()
    if existing is None and language != "nl":
        return StatementPageFactory(parent=home, translation_key=statement_page().translation_key)
    return existing or StatementPageFactory(parent=home)


def text_of(language: str, *sentences: str) -> list[dict[str, Any]]:
    """A body: a heading, paragraphs, and the table of recipients."""
    paragraphs = [f"<p>{sentence}</p>" for sentence in sentences or (SENTENCE[language],)]
    return [
        {"type": "heading", "value": {"level": "2", "text": "Wat we bewaren"}},
        {"type": "text", "value": "".join(paragraphs)},
        {"type": "registry_table", "value": {"table": "recipients"}},
    ]


def write_version(
    day: date | None, *, languages: Iterable[str] = ("nl", "en"), **fields: Any
) -> dict[str, VersionPage]:
    """Drafts of a version, by language, dated and in force from `day` unless told otherwise."""
    slug = day.isoformat() if day else "versie"
    defaults = {"slug": slug, "date": day, "effective_from": day}
    pages: dict[str, VersionPage] = {}
    for language in languages:
        own = {"body": text_of(language)} | fields
        if pages:
            own["translation_key"] = next(iter(pages.values())).translation_key
        page = VersionPageFactory(parent=statement_page(language), **(defaults | own))
        page.save_revision()
        pages[language] = page
    return pages


def put_version_in_force(day: date, **fields: Any) -> dict[str, Edition]:
    """A version that was put in force on `day`, as its editions by language."""
    page = write_version(day, **fields)["nl"]
    editions = put_in_force(page=page, by=None, today=day)
    return {edition.language: edition for edition in editions}


def days_from_now(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def translate_all(translation: Translation) -> None:
    """Translates every piece, as on the translation screen."""
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"EN {segment.string.data}"},
        )


def revise(page: Page, **fields: Any) -> None:
    """Saves a draft of a page with other texts."""
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()


def make_recipient(**fields: Any) -> Recipient:
    texts = {
        "name": "Bizway",
        "task": "Bewaart de database",
        "data_groups": "Alle gegevens",
        "place": "Nederland",
        "safeguard": "",
    }
    english = {
        "name_en": "Bizway",
        "task_en": "Hosts the database",
        "data_groups_en": "All data",
        "place_en": "The Netherlands",
    }
    return Recipient.objects.create(**(texts | english | fields))


class EditionFactory(DjangoModelFactory):
    """An edition without the work of making one: a version of `day`, with a PDF in name only."""

    class Meta:
        model = Edition

    class Params:
        day = date(2018, 5, 16)

    version = factory.LazyAttribute(lambda edition: edition.day.isoformat())
    effective_from = factory.SelfAttribute("day")
    language = "nl"
    title = "Privacyverklaring PLUC!"
    intro = "Je gegevens zijn van jou."
    summary = "Wat er nieuw is."
    key_points = ["We verkopen niets."]
    is_material = True
    text = factory.LazyAttribute(lambda edition: text_of(edition.language))
    html = factory.LazyAttribute(lambda edition: f"<p>{SENTENCE[edition.language]}</p>")
    tables = factory.Dict({})
    pdf = b"%PDF-1.7"
    sha256 = "0" * 64


def make_editions(day: date, **fields: Any) -> dict[str, Edition]:
    """A version's editions, by language, quickly made."""
    return {code: EditionFactory(day=day, language=code, **fields) for code in ("nl", "en")}
