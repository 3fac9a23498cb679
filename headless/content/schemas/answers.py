"""What all answers of the content API have in common."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["nl", "en"]
Html = Annotated[str, Field(description="HTML to show as it is. Links in it are whole addresses.")]


def as_language(code: str) -> Language:
    """A language of the site, by its code."""
    return "en" if code == "en" else "nl"


class Answer(BaseModel):
    """A part of an answer: these fields, and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ListInfo(Answer):
    """How many there are in all, and the address of the next ones; null after the last."""

    total_count: int
    next: str | None


class PageLink(Answer):
    """A public page: where it stands on the site, and where the API tells of it."""

    id: int
    type: str
    title: str
    locale: Language
    html_url: str
    detail_url: str


class WebLink(Answer):
    """Where a link leads. `page` where that is a page of ours."""

    url: str
    page: PageLink | None


class PictureSize(Answer):
    """A picture in one of the sizes that there are. All are WebP."""

    url: str
    width: int
    height: int


class FocalPoint(Answer):
    """What matters in a picture, in parts (0 to 1) of its width and height: centre and size."""

    x: float
    y: float
    width: float
    height: float


class ContentPicture(Answer):
    """A picture, with what a reader who cannot see it should know (empty: it is decorative)."""

    id: int
    detail_url: str
    alt: str
    credit: str
    focal_point: FocalPoint | None
    sizes: list[PictureSize]
