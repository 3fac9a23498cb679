"""The pages, each type with its own fields; `type` tells them apart."""

import datetime as dt
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, conlist, create_model

from headless.content.schemas.answers import (
    Answer,
    ContentPicture,
    Html,
    Language,
    ListInfo,
    PageLink,
)
from headless.content.schemas.blocks import BodyBlocks, GoalBlock, LinkBlock, RowBlock, TextBlock


class PageMeta(Answer):
    """Where a page stands, what search engines are told of it, and its translations.

    `parent` is null where the page above is not public. `type` is that of the page itself, and
    stands here too, where Wagtail's own API has it.
    """

    type: str
    detail_url: str
    html_url: str
    slug: str
    locale: Language
    seo_title: str
    search_description: str
    show_in_menus: bool
    first_published_at: dt.datetime | None
    last_published_at: dt.datetime | None
    parent: PageLink | None
    translations: list[PageLink]


class ContentAuthor(Answer):
    """Who wrote a post, by their own wish."""

    name: str
    role: str
    bio: str
    picture: ContentPicture | None


class ContentTopic(Answer):
    name: str
    slug: str
    html_url: str


class CourseFacts(Answer):
    """The course that a page tells of; `slug` names it in the offer API."""

    slug: str
    title: str
    subject: str
    level: Literal["basic", "advanced", "expert"]
    level_name: str


class PartnerFacts(Answer):
    """The partner that a page tells of; `slug` names it in the offer API."""

    slug: str
    name: str
    website: str
    colour: str
    logo: ContentPicture | None


class MeetingLine(Answer):
    """A meeting as lists on the site tell it, in words, in the language of the page.

    What has no value is empty. All of its facts are at `offer_url`.
    """

    code: str
    title: str
    html_url: str
    offer_url: str
    starts_on: dt.date | None
    time: str
    format: str
    region: str
    place: str
    hours: str
    places: str
    price: str


class AnyPage(Answer):
    """What every page has."""

    id: int
    meta: PageMeta
    title: str
    intro: str
    picture: ContentPicture | None


class BodyPage(AnyPage):
    body: list[BodyBlocks]


class HomePageAnswer(BodyPage):
    type: Literal["home.HomePage"]
    hero_title: str
    hero_text: str
    hero_link: list[LinkBlock]
    meetings: list[MeetingLine]


class StandardPageAnswer(BodyPage):
    type: Literal["home.StandardPage"]
    dates_of: str
    meetings: list[MeetingLine]


class TermsPageAnswer(BodyPage):
    type: Literal["home.TermsPage"]


class ContactPageAnswer(BodyPage):
    type: Literal["home.ContactPage"]
    street: str
    postal_code: str
    city: str
    phone: str
    email: str
    opening_hours: list[RowBlock]
    directions: list[TextBlock]


class OfferPageAnswer(BodyPage):
    type: Literal["home.OfferPage"]
    offer_url: str


class CoursePageAnswer(BodyPage):
    type: Literal["home.CoursePage"]
    course: CourseFacts
    goals: list[GoalBlock]
    audience: str
    meetings: list[MeetingLine]


class BlogIndexPageAnswer(BodyPage):
    type: Literal["home.BlogIndexPage"]
    topics: list[ContentTopic]


class BlogPostPageAnswer(BodyPage):
    type: Literal["home.BlogPostPage"]
    date: dt.date
    author: ContentAuthor | None
    topics: list[ContentTopic]
    reading_minutes: int


class PartnersPageAnswer(BodyPage):
    type: Literal["home.PartnersPage"]


class PartnerPageAnswer(BodyPage):
    type: Literal["home.PartnerPage"]
    partner: PartnerFacts
    meetings: list[MeetingLine]


class NewsletterPageAnswer(AnyPage):
    type: Literal["newsletter.NewsletterPage"]
    issues_url: str


class IssuePageAnswer(AnyPage):
    """An issue as it was sent."""

    type: Literal["newsletter.IssuePage"]
    date: dt.date
    subject: str
    preheader: str
    html: Html


class StatementPageAnswer(AnyPage):
    type: Literal["statements.StatementPage"]
    statement_url: str


ANSWERS: tuple[type[AnyPage], ...] = (
    HomePageAnswer,
    StandardPageAnswer,
    TermsPageAnswer,
    ContactPageAnswer,
    OfferPageAnswer,
    CoursePageAnswer,
    BlogIndexPageAnswer,
    BlogPostPageAnswer,
    PartnersPageAnswer,
    PartnerPageAnswer,
    NewsletterPageAnswer,
    IssuePageAnswer,
    StatementPageAnswer,
)


def kind_of(answer: type[AnyPage]) -> str:
    """The page type that an answer is of, as in "home.HomePage"."""
    return str(get_args(answer.model_fields["type"].annotation)[0])


BY_KIND = {kind_of(answer): answer for answer in ANSWERS}
ALWAYS = ("id", "type", "meta")  # in every answer, whatever fields were asked for


def without_default(schema: dict[str, Any]) -> None:
    """A field that was not asked for is not there, and not null."""
    schema.pop("default", None)


def in_list(answer: type[AnyPage]) -> type[Answer]:
    """The same page in a list, which has the fields that were asked for."""
    fields: dict[str, Any] = {
        name: (field.annotation, ...)
        if name in ALWAYS
        else (field.annotation, Field(None, json_schema_extra=without_default))
        for name, field in answer.model_fields.items()
    }
    return create_model(f"{answer.__name__.removesuffix('Answer')}Item", __base__=Answer, **fields)


ITEMS = {kind: in_list(answer) for kind, answer in BY_KIND.items()}


def any_of(kinds: Any) -> Any:
    """A page of any of these types, told apart by `type`."""
    union: Any = None
    for kind in kinds:
        union = kind if union is None else union | kind
    return Annotated[union, Field(discriminator="type")]


PageOfAnyType = any_of(ANSWERS)
ItemOfAnyType = any_of(ITEMS.values())


PageList = create_model(
    "PageList",
    __base__=Answer,
    __doc__="Pages, those asked for, in the order asked for.",
    meta=(ListInfo, ...),
    items=(conlist(ItemOfAnyType), ...),
)
