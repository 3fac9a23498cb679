"""Menu, footer and notice around a page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pluc.content.addresses import page_path
from pluc.content.models.furniture import Navigation, Notice
from pluc.content.references import loading
from pluc.content.tree import language_links
from pluc.generation import remembered
from pluc.links import site_base
from pluc.on_request import Left


@dataclass(frozen=True)
class Link:
    """A link of menu or footer; `path` is a path on the public site unless it is external."""

    label: str
    path: str
    is_external: bool = False
    base: str = ""
    current: bool = False

    @property
    def url(self) -> str:
        return self.path if self.is_external else self.base + self.path

    def seen_from(self, path: str, base: str) -> "Link":
        """The link as a page at `path` shows it, with `base` before our own paths."""
        current = not self.is_external and path.startswith(self.path)
        return Link(self.label, self.path, self.is_external, base, current)


@dataclass(frozen=True)
class Column:
    heading: str
    links: list[Link]


@dataclass(frozen=True)
class ShownNotice:
    """A notice with what decides when it is shown."""

    text: str
    starts_at: datetime
    ends_at: datetime | None
    link: Link | None

    def is_shown_at(self, moment: datetime) -> bool:
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)


@dataclass(frozen=True)
class Furniture:
    """What stands around every page of a language."""

    menu: list[Link]
    columns: list[Column]
    footer_text: str
    notices: list[ShownNotice]


def furniture_in(language: str) -> Furniture:
    """A language's furniture, from the database, in three queries."""
    complete = Navigation.objects.filter(awaits_translation=False)
    row = complete.filter(locale__language_code=language).first()
    notices = [as_shown(notice) for notice in notices_in(language)]
    if row is None:
        return Furniture([], [], "", notices)
    with loading(row.menu.raw_data, row.footer.raw_data):
        columns = [Column(b.value["heading"], footer_links(b.value)) for b in row.footer]
        return Furniture(menu_links(row), columns, row.footer_text, notices)


def menu_links(row: Navigation) -> list[Link]:
    items = [(block.value["label"], block.value["page"]) for block in row.menu]
    return [
        Link(label or page.title, page_path(page)) for label, page in items if page and page.live
    ]


def footer_links(column: Any) -> list[Link]:
    """A column's links that lead somewhere."""
    entries = [(entry["label"], entry["link"]) for entry in column["links"]]
    return [Link(label, link.address, link.is_external) for label, link in entries if link.address]


def notices_in(language: str) -> "QuerySet[Notice]":
    """Notices that are shown now or later, the latest first."""
    notices = Notice.objects.not_ended_at(timezone.now()).filter(
        locale__language_code=language, awaits_translation=False
    )
    return notices.select_related("link_page")


def as_shown(notice: Notice) -> ShownNotice:
    page = notice.link_page
    link = Link(notice.link_label, page_path(page)) if page and page.live else None
    return ShownNotice(notice.text, notice.starts_at, notice.ends_at, link)


class Frame:
    """The furniture as one request sees it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.path = request.path
        self.base = site_base(request)
        language = get_language() or settings.LANGUAGE_CODE
        key = ("furniture", language)
        self.furniture = remembered(request, key, lambda: furniture_in(language))

    @property
    def menu(self) -> list[Link]:
        return [link.seen_from(self.path, self.base) for link in self.furniture.menu]

    @property
    def footer_columns(self) -> SafeString:
        """The columns as HTML, made once per generation: no page shows them otherwise."""
        key = ("footer", get_language(), self.base)
        return remembered(self.request, key, self.make_footer_columns)

    def make_footer_columns(self) -> SafeString:
        columns = [
            Column(column.heading, [link.seen_from("", self.base) for link in column.links])
            for column in self.furniture.columns
        ]
        return render_to_string("components/footer_columns.html", {"columns": columns})

    @property
    def footer_text(self) -> str:
        return self.furniture.footer_text

    @property
    def notice(self) -> ShownNotice | None:
        """The notice to show now: the one that started last."""
        now = timezone.now()
        shown = next((one for one in self.furniture.notices if one.is_shown_at(now)), None)
        if shown is None or shown.link is None:
            return shown
        return replace(shown, link=shown.link.seen_from(self.path, self.base))


FRAME = Left[Frame]("site_frame")


def frame_of(request: HttpRequest) -> Frame:
    """The request's frame, made once."""
    return FRAME.once(request, lambda: Frame(request))


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `navigation`, `notice` and `languages` for templates that use them."""
    return {
        "navigation": SimpleLazyObject(lambda: frame_of(request)),
        "notice": SimpleLazyObject(lambda: frame_of(request).notice),
        "languages": SimpleLazyObject(lambda: language_links(get_language(), request.path)),
    }
