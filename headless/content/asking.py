"""What may be asked of the content API: the parameters of each address, and what they may be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from annotated_types import GroupedMetadata
from django.utils.translation import gettext as _t
from ninja import Path
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, WrapValidator
from pydantic_core import PydanticCustomError

from headless.answers.queries import Parameters, strictly
from headless.content.schemas.answers import Language
from headless.content.schemas.pages import ALWAYS, BY_KIND

USUAL, MOST = 20, 100  # rows of a list
FURTHEST = 100_000  # rows that may be passed over
LARGEST = 2_147_483_647  # the number of a row
LIST_FIELDS = frozenset({"title"})  # of a page in a list, where no others are asked for
ALL, NONE = "*", "_"
FIELD_NAMES = sorted({name for kind in BY_KIND.values() for name in kind.model_fields} - {*ALWAYS})
ORDERS = ("id", "title", "slug", "first_published_at", "last_published_at", "date")
WITHOUT_CONTROLS = r"^[^\u0000-\u001f\u007f]*$"
ROOT, A_WHOLE = "root", re.compile(r"[0-9]{1,10}")
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

PageNumber = Annotated[
    int, WrapValidator(strictly), Path(ge=1, le=LARGEST, description="Its id.", example=3)
]
# What may be left out of a query is not there; it is never null.
A_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": LARGEST}
Number = Annotated[Annotated[int, Field(ge=1, le=LARGEST)] | None, WithJsonSchema(A_NUMBER)]


def number_or_root(text: str) -> int | str:
    """One error where it is neither; pydantic would tell why it is not the one, nor the other."""
    if text == ROOT:
        return text
    if not A_WHOLE.fullmatch(text) or not 1 <= int(text) <= LARGEST:
        raise PydanticCustomError("page", _t("Give the number of a page, or root."))
    return int(text)


NumberOrRoot = Annotated[
    int | Literal["root"] | None,
    BeforeValidator(number_or_root),
    WithJsonSchema({"anyOf": [A_NUMBER, {"type": "string", "enum": ["root"]}]}),
]
AnyLanguage = Annotated[Language | None, WithJsonSchema({"type": "string", "enum": ["nl", "en"]})]
YesOrNo = Annotated[
    Literal["true", "false"] | None, WithJsonSchema({"type": "string", "enum": ["true", "false"]})
]


def plain(text: str) -> str:
    """Raises `ValueError` for text with signs that are no text, such as NUL."""
    if re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", text):
        raise ValueError(_t("It holds signs that are no text."))
    return text


def a_line(most: int) -> list[Any]:
    """For text on one line, of so many characters at most."""
    schema = {"type": "string", "pattern": WITHOUT_CONTROLS, "maxLength": most}
    return [Field(max_length=most), AfterValidator(plain), WithJsonSchema(schema)]


Slug = Annotated[str, *a_line(255)]
TopicSlug = Annotated[str, *a_line(40)]
Words = Annotated[str, *a_line(100)]
SitePath = Annotated[str, *a_line(1000)]
OldSitePath = Annotated[str, *a_line(255)]


@dataclass(frozen=True)
class SomeOf(GroupedMetadata):
    """Makes a text some of these words, with commas between; `before` may stand before each.

    No more of them than there are, so that it has an end.
    """

    words: tuple[str, ...]
    before: str = "-"

    @property
    def pattern(self) -> str:
        one = f"({'|'.join(re.escape(word) for word in self.words)})"
        one = f"{self.before}?{one}" if self.before else one
        return f"^({one}(,{one}){{0,{len(self.words) - 1}}})?$"

    def check(self, text: str) -> str:
        if text.count(",") >= len(self.words):
            raise ValueError(_t("Give no more than %(most)s words.") % {"most": len(self.words)})
        if not re.fullmatch(self.pattern, text):
            told = _t("A word in it is not known here. Known, with commas between: %(names)s.")
            raise ValueError(told % {"names": ", ".join(self.words)})
        return text

    def __iter__(self) -> Iterator[Any]:
        yield AfterValidator(self.check)
        yield WithJsonSchema({"type": "string", "pattern": self.pattern})


class InLanguage(Parameters):
    locale: Language = Field("nl", description="The language.")


class Part(Parameters):
    """Which part of a list."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.")
    offset: int = Field(0, ge=0, le=FURTHEST, description="How many to pass over.")


class PartInLanguage(InLanguage, Part):
    """Which part of a list, in which language."""


class WithFields(Parameters):
    fields: Annotated[str, SomeOf((ALL, NONE, *FIELD_NAMES))] = Field(
        "",
        description=(
            "Fields, with commas between. `*` is all that there are, `_` none but those that are "
            "always there, `-body` all but the body. A page that has no such field goes without."
        ),
    )

    def chosen(self, usual: frozenset[str], every: frozenset[str]) -> frozenset[str]:
        """Which of `every` field were asked for, `usual` ones unless said otherwise."""
        asked = [one for one in self.fields.split(",") if one]
        names = set(usual)
        for one in asked:
            if one in {ALL, NONE, f"-{ALL}", f"-{NONE}"}:
                names = set(every) if one == ALL else set()
            elif one.startswith("-"):
                names.discard(one[1:])
            else:
                names.add(one)
        return frozenset(names & every)


class PageQuery(WithFields, Part):
    """Which pages, in which order. All that is asked for holds together."""

    type: Annotated[str, SomeOf(tuple(sorted(BY_KIND)), before="")] = Field(
        "", description="Types of pages, with commas between."
    )
    locale: AnyLanguage = Field(
        None,
        description=(
            "The language: nl, unless another page is named (child_of, descendant_of, "
            "ancestor_of, translation_of); then any."
        ),
    )
    child_of: NumberOrRoot = Field(
        None, description="Right below this page; `root` is the home page."
    )
    descendant_of: NumberOrRoot = Field(None, description="Anywhere below this page.")
    ancestor_of: Number = Field(None, description="Above this page.")
    translation_of: Number = Field(None, description="The same page in other languages.")
    slug: Slug = Field("", description="The last part of its address.")
    topic: TopicSlug = Field("", description="Posts about the topic with this slug.")
    show_in_menus: YesOrNo = Field(None, description="Whether it may stand in a menu.")
    search: Words = Field("", description="Words to look for.")
    search_operator: Literal["and", "or"] = Field(
        "and", description="Whether all words have to be there, or one."
    )
    order: Annotated[str, SomeOf(ORDERS)] = Field(
        "",
        description=(
            "By what, with commas between; a - before it turns it round. Where nothing is said: "
            "as they stand in the tree, or by how well they fit a search."
        ),
    )

    @property
    def names_a_page(self) -> bool:
        named = (self.child_of, self.descendant_of, self.ancestor_of, self.translation_of)
        return any(one is not None for one in named)

    @property
    def language(self) -> str | None:
        """The language that pages have to be in; `None` for any."""
        return self.locale or (None if self.names_a_page else "nl")


class Sentences(Parameters):
    """What each address takes that tells of one thing, whatever language that is in."""

    locale: Language = Field(
        "nl", description="The language of sentences. A page stays in its own."
    )


class PartAndSentences(Sentences, Part):
    """Which part of a list that is the same in all languages."""


class WholePage(Sentences):
    """All of a page."""

    fields: Literal["*"] = Field(
        "*", description="All of them, which one gets anyway: front ends of Wagtail ask for it."
    )


class PathQuery(WholePage):
    html_path: SitePath = Field(
        ..., description="The path on the site: /blog/.", examples=["/blog/"]
    )


class OldPath(Sentences):
    html_path: OldSitePath = Field(
        ..., description="The path that leads on.", examples=["/agenda/"]
    )


class TwoVersions(InLanguage):
    """Two versions of the statement, by their dates."""

    from_: str = Field(
        ..., alias="from", pattern=DATE, description="The older one.", examples=["2018-05-16"]
    )
    to: str = Field(..., pattern=DATE, description="The newer one.", examples=["2026-12-01"])
