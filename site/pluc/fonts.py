"""The site's typefaces: subset to Latin and written as WOFF2 when static files are collected.

Both families are under the SIL Open Font License. The packages hold the full fonts; what a browser
gets is the alphabet of Europe and, of the serif, of Vietnam (names of participants!), figures,
punctuation and a few signs.
"""

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
# What names have beyond that, as far as a family has it in every weight that stands on paper.
MORE = {
    "sans": [
        *range(0x218, 0x21C),  # Romanian
        *(*range(0x300, 0x305), *range(0x306, 0x309), *range(0x30A, 0x30D), 0x312),  # accents
        *range(0x326, 0x329),
        *(*range(0x1E80, 0x1E86), 0x1EF2, 0x1EF3),  # Welsh
    ],
    "serif": [
        *(0x18F, 0x192, 0x1A0, 0x1A1, 0x1AF, 0x1B0),
        *(*range(0x1CD, 0x1DD), 0x1E6, 0x1E7, 0x1F8, 0x1F9),
        *range(0x218, 0x21C),
        *(*range(0x300, 0x305), *range(0x306, 0x30D), 0x31B, 0x323, 0x324),
        *(*range(0x326, 0x32A), 0x32E, 0x331),
        *(*range(0x1E0C, 0x1E10), 0x1E20, 0x1E21, 0x1E24, 0x1E25, 0x1E2A, 0x1E2B),
        *(*range(0x1E36, 0x1E3C), 0x1E3E, 0x1E3F, *range(0x1E42, 0x1E4A)),
        *(*range(0x1E5A, 0x1E64), *range(0x1E6C, 0x1E70), *range(0x1E80, 0x1E86)),
        *(0x1E8E, 0x1E8F, 0x1E92, 0x1E93, 0x1E97, *range(0x1EA0, 0x1EFA)),  # the last: Vietnamese
    ],
}
# What of `UNICODES` a family lacks.
LACKS = {
    "sans": [
        *(0xAD, 0x13F, 0x140, 0x149, 0x17F, *range(0x2010, 0x2013), 0x2016, 0x2017, 0x201B),
        *(0x201F, *range(0x2023, 0x2026), 0x202F, 0x2190, 0x2192, 0x2197, 0x2248, 0x2264, 0x2265),
        0x2713,
    ],
    "serif": [
        *(0x12C, 0x12D, 0x132, 0x133, 0x14A, 0x14B, 0x166, 0x167),
        *(0x2011, 0x2016, 0x2017, 0x201B, 0x201F, 0x2023, 0x2024, 0x202F),
    ],
}
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
    return hashlib.sha256(repr((SOURCES, UNICODES, MORE, FEATURES)).encode()).hexdigest()


def drawn_by(family: str) -> frozenset[int]:
    """The signs that a family has: "sans" or "serif"."""
    return frozenset(UNICODES).difference(LACKS[family]).union(MORE[family])


def _write(target: Path, package: str, file: str) -> Path:
    from fontTools.ttLib import TTFont  # slow to import

    if not target.exists():
        source = files(package) / "files" / file
        with source.open("rb") as stream, TTFont(stream, recalcTimestamp=False) as font:
            _subset(font)
            font.flavor = "woff2"
            font.save(target)
    return target


def _subset(font: "TTFont") -> None:
    from fontTools import subset

    options = subset.Options(
        layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*UNICODES, *MORE["sans"], *MORE["serif"]])
    subsetter.subset(font)
