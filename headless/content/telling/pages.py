"""Pages as JSON: each field of each type by a function of its own."""

from collections.abc import Callable, Set
from typing import Any

from django.utils import translation
from wagtail.models import Page

from headless.content.addresses import api_address
from headless.content.html import with_whole_addresses
from headless.content.pointers import kind_of
from headless.content.schemas.answers import PageLink, as_language
from headless.content.schemas.pages import (
    ALWAYS,
    BY_KIND,
    ITEMS,
    ContentAuthor,
    ContentTopic,
    CourseFacts,
    PageMeta,
    PartnerFacts,
)
from headless.content.telling import meetings
from headless.content.telling.blocks import tell_blocks
from headless.content.telling.gathering import Gathered
from headless.content.telling.pictures import tell_picture
from home.models import BlogPostPage, CoursePage, PartnerPage, Topic
from home.queries import topics_in
from pluc.content.addresses import absolute, language_prefix, page_path
from pluc.content.references import loading
from portal.meetings.models import Course
from portal.meetings.wording import label_of
from portal.newsletter.models import IssuePage
from portal.newsletter.on_site import content_of

Field = Callable[[Any, Gathered], Any]
DETAIL_ONLY = frozenset({"reading_minutes"})  # it costs queries of its own


def as_it_is(name: str) -> Field:
    return lambda page, gathered: getattr(page, name)


def stream(name: str) -> Field:
    def tell(page: Any, gathered: Gathered) -> list[Any]:
        raw, language = list(getattr(page, name).raw_data), language_of(page)
        return tell_blocks(raw, gathered.known, language, page=page.pk)

    return tell


def language_of(page: Page) -> str:
    return str(page.locale.language_code)


def lead_picture(page: Any, gathered: Gathered) -> Any:
    return tell_picture(page.picture, "" if page.picture_is_decorative else page.picture_alt)


def author(page: BlogPostPage, gathered: Gathered) -> ContentAuthor | None:
    """Who wrote it; what is told of them waits until it is translated, as on the site."""
    who = page.author
    if who is None:
        return None
    told = not who.awaits_translation
    return ContentAuthor(
        name=who.name,
        role=who.role if told else "",
        bio=who.bio if told else "",
        picture=tell_picture(who.picture, who.name),
    )


def topics(page: BlogPostPage, gathered: Gathered) -> list[ContentTopic]:
    found = page.shown_topics if gathered.is_draft else gathered.topics.get(page.pk, [])
    return [tell_topic(topic, language_of(page)) for topic in found]


def topics_of_blog(page: Any, gathered: Gathered) -> list[ContentTopic]:
    return [tell_topic(topic, language_of(page)) for topic in topics_in(page.locale_id)]


def tell_topic(topic: Topic, language: str) -> ContentTopic:
    blog = absolute(f"{language_prefix(language)}/blog/")
    return ContentTopic(name=topic.name, slug=topic.slug, html_url=f"{blog}?onderwerp={topic.slug}")


def reading_minutes(page: BlogPostPage, gathered: Gathered) -> int:
    """The titles of pages that it links to are no words of its own."""
    raw = list(page.body.raw_data)
    with loading(raw, load=lambda numbers: {number: Page(live=False) for number in numbers}):
        return page.reading_minutes


def course(page: CoursePage, gathered: Gathered) -> CourseFacts:
    level: Any = page.course.level  # one of `Course.Level`
    return CourseFacts(
        slug=page.course.slug,
        title=str(page.course),
        subject=str(page.course.subject),
        level=level,
        level_name=label_of(Course.Level, page.course.level),
    )


def partner(page: PartnerPage, gathered: Gathered) -> PartnerFacts:
    who = page.organisation
    logo = tell_picture(who.logo, who.name)
    return PartnerFacts(
        slug=who.slug, name=who.name, website=who.website, colour=who.colour, logo=logo
    )


def issue_html(page: IssuePage, gathered: Gathered) -> str:
    if gathered.is_draft:
        return with_whole_addresses(page.drafted_text)
    html = gathered.texts.get((page.translation_key, language_of(page)), "")
    return with_whole_addresses(content_of(html)) if html else ""


ANY: dict[str, Field] = {
    "title": as_it_is("title"),
    "intro": as_it_is("intro"),
    "picture": lead_picture,
}
BODY: dict[str, Field] = ANY | {"body": stream("body")}
FIELDS: dict[str, dict[str, Field]] = {
    "home.HomePage": BODY
    | {
        "hero_title": as_it_is("hero_title"),
        "hero_text": as_it_is("hero_text"),
        "hero_link": stream("hero_link"),
        "meetings": meetings.of_home,
    },
    "home.StandardPage": BODY | {"dates_of": as_it_is("dates_of"), "meetings": meetings.of_kind},
    "home.TermsPage": BODY,
    "home.ContactPage": BODY
    | {name: as_it_is(name) for name in ("street", "postal_code", "city", "phone", "email")}
    | {"opening_hours": stream("opening_hours"), "directions": stream("directions")},
    "home.OfferPage": BODY | {"offer_url": lambda page, gathered: absolute(meetings.OFFER)},
    "home.CoursePage": BODY
    | {
        "course": course,
        "goals": stream("goals"),
        "audience": as_it_is("audience"),
        "meetings": meetings.of_course,
    },
    "home.BlogIndexPage": BODY | {"topics": topics_of_blog},
    "home.BlogPostPage": BODY
    | {
        "date": as_it_is("date"),
        "author": author,
        "topics": topics,
        "reading_minutes": reading_minutes,
    },
    "home.PartnersPage": BODY,
    "home.PartnerPage": BODY | {"partner": partner, "meetings": meetings.of_partner},
    "newsletter.NewsletterPage": ANY
    | {"issues_url": lambda page, gathered: api_address("content_issues")},
    "newsletter.IssuePage": ANY
    | {name: as_it_is(name) for name in ("date", "subject", "preheader")}
    | {"html": issue_html},
    "statements.StatementPage": ANY
    | {"statement_url": lambda page, gathered: api_address("content_statement")},
}


def tell_page(page: Page, gathered: Gathered, names: Set[str]) -> dict[str, Any]:
    """The fields that were asked for, besides those that are always there; as plain data."""
    kind = kind_of(page)
    tellers = FIELDS[kind]
    with translation.override(language_of(page)):
        values = {name: tellers[name](page, gathered) for name in tellers if name in names}
        meta = tell_meta(page, gathered, kind)
    schema: Any = BY_KIND[kind] if names >= tellers.keys() else ITEMS[kind]
    answer = schema(id=page.pk, type=kind, meta=meta, **values)
    told: dict[str, Any] = answer.model_dump(mode="json", exclude_unset=True)
    return {name: told[name] for name in (*ALWAYS, *values)}


def tell_meta(page: Page, gathered: Gathered, kind: str) -> PageMeta:
    return PageMeta(
        type=kind,
        detail_url=api_address("content_page", page_id=page.pk),
        html_url=absolute(page_path(page)),
        slug=page.slug,
        locale=as_language(language_of(page)),
        seo_title=page.seo_title,
        search_description=page.search_description,
        show_in_menus=page.show_in_menus,
        first_published_at=page.first_published_at,
        last_published_at=page.last_published_at,
        parent=gathered.parents.get(page.path[: -Page.steplen]),
        translations=others(page, gathered),
    )


def others(page: Page, gathered: Gathered) -> list[PageLink]:
    found = gathered.translations.get(page.translation_key, [])
    return [link for link in found if link.id != page.pk]
