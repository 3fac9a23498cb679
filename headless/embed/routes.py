"""oEmbed 1.0: how a post or a meeting looks on the page of somebody who links to it."""

from typing import Annotated, Any, Literal
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from headless.answers.problems import Problem
from headless.answers.queries import Parameters
from headless.answers.reading import reads
from headless.embed.cards import KEPT, Room, card_of
from headless.embed.queries import shown_at

XML = "text/xml"
router = Router(tags=["oEmbed"])
# Consumers add parameters of their own, as oEmbed lets them.
router.add_decorator(reads(seconds=KEPT, is_strict=False), mode="view")

Pixels = Annotated[int | None, Field(ge=1, le=100_000)]


class Asked(Parameters):
    """What a page that shows a card asks. Others send parameters of their own: those are ignored,
    as oEmbed means it."""

    url: str = Field(
        max_length=2_000,
        description="The address of a blog post or a meeting.",
        examples=["https://pluc.nl/blog/oogsten/"],
    )
    maxwidth: Pixels = Field(None, description="Pixels that there are for the card.")
    maxheight: Pixels = Field(None, description="Pixels that there are for the card.")
    format: Literal["json", "xml"] = Field("json", description="How to write the card.")


class Card(Schema):
    """How to show it: as rich text (`html`), or as a link where there is no room for that."""

    version: Literal["1.0"]
    type: Literal["rich", "link"]
    title: str
    author_name: str | None = None
    provider_name: str
    provider_url: str
    cache_age: int = Field(description="Seconds for which it need not be asked again.")
    html: str | None = Field(None, description="A quotation with links; never a script.")
    width: int | None = None
    height: int | None = None
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


@router.get(
    "/",
    url_name="oembed",
    response={200: Card, 404: Problem, 422: Problem},
    exclude_none=True,
    summary="A post or a meeting as a card",
    openapi_extra={"responses": {200: {"content": {XML: {"schema": {"type": "string"}}}}}},
)
def oembed(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> Any:
    """The card of a blog post or a meeting that is public; for all else there is none (404)."""
    page = shown_at(asked.url)
    response["Content-Language"] = page.locale.language_code
    card = card_of(page, Room(width=asked.maxwidth, height=asked.maxheight))
    if asked.format == "xml":
        headers = {"Content-Language": page.locale.language_code}
        return HttpResponse(as_xml(card), content_type=f"{XML}; charset=utf-8", headers=headers)
    return card


def as_xml(card: dict[str, Any]) -> bytes:
    root = ElementTree.Element("oembed")
    for name, value in card.items():
        if value is not None:
            ElementTree.SubElement(root, name).text = str(value)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
