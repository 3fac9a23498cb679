"""How to block cookies, per browser (P36)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "browsers.yaml"


@dataclass(frozen=True)
class Browser:
    name: str
    text: str
    link: str


@cache
def entries() -> list[dict[str, Any]]:
    return list(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def browsers_in(language: str) -> list[Browser]:
    """Each browser with its steps in a language, and its maker's page where we know it."""
    return [Browser(e["name"], e[language], e.get("link", "")) for e in entries()]
