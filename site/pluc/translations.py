"""Compiled translations, made from `locale/` without gettext on the machine."""

import os
from pathlib import Path

import polib
from django.utils.translation.reloader import translation_file_changed


def compile_messages(folder: Path) -> list[Path]:
    """Writes a `.mo` beside every `.po` under `folder` that is newer; returns those written.

    Whole or not at all: another process may be reading. What this process loaded before is
    forgotten, or it and all that it starts would go on without.
    """
    written = []
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            draft = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.replace(target)
            translation_file_changed(sender=None, file_path=target)
            written.append(target)
    return written
