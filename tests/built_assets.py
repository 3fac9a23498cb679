"""The stylesheet and the fonts cut to our alphabet, made once for all processes that test."""

import hashlib
import shutil
from pathlib import Path

from pluc import assets
from tests.databases import forget_old, one_at_a_time
from tests.run import CACHE, ROOT


def folder() -> Path:
    """What `pluc.assets` would make in each `DATA_DIR`: cutting fonts takes four seconds."""
    sources = (ROOT / "site/pluc/fonts.py", ROOT / "requirements.txt")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    target = CACHE / f"assets-{digest[:16]}"
    with one_at_a_time("assets"):
        assets.build_stylesheet(ROOT / "static", target)
        if not (target / "fonts").exists():
            from pluc import fonts

            fonts.build(target / "draft")
            (target / "draft").rename(target / "fonts")
            forget_old("assets-*")
    return target


def copy_into(data_dir: Path) -> None:
    """Gives a `DATA_DIR` what a start would make in it."""
    shutil.copytree(folder(), data_dir / "assets")
