"""One word for a thing: a place at a meeting is a *plek*; *plaats* is where it is."""

import re
from pathlib import Path

from tests.run import ROOT

SEATS = re.compile(
    r"\b(plaatsen (?:vrij|over|bezet|verdeeld|beschikbaar)|\d+ plaats(?:en)?\b|losse plaatsen"
    r"|geen plaats\b|nog plaats\b|er plaats is|plaats is vrij|een plaats (?:voor|vrij|vast|,))"
    r"|^Plaatsen$",
    re.IGNORECASE | re.MULTILINE,
)
TEXT = re.compile(r'^(?:msgstr(?:\[\d\])? )?"(.*)"$', re.MULTILINE)


def dutch_texts() -> dict[Path, str]:
    """What people read in Dutch: the catalogue's translations, and texts of the demo."""
    catalogue = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    texts = {catalogue: "\n".join(TEXT.findall(catalogue.read_text(encoding="utf-8")))}
    for folder in ("home/demo/content", "legal/statements/demo", "legal/consent"):
        for path in (ROOT / folder).rglob("*.yaml"):
            texts[path] = path.read_text(encoding="utf-8")
    return texts


def test_a_place_at_a_meeting_is_a_plek():
    found = {path.name: SEATS.findall(text) for path, text in dutch_texts().items()}
    assert {name: words for name, words in found.items() if words} == {}
