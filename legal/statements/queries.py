"""Which edition visitors get. All of it is public; nothing of it depends on the visitor."""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _t
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation

from legal.statements.models import Edition, Recipient, VersionInForce, VersionPage
from pluc.content.tables import Table

# What the statement says of a recipient, in both languages.
RECIPIENT_TEXTS = ("name", "task", "data_groups", "place", "safeguard")


def edition_in_force(language: str, *, on: date | None = None) -> Edition | None:
    """The edition in force on a day (today), by the clock alone; `None` before the first."""
    editions = Edition.objects.in_language(language).without_files()
    return editions.in_force_on(on or timezone.localdate()).first()


def edition_of(version: str, language: str) -> Edition | None:
    """A version's edition, in force or not."""
    return Edition.objects.in_language(language).without_files().filter(version=version).first()


def history(language: str) -> list[Edition]:
    """All editions, newest first, with what a list shows."""
    editions = Edition.objects.in_language(language).defer("pdf", "text", "html", "tables")
    return list(editions.order_by("-version"))


def older_than(edition: Edition, editions: list[Edition]) -> Edition | None:
    """The edition before this one, of a history."""
    return next((one for one in editions if one.version < edition.version), None)


def whole_text(edition: Edition) -> str:
    """Everything that a reader reads of an edition, as HTML: introduction, points, text."""
    points = format_html_join("", "<li>{}</li>", ((point,) for point in edition.key_points))
    return format_html("<p>{}</p><ul>{}</ul>", edition.intro, points) + edition.html


def pdf_of(version: str, language: str) -> bytes | None:
    files = Edition.objects.in_language(language).filter(version=version)
    found = files.values_list("pdf", flat=True).first()
    return bytes(found) if found is not None else None


def drafts_of(page: VersionPage) -> dict[str, VersionPage]:
    """The latest revision of a version in every language that it is written in.

    A translation has the dates of its source: they are no text, and follow by themselves.
    """
    pages = VersionPage.objects.filter(translation_key=page.translation_key, alias_of=None)
    drafts = {p.locale.language_code: p.get_latest_revision_as_object() for p in pages}
    for translation in followers_of(page):
        source = drafts.get(translation.source.locale.language_code)
        target = drafts.get(translation.target_locale.language_code)
        if source and target:
            for name in ("date", "effective_from", "is_material"):
                setattr(target, name, getattr(source, name))
    return drafts


def followers_of(page: VersionPage) -> "QuerySet[Translation]":
    """The languages of a version that the translation screen fills."""
    made = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    return made.select_related("source__locale", "target_locale")


def newest_put_in_force() -> dict[str, VersionPage]:
    """The texts of the newest version that was put in force, by language; none before the first.

    It may come into force later: the next one has to come after it.
    """
    page = pages_in_force().order_by("-date").first()
    return drafts_of(page) if page else {}


def pages_in_force() -> PageQuerySet:
    """The pages of versions that were put in force, in every language."""
    keys = VersionInForce.objects.values("translation_key")
    return VersionPage.objects.filter(translation_key__in=keys)


def missing_languages(drafts: dict[str, VersionPage]) -> list[str]:
    return [str(name) for code, name in settings.LANGUAGES if code not in drafts]


def measuring_recipients() -> list[str]:
    """Who measures visits for us, as one text each: a change asks for consent again."""
    recipients = Recipient.objects.filter(measures_visits=True)
    fields = [f"{name}{suffix}" for name in RECIPIENT_TEXTS for suffix in ("", "_en")]
    return [" ".join(row) for row in recipients.values_list(*fields)]


def recipients_table() -> Table:
    """Who gets what, for what, where, under which safeguard, in the active language (P32)."""
    return Table(
        caption=_t("Who gets data from us"),
        head=[_t("Who"), _t("What for"), _t("Which data"), _t("Where"), _t("Safeguard")],
        rows=[
            [recipient.text(name) or _t("none needed") for name in RECIPIENT_TEXTS]
            for recipient in Recipient.objects.all()
        ],
    )
