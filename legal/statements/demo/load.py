"""The demo's two versions: an example after the statement of 16 May 2018, and today's.

Each is put in force as an editor would, ahead of its day, with the recipients of that day.
"""

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from wagtail.models import Locale, Page

from legal.consent.services import archive_question
from legal.statements.models import Edition, Recipient, StatementPage, VersionPage
from legal.statements.services import put_in_force
from pluc.periods import NOTICE

FOLDER = Path(__file__).parent
FIRST = "2018-05-16"
CURRENT = "current"
CURRENT_IS_OLD = timedelta(days=30)
KEYS = uuid.uuid5(uuid.NAMESPACE_URL, "https://pluc.example/demo/statement")
TITLES = {"nl": "Privacyverklaring", "en": "Privacy statement"}
REGISTRY_TABLES = {"recipients", "cookies", "retention"}


def load_statement(homes: dict[str, Page]) -> None:
    """Pages, recipients and editions, below the home pages by language. Does nothing twice."""
    if Edition.objects.exists():
        return
    parents = {code: plant_statement(home, code) for code, home in homes.items()}
    for key, day in (
        (FIRST, date.fromisoformat(FIRST)),
        (CURRENT, timezone.localdate() - CURRENT_IS_OLD),
    ):
        load_recipients(key)
        archive_question()
        pages = {code: plant_version(parent, code, key, day) for code, parent in parents.items()}
        put_in_force(page=pages["nl"], by=None, today=day - NOTICE)


def plant_statement(home: Page, language: str) -> StatementPage:
    page = StatementPage(
        title=TITLES[language],
        slug="privacyverklaring",
        locale=Locale.objects.get(language_code=language),
        translation_key=uuid.uuid5(KEYS, "statement"),
    )
    home.add_child(instance=page)
    return page


def plant_version(parent: StatementPage, language: str, key: str, day: date) -> VersionPage:
    """A version's page in a language, as a draft with one revision."""
    texts = yaml.safe_load((FOLDER / language / f"{key}.yaml").read_text(encoding="utf-8"))
    page = VersionPage(
        title=texts["title"],
        slug=day.isoformat(),
        locale=parent.locale,
        translation_key=uuid.uuid5(KEYS, key),
        live=False,
        intro=texts["intro"],
        date=day,
        effective_from=day,
        is_material=texts["is_material"],
        summary=texts["summary"],
        key_points=[{"type": "point", "value": point} for point in texts["key_points"]],
        body=[as_block(entry) for entry in texts["body"]],
    )
    parent.add_child(instance=page)
    page.save_revision()
    return page


def as_block(entry: dict[str, Any]) -> dict[str, Any]:
    """A one-key dict as StreamField data."""
    kind, value = next(iter(entry.items()))
    if kind in REGISTRY_TABLES:
        return {"type": "registry_table", "value": {"table": kind}}
    if kind == "heading":
        value = value | {"level": str(value["level"])}
    return {"type": kind, "value": value}


def load_recipients(key: str) -> None:
    """The recipients as they were with a version, in place of those before."""
    rows = yaml.safe_load((FOLDER / "recipients.yaml").read_text(encoding="utf-8"))[key]
    Recipient.objects.all().delete()
    Recipient.objects.bulk_create(
        Recipient(position=position, measures_visits=row["key"] == "google", **bilingual(row))
        for position, row in enumerate(rows)
    )


def bilingual(row: dict[str, Any]) -> dict[str, str]:
    names = ("name", "task", "data_groups", "place", "safeguard")
    dutch = {name: row[name]["nl"] for name in names}
    return dutch | {f"{name}_en": row[name]["en"] for name in names}
