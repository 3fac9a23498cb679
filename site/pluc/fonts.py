"""The site's typefaces: subset to Latin and written as WOFF2 when static files are collected.

Both families are under the SIL Open Font License. The packages hold the full fonts; what a browser
gets is the alphabet of Western and Central Europe (names of participants!), figures, punctuation
and a few signs.
"""

import hashlib
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# file to write -> package, file in it
SOURCES = {
    "sans-500": ("font_rhd", "RedHatDisplay-Medium.ttf"),
    "sans-700": ("font_rhd", "RedHatDisplay-Bold.ttf"),
    "sans-900": ("font_rhd", "RedHatDisplay-Black.ttf"),
    "serif-400": ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    "serif-400-italic": ("font_source_serif_pro", "SourceSerifPro-It.otf"),
    "serif-600": ("font_source_serif_pro", "SourceSerifPro-Semibold.otf"),
}
UNICODES = [
    *range(0x20, 0x7F),  # Basic Latin
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A
    *(0x1E9E, 0x2BC, 0x2C6, 0x2DA, 0x2DC),  # capital sharp s, modifier letters
    *range(0x2010, 0x2027),  # dashes, quotation marks, bullet, ellipsis
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044),
    *(
        0x20AC,
        0x2122,
        0x2190,
        0x2191,
        0x2192,
        0x2193,
        0x2197,
        0x2212,
        0x2248,
        0x2260,
        0x2264,
        0x2265,
        0x2713,
    ),
]
FEATURES = [
    "ccmp",
    "locl",
    "kern",
    "mark",
    "mkmk",
    "liga",
    "case",
    "lnum",
    "pnum",
    "tnum",
    "sups",
    "ordn",
]


# Beside the folder: of what the files in it were made. Its dot keeps it out of what is served.
MADE_OF = ".typefaces"


def build(destination: Path) -> list[Path]:
    """Writes the WOFF2 files into `destination`; those of the same signs stay. Returns paths."""
    destination.mkdir(parents=True, exist_ok=True)
    made_of, now = destination.parent / MADE_OF, fingerprint()
    if not made_of.exists() or made_of.read_text() != now:
        for path in destination.glob("*.woff2"):
            path.unlink()
    paths = [_write(destination / f"{name}.woff2", *source) for name, source in SOURCES.items()]
    made_of.write_text(now)
    return paths


def fingerprint() -> str:
    """Changes with the signs, the features and the families."""
    return hashlib.sha256(repr((SOURCES, UNICODES, FEATURES)).encode()).hexdigest()


def _write(target: Path, package: str, file: str) -> Path:
    if not target.exists():
        source = files(package) / "files" / file
        with source.open("rb") as stream, TTFont(stream, recalcTimestamp=False) as font:
            _subset(font)
            font.flavor = "woff2"
            font.save(target)
    return target


def _subset(font: TTFont) -> None:
    options = subset.Options(
        layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=UNICODES)
    subsetter.subset(font)
