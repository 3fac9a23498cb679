"""StreamField blocks as typed JSON, made of what is stored.

A block that the site would leave out (a button that leads nowhere, a picture that is gone) is left
out here as well, and so is one that breaks; the log says which (docs/decisions/0018).
"""

from collections.abc import Callable, Iterable
from typing import Any

from headless.content.html import display_html, whole_address
from headless.content.pointers import Known, picture_id_in
from headless.content.schemas import blocks as told
from headless.content.schemas.answers import WebLink
from headless.content.telling.pictures import tell_picture
from pluc.content.blocks import TableValue
from pluc.content.broken import report
from pluc.web_addresses import is_web_address

Raw = dict[str, Any]
Teller = Callable[[Any, Known, str], Any]


def tell_blocks(raw: Iterable[Any], known: Known, language: str, *, page: int) -> list[Any]:
    """The blocks of a StreamField's raw data, in the language of its page."""
    shown = (tell_block(one, known, language, page=page) for one in raw)
    return [block for block in shown if block is not None]


def tell_block(raw: Raw, known: Known, language: str, *, page: int) -> Any:
    """A block; `None` for one that is not shown, whatever it breaks by."""
    try:
        value = TELLERS[raw["type"]](raw["value"], known, language)
        if value is None:
            return None
        told_as = {"type": raw["type"], "id": raw.get("id"), "value": value}
        return told.BLOCKS[raw["type"]](**told_as)
    except Exception as error:
        report(error, "API, page %s, block %s %s", page, raw.get("type"), raw.get("id"))
        return None


def items_of(raw: Any) -> list[Any]:
    """The values of a list block."""
    return [one["value"] if is_item(one) else one for one in raw or []]


def is_item(one: Any) -> bool:
    return isinstance(one, dict) and one.get("type") == "item" and "value" in one


def text(raw: Raw, name: str) -> str:
    return str(raw.get(name) or "")


def tell_link(raw: Raw | None, known: Known, language: str) -> WebLink | None:
    """Where a link leads; `None` for nowhere."""
    raw = raw or {}
    if raw.get("page"):
        page = known.page(raw["page"], language)
        return WebLink(url=page.html_url, page=page) if page else None
    url = text(raw, "url")
    return WebLink(url=url, page=None) if is_web_address(url) else None


def heading(raw: Raw, known: Known, language: str) -> told.HeadingValue:
    return told.HeadingValue(level=3 if raw.get("level") == "3" else 2, text=text(raw, "text"))


def picture(raw: Raw, known: Known, language: str) -> told.PictureValue | None:
    chosen = raw["picture"] if isinstance(raw["picture"], dict) else {"image": raw["picture"]}
    found = known.pictures.get(picture_id_in(chosen) or 0)
    alt = "" if chosen.get("decorative") else text(chosen, "alt_text")
    shown = tell_picture(found, alt)
    return told.PictureValue(picture=shown, caption=text(raw, "caption")) if shown else None


def quote(raw: Raw, known: Known, language: str) -> told.QuoteValue:
    return told.QuoteValue(text=text(raw, "text"), name=text(raw, "name"), role=text(raw, "role"))


def button(raw: Raw, known: Known, language: str) -> told.ButtonValue | None:
    link = tell_link(raw.get("link"), known, language)
    return told.ButtonValue(label=text(raw, "label"), link=link) if link else None


def call_to_action(raw: Raw, known: Known, language: str) -> told.CallToActionValue | None:
    link = tell_link(raw.get("link"), known, language)
    if link is None:
        return None
    return told.CallToActionValue(
        heading=text(raw, "heading"), text=text(raw, "text"), label=text(raw, "label"), link=link
    )


def cards(raw: Raw, known: Known, language: str) -> told.CardsValue:
    return told.CardsValue(
        cards=[
            told.CardValue(
                heading=text(card, "heading"),
                text=text(card, "text"),
                link=tell_link(card.get("link"), known, language),
            )
            for card in items_of(raw.get("cards"))
        ]
    )


def questions(raw: Raw, known: Known, language: str) -> told.QuestionsValue:
    return told.QuestionsValue(
        questions=[
            told.QuestionValue(
                question=text(one, "question"),
                answer=display_html(text(one, "answer"), known, language),
            )
            for one in items_of(raw.get("questions"))
        ]
    )


def table(raw: Raw, known: Known, language: str) -> told.TableCells:
    value = TableValue(None, raw)
    return told.TableCells(
        caption=text(raw, "caption"),
        head=[str(cell) for cell in value.head],
        rows=[[str(cell) for cell in row] for row in value.rows],
        first_column_is_header=value.first_column_is_header,
    )


def video(raw: Raw, known: Known, language: str) -> told.VideoValue | None:
    url = text(raw, "url")
    if not is_web_address(url):
        return None
    return told.VideoValue(
        title=text(raw, "title"), url=whole_address(url), description=text(raw, "description")
    )


def opening_hours(raw: Raw, known: Known, language: str) -> told.OpeningHours:
    return told.OpeningHours(days=text(raw, "days"), hours=text(raw, "hours"))


TELLERS: dict[str, Teller] = {
    "heading": heading,
    "text": lambda raw, known, language: display_html(str(raw or ""), known, language),
    "picture": picture,
    "quote": quote,
    "button": button,
    "link": button,
    "call_to_action": call_to_action,
    "cards": cards,
    "questions": questions,
    "table": table,
    "video": video,
    "row": opening_hours,
    "goal": lambda raw, known, language: str(raw or ""),
}
