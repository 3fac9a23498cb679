"""The first texts: what this software's own cookies do. Installed once, then edited by people."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from legal.consent.models import BarTexts, Group, SetCookie
from legal.consent.services import archive_question

FILE = Path(__file__).parent / "texts.yaml"


def install_texts(**kwargs: Any) -> None:
    """Fills empty tables, and archives the question. Runs after every migration.

    Where people have edited the texts, a release may still have changed the life of a cookie.
    """
    with transaction.atomic():
        if not Group.objects.exists():
            texts = yaml.safe_load(FILE.read_text(encoding="utf-8"))
            install_bar(texts["bar"])
            for position, group in enumerate(texts["groups"]):
                install_group(group, position)
        archive_question()


def install_bar(bar: dict[str, dict[str, str]]) -> None:
    BarTexts.objects.create(
        heading=bar["nl"]["heading"],
        heading_en=bar["en"]["heading"],
        sentence=bar["nl"]["sentence"],
        sentence_en=bar["en"]["sentence"],
    )


def install_group(group: dict[str, Any], position: int) -> None:
    row = Group.objects.create(
        varname=group["key"],
        is_required=group["required"],
        is_deletable=not group["required"],
        ordering=position,
        name=group["name"]["nl"],
        name_en=group["name"]["en"],
        description=group["description"]["nl"],
        description_en=group["description"]["en"],
    )
    for cookie in group["cookies"]:
        SetCookie.objects.create(
            cookiegroup=row,
            name=cookie["name"],
            domain=cookie["domain"],
            provider=cookie["provider"],
            description=cookie["description"]["nl"],
            description_en=cookie["description"]["en"],
            lifetime=cookie["lifetime"]["nl"],
            lifetime_en=cookie["lifetime"]["en"],
        )
