"""Static files that are built, not stored: one stylesheet, and fonts subset to our alphabet.

They are made when static files are collected or looked up, and only when their sources changed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

STYLESHEET = "css/site.css"
STYLESHEET_PARTS = "css/site.css.list"


def build_stylesheet(source: Path, target: Path) -> None:
    """Joins the parts that `site.css.list` names, in its order, into `css/site.css`."""
    names = (source / STYLESHEET_PARTS).read_text().split()
    text = "\n".join((source / name).read_text().strip() for name in names) + "\n"
    path = target / STYLESHEET
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def build(target: Path) -> None:
    """Makes every built file under `target` that is missing or out of date."""
    from pluc import fonts  # imported when needed, for the sake of a quick start

    build_stylesheet(settings.ROOT_STATIC, target)
    fonts.build(target / "fonts")


class BuiltAssetsFinder(BaseFinder):
    """Lets `collectstatic` and the development server find what `build` makes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.ASSETS_DIR)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        build(settings.ASSETS_DIR)
        found = self.storage.exists(path)
        match = str(settings.ASSETS_DIR / path)
        if find_all:
            return [match] if found else []
        return match if found else []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        build(settings.ASSETS_DIR)
        for path in sorted(settings.ASSETS_DIR.rglob("*")):
            name = path.relative_to(settings.ASSETS_DIR).as_posix()
            if path.is_file() and not matches_patterns(name, ignore_patterns):
                yield name, self.storage


def add_headers(headers: dict[str, str], path: str, url: str) -> None:
    """Lets other sites embed our static files (STANDARDS 6.3); WhiteNoise calls it for each.

    The worker that keeps pages of the portal may do so at addresses above its own.
    """
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    if "/js/kept_pages." in url:
        headers["Service-Worker-Allowed"] = "/"
