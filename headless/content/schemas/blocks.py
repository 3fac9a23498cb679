"""The blocks that pages are built of, each with its own type: `{"type", "id", "value"}`."""

from typing import Annotated, Literal

from pydantic import Field

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


class HeadingBlock(Block):
    type: Literal["heading"]
    value: HeadingValue


class TextBlock(Block):
    type: Literal["text"]
    value: Html


class PictureBlock(Block):
    type: Literal["picture"]
    value: PictureValue


class QuoteBlock(Block):
    type: Literal["quote"]
    value: QuoteValue


class ButtonBlock(Block):
    type: Literal["button"]
    value: ButtonValue


class CallToActionBlock(Block):
    type: Literal["call_to_action"]
    value: CallToActionValue


class CardsBlock(Block):
    type: Literal["cards"]
    value: CardsValue


class QuestionsBlock(Block):
    type: Literal["questions"]
    value: QuestionsValue


class TableBlock(Block):
    type: Literal["table"]
    value: TableCells


class VideoBlock(Block):
    type: Literal["video"]
    value: VideoValue


class RegistryTableBlock(Block):
    type: Literal["registry_table"]
    value: RegistryTableValue


class LinkBlock(Block):
    type: Literal["link"]
    value: ButtonValue


class GoalBlock(Block):
    type: Literal["goal"]
    value: str


class RowBlock(Block):
    type: Literal["row"]
    value: OpeningHours


BLOCKS: dict[str, type[Block]] = {
    "heading": HeadingBlock,
    "text": TextBlock,
    "picture": PictureBlock,
    "quote": QuoteBlock,
    "button": ButtonBlock,
    "call_to_action": CallToActionBlock,
    "cards": CardsBlock,
    "questions": QuestionsBlock,
    "table": TableBlock,
    "video": VideoBlock,
    "registry_table": RegistryTableBlock,
    "link": LinkBlock,
    "goal": GoalBlock,
    "row": RowBlock,
}
AnyBlock = (
    HeadingBlock
    | TextBlock
    | PictureBlock
    | QuoteBlock
    | ButtonBlock
    | CallToActionBlock
    | CardsBlock
    | QuestionsBlock
    | TableBlock
    | VideoBlock
)
BodyBlocks = Annotated[AnyBlock, Field(discriminator="type")]
StatementBlocks = Annotated[AnyBlock | RegistryTableBlock, Field(discriminator="type")]
