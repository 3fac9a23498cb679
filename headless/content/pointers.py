"""What the fields of pages point at (pages, pictures, documents), loaded in one query for each.

Raw data is read, and not the values that Wagtail makes of it: these ask the database one by one,
and know nothing of what the API may tell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page
from wagtail.query import PageQuerySet
from wagtail.rich_text.rewriters import extract_attrs

from headless.content.addresses import api_address
from headless.content.schemas.answers import PageLink
from headless.content.schemas.pages import BY_KIND
from pluc.content.addresses import absolute, page_path
from pluc.content.models import Picture
from pluc.content.pictures import load_renditions
from pluc.content.references import ANCHOR, as_page_id, page_ids_in

LINK_FIELDS = ("title", "url_path", "path", "translation_key", "content_type_id", "alias_of_id")


def kind_of(page: Page) -> str:
    """The type of a page as the API names it: "home.HomePage"."""
    return str(page.cached_content_type.model_class()._meta.label)


def link_to(page: Page) -> PageLink:
    return PageLink(
        id=page.pk,
        type=kind_of(page),
        title=page.title,
        locale=page.locale.language_code,
        html_url=absolute(page_path(page)),
        detail_url=api_address("content_page", page_id=page.pk),
    )


def links_among(pages: PageQuerySet) -> list[Page]:
    """The pages of types that the API tells of, with what a link to them says."""
    rows = pages.select_related("locale").only(*LINK_FIELDS, "locale__language_code")
    return [row for row in rows if kind_of(row) in BY_KIND]


@dataclass
class Pointers:
    """The numbers of what data points at."""

    pages: set[int] = field(default_factory=set)
    pictures: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)

    def add(self, data: object) -> None:
        """Adds what raw StreamField data names."""
        self.pages.update(page_ids_in(data))
        self.add_others(data)

    def add_others(self, data: object) -> None:
        if isinstance(data, str):
            self.documents.update(document_ids_in(data))
        elif isinstance(data, Mapping):
            if (number := picture_id_in(data)) is not None:
                self.pictures.add(number)
            for part in data.values():
                self.add_others(part)
        elif isinstance(data, Sequence):
            for part in data:
                self.add_others(part)


def picture_id_in(data: Mapping[str, Any]) -> int | None:
    """The picture that an image block's raw value names."""
    chosen = data.get("image") if "image" in data else data.get("picture")
    return as_page_id(str(chosen))


def document_ids_in(html: str) -> Iterator[int]:
    for opening in ANCHOR.findall(html):
        attributes = extract_attrs(opening)
        number = as_page_id(attributes.get("id", ""))
        if attributes.get("linktype") == "document" and number is not None:
            yield number


@dataclass(frozen=True)
class Known:
    """What was found of it: that which is public, and nothing else."""

    pages: dict[int, dict[str, PageLink]]
    pictures: dict[int, Picture]
    documents: dict[int, str]

    def page(self, number: object, language: str) -> PageLink | None:
        """The page with a number, in the language of the text that links to it if there is one."""
        found = self.pages.get(as_page_id(str(number)) or 0, {})
        return found.get(language) or found.get("")


def load(pointers: Pointers, public: PageQuerySet, more: Iterable[Picture | None] = ()) -> Known:
    """Loads what `pointers` name; `more` pictures get their renditions in the same query."""
    pictures = Picture.objects.in_bulk(pointers.pictures) if pointers.pictures else {}
    load_renditions([*pictures.values(), *more])
    return Known(
        pages=load_links(pointers.pages, public),
        pictures=pictures,
        documents=load_documents(pointers.documents),
    )


def load_links(numbers: set[int], public: PageQuerySet) -> dict[int, dict[str, PageLink]]:
    """By number and language, "" for the page itself. In one query."""
    if not numbers:
        return {}
    keys = Page.objects.filter(pk__in=numbers).values("translation_key")
    translated = Q(translation_key__in=keys, alias_of=None)
    rows = links_among(public.filter(Q(pk__in=numbers) | translated))
    by_key: dict[Any, dict[str, PageLink]] = {}
    for row in rows:
        if row.alias_of_id is None:
            by_key.setdefault(row.translation_key, {})[row.locale.language_code] = link_to(row)
    return {
        row.pk: {**by_key.get(row.translation_key, {}), "": link_to(row)}
        for row in rows
        if row.pk in numbers
    }


def public_documents() -> Any:
    """Documents of collections that everybody may see."""
    documents = get_document_model().objects.all()
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        documents = documents.exclude(collection__path__startswith=restriction.collection.path)
    return documents


def load_documents(numbers: set[int]) -> dict[int, str]:
    """The addresses of documents."""
    if not numbers:
        return {}
    found = public_documents().filter(pk__in=numbers)
    return {document.pk: settings.SITE_URL + document.url for document in found}
