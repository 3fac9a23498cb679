"""The order of names as Dutch lists have it: de Boer under B, 't Hooft under H, Éclair with E.

The key is computed here and stored with an index, so that a list is sorted by the database, alike
on SQLite and PostgreSQL, and paged by key (docs/decisions/0029).
"""

import re
from typing import Any

from django.db import models

from pluc.folding import plain

LONGEST = 250
# What stands before a Dutch surname; none of these alone is a name.
BEFORE = frozenset(
    [
        *("'s", "'t", "aan", "af", "al", "am", "auf", "aus", "bij", "d'", "da", "dal", "dalla"),
        *("das", "de", "del", "della", "den", "der", "des", "di", "do", "don", "dos", "du", "el"),
        *(
            "het",
            "im",
            "in",
            "l'",
            "la",
            "las",
            "le",
            "les",
            "lo",
            "los",
            "onder",
            "op",
            "over",
            "s'",
        ),
        *("te", "ten", "ter", "thoe", "tot", "uijt", "uit", "van", "ver", "vom", "von", "voor"),
        *("vor", "zu", "zum", "zur"),
    ]
)
# "van 't Hof", "d'Ancona", "in 't Veld": an apostrophe may be written to its word.
ATTACHED = re.compile(r"^('[st]|[dls]')(?=\S)\s*")
NO_WORD = re.compile(r"[^\w]+")


def apart(last_name: str) -> tuple[str, str]:
    """What stands before a surname, and the surname, in plain writing. A name is never empty."""
    words = ATTACHED.sub(r"\1 ", plain(last_name)).split()
    before = 0
    while before < len(words) - 1 and words[before] in BEFORE:
        before += 1
        words[before:] = ATTACHED.sub(r"\1 ", " ".join(words[before:])).split()
    return " ".join(words[:before]), " ".join(words[before:])


def bare(text: str) -> str:
    """Letters and digits, with one space between words; "o'brien" is one."""
    return " ".join(NO_WORD.sub(" ", text.replace("'", "")).split())


def order_of(*, first_name: str, last_name: str) -> str:
    """The key by which a name is sorted: surname, first name, what stands before the surname."""
    before, surname = apart(last_name)
    # A space sorts before every letter, so "Boer" comes before "Boerma"; two of them end a part.
    return "  ".join([bare(surname), bare(plain(first_name)), bare(before)])[:LONGEST].strip()


# What may stand before and after a name that is written in one go.
TITLES = frozenset(
    [
        *("aa", "ba", "bsc", "dr", "drs", "ing", "ir", "llm", "ma", "mba", "mr", "msc", "phd"),
        *("prof", "ra", "rb", "rc", "ro", "rv"),
    ]
)


def in_two(name: str) -> tuple[str, str]:
    """First name and surname of a name that is written in one go, without its titles.

    The surname begins with what stands before one ("van der"), also in a double name ("Jansen-de
    Vries"); else it is the last word.
    """
    words = name.replace(",", " ").split()
    while len(words) > 1 and words[0].endswith(".") and plain(words[0]).strip(".") in TITLES:
        words.pop(0)
    while len(words) > 1 and is_title_after(words[-1]):
        words.pop()
    last = len(words) - 1
    before = (at for at in range(1, last) if plain(words[at]).rpartition("-")[2] in BEFORE)
    at = next(before, max(last, 0))
    return " ".join(words[:at]), " ".join(words[at:])


def is_title_after(word: str) -> bool:
    """As in "RA" and "MSc"; a short one is in capitals, for "Ma" is a surname."""
    return plain(word).replace(".", "") in TITLES and (len(word) > 2 or word.isupper())


class OrderField(models.CharField):  # type: ignore[type-arg]  # takes none when it runs
    """The stored key of a row with `first_name` and `last_name`, computed when it is saved.

    Letters are compared by their numbers on either database: PostgreSQL's own collation would pass
    over spaces, and know another order on every server.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("default", "")
        super().__init__(**kwargs | {"editable": False})

    def names_of(self, row: Any) -> tuple[str, str]:
        return row.first_name, row.last_name

    def pre_save(self, model_instance: Any, add: bool) -> str:
        first, last = self.names_of(model_instance)
        key = order_of(first_name=first, last_name=last)
        setattr(model_instance, self.attname, key)
        return key

    def db_parameters(self, connection: Any) -> Any:
        collation = "C" if connection.vendor == "postgresql" else None
        return super().db_parameters(connection) | {"collation": collation}


class WholeNameOrderField(OrderField):
    """The same of a row with one field for the whole `name`."""

    def names_of(self, row: Any) -> tuple[str, str]:
        return in_two(row.name)
