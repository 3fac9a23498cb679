"""Which columns hold the three fields: guessed by their headings, remembered, or asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from pluc.documents.uploaded import Line
from pluc.folding import plain


class Part(models.TextChoices):
    """What a column can hold of what we store."""

    FIRST = "first", _("First name")
    BETWEEN = "between", _("Tussenvoegsel (such as “van der”)")
    LAST = "last", _("Last name")
    WHOLE = "whole", _("Whole name in one column")
    EMAIL = "email", _("E-mail address")


class NameOrder(models.TextChoices):
    """How a whole name is written in one column."""

    FIRST_LAST = "first last", _("Saar de Vries")
    LAST_FIRST = "last, first", _("Vries, Saar de")


# As people write them above their columns, in small letters without what stands between.
HEADINGS = {
    Part.FIRST: "voornaam voornamen roepnaam firstname givenname forename vn",
    Part.BETWEEN: "tussenvoegsel tussenvoegsels tussenv tv voorvoegsel voorvoegsels infix prefix",
    Part.LAST: "achternaam familienaam geslachtsnaam lastname surname familyname an",
    Part.WHOLE: "naam name volledigenaam fullname naamdeelnemer deelnemer cursist participant",
    Part.EMAIL: "email emailadres mail mailadres emailaddress emaildeelnemer emailzakelijk",
}
WORDS = {word: part for part, words in HEADINGS.items() for word in words.split()}
NO_LETTER = re.compile(r"[^a-z]")
LOOKED_AT = 10  # lines among which the headings stand: exports have a title above them
Places = Mapping[Part, int]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The places of the columns in a line, and how a whole name is written in one of them."""

    places: Places
    name_order: str = ""

    def place(self, part: Part) -> int | None:
        return self.places.get(part)

    @property
    def is_whole(self) -> bool:
        """Whether there is an address, and a name in a way that leaves nothing to guess."""
        has_name = Part.LAST in self.places or (Part.WHOLE in self.places and self.name_order)
        return Part.EMAIL in self.places and bool(has_name)


@dataclass(frozen=True, kw_only=True)
class Guess:
    """The headings of a file, where its rows begin, and what each column probably holds."""

    head: tuple[str, ...]
    rows: Sequence[Line]
    columns: Columns
    # Nothing needs to be asked: each part was found once, or stood so in the last file.
    is_clear: bool


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """The headings of an organisation's last file."""

    headings: Mapping[str, str] = field(default_factory=dict)
    name_order: str = ""


def guess(lines: Sequence[Line], remembered: Remembered) -> Guess:
    """What the columns of a file hold; `lines` is not empty."""
    at = head_at(lines, remembered)
    if at is None and "@" in "".join(lines[0].cells):  # people from the first line on
        width = max(len(line.cells) for line in lines[:LOOKED_AT])
        head, rows = tuple(letter(place) for place in range(width)), lines
    else:
        head, rows = lines[at or 0].cells, lines[(at or 0) + 1 :]
    if again := found_again(head, remembered):
        return Guess(head=head, rows=rows, columns=again, is_clear=True)
    found = parts_in(head)
    once = {part: places[0] for part, places in found.items()}
    is_clear = all(len(places) == 1 for places in found.values()) and all(
        part in once for part in (Part.FIRST, Part.LAST, Part.EMAIL)
    )
    if is_clear:  # its own parts tell more than a whole name beside them
        once.pop(Part.WHOLE, None)
    return Guess(head=head, rows=rows, columns=Columns(places=once), is_clear=is_clear)


def head_at(lines: Sequence[Line], remembered: Remembered) -> int | None:
    """Which of the first lines holds the headings: the first with an address and a name."""
    for at, line in enumerate(lines[:LOOKED_AT]):
        found = parts_in(line.cells)
        if found_again(line.cells, remembered) or (
            Part.EMAIL in found and {Part.LAST, Part.WHOLE} & found.keys()
        ):
            return at
    return None


def parts_in(head: Sequence[str]) -> dict[Part, list[int]]:
    """The places of each part that these headings name."""
    found: dict[Part, list[int]] = {}
    for place, text in enumerate(head):
        if part := WORDS.get(NO_LETTER.sub("", plain(text))):
            found.setdefault(part, []).append(place)
    return found


def found_again(head: Sequence[str], remembered: Remembered) -> Columns | None:
    """The remembered columns, where each of their headings stands in this file once."""
    places = {}
    for part, heading in remembered.headings.items():
        if list(head).count(heading) != 1:
            return None
        places[Part(part)] = list(head).index(heading)
    columns = Columns(places=places, name_order=remembered.name_order)
    return columns if columns.is_whole else None


def to_remember(head: Sequence[str], columns: Columns) -> Remembered:
    headings = {str(part): head[place] for part, place in columns.places.items()}
    return Remembered(headings=headings, name_order=columns.name_order)


def letter(place: int) -> str:
    """What a column is called in a spreadsheet, where it has no heading."""
    name = chr(ord("A") + place % 26)
    return name if place < 26 else letter(place // 26 - 1) + name
