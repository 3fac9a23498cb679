"""Reads the demo's texts (YAML) and turns their bodies into StreamField data."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from wagtail.models import Page

from pluc.content.models import Picture

FOLDER = Path(__file__).parent / "content"
PAGE_LINK = re.compile(r'href="page:([\w/-]+)"')
HEADERS = {"first-row": "row", "first-column": "column", "both": "both"}

Texts = dict[str, Any]


def read(name: str) -> Texts:
    """One file under `content/`, by its path without `.yaml`."""
    return dict(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def post_keys() -> list[str]:
    return sorted(path.stem for path in (FOLDER / "nl" / "posts").glob("*.yaml"))


class BodyWriter:
    """Writes bodies in one language, where every page and picture has a key."""

    def __init__(self, pages: dict[str, Page], pictures: dict[str, Picture]) -> None:
        self.pages = pages
        self.pictures = pictures
        self.writers: dict[str, Callable[[Any], Any]] = {
            "heading": lambda value: {"level": str(value["level"]), "text": value["text"]},
            "text": self.html,
            "picture": self.picture,
            "quote": lambda value: value,
            "button": self.with_link,
            "call_to_action": self.with_link,
            "cards": lambda value: {"cards": [self.with_link(card) for card in value]},
            "questions": self.questions,
            "table": self.table,
            "video": lambda value: value,
        }

    def body(self, blocks: list[Texts]) -> list[Texts]:
        """StreamField data for a list of one-key dicts."""
        return [
            {"type": kind, "value": self.writers[kind](value)}
            for block in blocks
            for kind, value in block.items()
        ]

    def html(self, text: str) -> str:
        """Rich text as Wagtail stores it: links to pages by id."""

        def stored(match: re.Match[str]) -> str:
            return f'linktype="page" id="{self.pages[match[1]].pk}"'

        return PAGE_LINK.sub(stored, text.strip())

    def link(self, address: str) -> Texts:
        kind, _, key = address.partition(":")
        if kind == "page":
            return {"page": self.pages[key].pk, "url": ""}
        return {"page": None, "url": address}

    def with_link(self, value: Texts) -> Texts:
        address = value.get("link")
        link = self.link(address) if address else {"page": None, "url": ""}
        return {**value, "link": link}

    def questions(self, value: list[Texts]) -> Texts:
        rows = [{"question": v["question"], "answer": self.html(v["answer"])} for v in value]
        return {"questions": rows}

    def table(self, value: Texts) -> Texts:
        rows = [" | ".join(str(cell) for cell in row) for row in value["rows"]]
        header = HEADERS[value.get("header", "first-row")]
        return {"caption": value["caption"], "header": header, "cells": "\n".join(rows)}

    def picture(self, value: Texts) -> Texts:
        alt = value.get("alt", "")
        picture = {
            "image": self.pictures[value["picture"]].pk,
            "alt_text": alt,
            "decorative": not alt,
        }
        return {"picture": picture, "caption": value.get("caption", "")}
