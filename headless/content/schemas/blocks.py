"""The blocks that pages are built of, each with its own type: `{"type", "id", "value"}`."""

from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from headless.content.schemas.answers import Answer, ContentPicture, Html, WebLink


class HeadingValue(Answer):
    level: Literal[2, 3]
    text: str


class PictureValue(Answer):
    picture: ContentPicture
    caption: str


class QuoteValue(Answer):
    text: str
    name: str
    role: str


class ButtonValue(Answer):
    label: str
    link: WebLink


class CallToActionValue(Answer):
    heading: str
    text: str
    label: str
    link: WebLink


class CardValue(Answer):
    heading: str
    text: str
    link: WebLink | None


class CardsValue(Answer):
    cards: list[CardValue]


class QuestionValue(Answer):
    question: str
    answer: Html


class QuestionsValue(Answer):
    questions: list[QuestionValue]


class TableCells(Answer):
    """`head` is empty where the first row has no headings."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    first_column_is_header: bool


class VideoValue(Answer):
    """A video elsewhere, to link to: we embed none."""

    title: str
    url: str
    description: str


class RegistryTableValue(TableCells):
    """A table that was made from data when the statement was put in force."""

    table: str


class OpeningHours(Answer):
    days: str
    hours: str


class Block(Answer):
    """`id` is the same as long as the block is there; null where it has none."""

    id: str | None


def block(kind: str, value: Any) -> type[Block]:
    """The schema of the blocks of one type."""
    name = "".join(part.capitalize() for part in kind.split("_"))
    fields: dict[str, Any] = {"type": (Literal[kind], ...), "value": (value, ...)}
    return create_model(f"{name}Block", __base__=Block, **fields)


def one_of(*kinds: type[Block]) -> Any:
    """Any of these, told apart by their `type`."""
    if len(kinds) == 1:
        return kinds[0]
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return Annotated[union, Field(discriminator="type")]


HEADING = block("heading", HeadingValue)
TEXT = block("text", Html)
PICTURE = block("picture", PictureValue)
QUOTE = block("quote", QuoteValue)
BUTTON = block("button", ButtonValue)
CALL_TO_ACTION = block("call_to_action", CallToActionValue)
CARDS = block("cards", CardsValue)
QUESTIONS = block("questions", QuestionsValue)
TABLE = block("table", TableCells)
VIDEO = block("video", VideoValue)
REGISTRY_TABLE: Any = block("registry_table", RegistryTableValue)
LINK = block("link", ButtonValue)
GOAL = block("goal", str)
ROW = block("row", OpeningHours)
BLOCKS: dict[str, Any] = {
    "heading": HEADING,
    "text": TEXT,
    "picture": PICTURE,
    "quote": QUOTE,
    "button": BUTTON,
    "call_to_action": CALL_TO_ACTION,
    "cards": CARDS,
    "questions": QUESTIONS,
    "table": TABLE,
    "video": VIDEO,
    "registry_table": REGISTRY_TABLE,
    "link": LINK,
    "goal": GOAL,
    "row": ROW,
}
BodyBlocks = one_of(
    *(HEADING, TEXT, PICTURE, QUOTE, BUTTON, CALL_TO_ACTION, CARDS, QUESTIONS, TABLE, VIDEO)
)
StatementBlocks = one_of(
    *(HEADING, TEXT, PICTURE, QUOTE, BUTTON, CALL_TO_ACTION, CARDS, QUESTIONS, TABLE, VIDEO),
    REGISTRY_TABLE,
)
