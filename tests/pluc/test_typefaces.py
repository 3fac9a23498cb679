"""Our typefaces have the signs that we say, and are made anew when those change."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pluc import fonts
from tests import built_assets

WEIGHTS = {"sans": ("sans-500", "sans-700"), "serif": ("serif-400", "serif-600")}


def signs_of(path: Path) -> set[int]:
    with TTFont(path) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("family", fonts.MORE)
def test_a_family_has_the_signs_that_it_says_and_no_other(family: str):
    """Else a document would have holes, or show a reading of a name that it could write."""
    weights = [
        signs_of(built_assets.folder() / "fonts" / f"{one}.woff2") for one in WEIGHTS[family]
    ]
    assert set.intersection(*weights) == fonts.drawn_by(family)
    assert {*"șțȘȚŵŷéßœ€"} <= {chr(sign) for sign in fonts.drawn_by(family)}


def test_typefaces_are_made_anew_when_their_signs_change(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(fonts, "SOURCES", {"sans-500": fonts.SOURCES["sans-500"]})
    (path,) = fonts.build(tmp_path / "fonts")
    first = path.stat().st_mtime_ns
    fonts.build(tmp_path / "fonts")
    assert path.stat().st_mtime_ns == first, "the same signs: it stays"
    monkeypatch.setattr(fonts, "UNICODES", [*range(0x20, 0x7F)])
    fonts.build(tmp_path / "fonts")
    assert 0xE9 not in signs_of(path)
