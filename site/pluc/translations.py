"""Compiled translations, made from `locale/` without gettext on the machine."""

from pathlib import Path

import polib


def compile_messages(folder: Path) -> list[Path]:
    """Writes a `.mo` beside every `.po` under `folder` that is newer; returns those written."""
    written = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written
