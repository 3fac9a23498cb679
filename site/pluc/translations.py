"""Compiled translations, made from `locale/` without gettext on the machine."""

import os
from pathlib import Path

import polib
from django.utils.translation.reloader import translation_file_changed


def compile_messages(folder: Path) -> list[Path]:
    """Writes a `.mo` beside every `.po` under `folder` that is newer; returns those written.

    Each file appears complete, since another process may be reading it. Translations that this
    process has loaded are dropped, so that it loads the new ones.
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
