"""The pieces that a version is translated in, and those that a translation still lacks.

A piece is what the translation screen shows as one: a title, a paragraph, a cell. What was
translated once, in any version, is known by its text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from rapidfuzz import process
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.types import StringSegmentValue

from legal.statements.models import VersionPage

BLOCK_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

OTHER_TAGS = re.compile(r"<(/?)(strong|em)>")
SHORT = {"strong": "b", "em": "i"}
ALIKE = 50  # of 100: half of a text was kept when it was changed


@dataclass(frozen=True)
class Piece:
    """A text of a draft, and the place that it stands at, as the translation screen names it."""

    path: str
    text: str
    # What the translation said there before the text was changed.
    earlier: str = ""

    @property
    def is_said_in_words(self) -> bool:
        """Whether there is anything to translate: a number or a date is the same everywhere."""
        return any(character.isalpha() for character in self.text)


def as_written(text: str) -> str:
    """A text as it is compared: the page's editor writes the same emphasis with other tags."""
    return " ".join(OTHER_TAGS.sub(lambda tag: f"<{tag[1]}{SHORT[tag[2]]}>", text).split())


class Known:
    """What has been translated into a language: in this version by place, in any by text alone."""

    def __init__(self, version: UUID, locale: Locale) -> None:
        rows = StringTranslation.objects.filter(
            locale=locale,
            has_error=False,
            context__object_id__in=VersionPage.objects.values("translation_key"),
        ).order_by("updated_at")
        self.at: dict[tuple[str, str], str] = {}
        self.anywhere: dict[str, str] = {}
        names = ("context__object_id", "context__path", "translation_of__data", "data")
        for key, path, text, data in rows.values_list(*names):
            self.anywhere[as_written(text)] = data
            if key == version:
                self.at[path, text] = data

    def learn(self, translations: Mapping[str, str]) -> None:
        """Adds translations by the text that they are of."""
        self.anywhere |= {as_written(text): data for text, data in translations.items()}

    def get(self, piece: Piece) -> str:
        """The translation of a piece; empty where nobody translated it."""
        if not piece.is_said_in_words:
            return piece.text
        at_its_place = self.at.get((piece.path, piece.text))
        return at_its_place or self.anywhere.get(as_written(piece.text), "")


def pieces_of(draft: VersionPage) -> list[Piece]:
    """The pieces of a draft, in the order of the page."""
    found = (part for part in extract_segments(draft) if isinstance(part, StringSegmentValue))
    return [Piece(part.path, part.string.data) for part in found]


class Before:
    """What a version's language said at each place when it was brought up to date last."""

    def __init__(self, draft: VersionPage, known: Known) -> None:
        now = {(piece.path, piece.text) for piece in pieces_of(draft)}
        rows = StringSegment.objects.filter(source__object_id=draft.translation_key)
        self.gone: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for place in rows.values_list("context__path", "string__data"):
            if place in known.at and place not in now:
                self.gone[place[0]][place[1]] = known.at[place]

    def translation_like(self, piece: Piece) -> str:
        """The translation of the text that a piece was changed from; empty where none is."""
        texts = self.gone[piece.path]
        found = process.extractOne(piece.text, texts.keys(), score_cutoff=ALIKE)
        return texts[found[0]] if found else ""


def untranslated(draft: VersionPage, locale: Locale) -> list[Piece]:
    """The pieces of a draft that nobody has translated into a language."""
    known = Known(draft.translation_key, locale)
    lacking = [piece for piece in pieces_of(draft) if not known.get(piece)]
    if not lacking:
        return []
    before = Before(draft, known)
    return [replace(piece, earlier=before.translation_like(piece)) for piece in lacking]


# --- Two languages side by side ------------------------------------------------------------------


def side_by_side(source: VersionPage, target: VersionPage) -> list[tuple[str, str]]:
    """The texts of two languages that stand at the same place, in fields that are built alike."""
    ours, theirs = by_field(source), by_field(target)
    return [
        (piece.text, other.text)
        for name, pieces in ours.items()
        if shape(pieces) == shape(theirs[name])
        for piece, other in zip(pieces, theirs[name], strict=True)
    ]


def by_field(draft: VersionPage) -> defaultdict[str, list[Piece]]:
    fields: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces_of(draft):
        fields[piece.path.partition(".")[0]].append(piece)
    return fields


def shape(pieces: Iterable[Piece]) -> list[str]:
    """The places of pieces, with the blocks numbered: in each language they have other ids."""
    numbers: dict[str, str] = {}
    return [
        BLOCK_ID.sub(lambda found: numbers.setdefault(found[0], str(len(numbers))), piece.path)
        for piece in pieces
    ]


def same_in_both(source: VersionPage, target: VersionPage) -> list[str]:
    """The texts that are, word for word, the same in two languages."""
    pairs = side_by_side(source, target)
    texts = (one for one, other in pairs if one.strip() == other.strip())
    return [text for text in dict.fromkeys(texts) if Piece("", text).is_said_in_words]
