"""Menu, footer and notice around a page: two queries a request, shared by all that need them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from pluc.content.addresses import page_path
from pluc.content.models.furniture import Navigation, Notice
from pluc.content.references import loading
from pluc.content.tree import language_links
from pluc.links import site_base


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class FooterLink:
    label: str
    url: str
    is_external: bool


@dataclass(frozen=True)
class FooterColumn:
    heading: str
    links: list[FooterLink]


class Frame:
    """The furniture of one request, in its language."""

    def __init__(self, path: str, language: str, base: str) -> None:
        self.path = path
        self.base = base
        self.row = Navigation.objects.filter(locale__language_code=language).first()
        self.notice = (
            Notice.objects.shown_at(timezone.now())
            .filter(locale__language_code=language)
            .select_related("link_page")
            .first()
        )

    @property
    def raw_data(self) -> list[Any]:
        """What `references.loading` needs to know of menu and footer."""
        return [self.row.menu.raw_data, self.row.footer.raw_data] if self.row else []

    @property
    def menu(self) -> list[MenuItem]:
        items = [block.value for block in self.row.menu] if self.row else []
        return [
            MenuItem(item["label"] or item["page"].title, self.base + url, self.path.startswith(url))
            for item in items
            if item["page"] and item["page"].live and (url := page_path(item["page"]))
        ]

    @property
    def footer_columns(self) -> list[FooterColumn]:
        columns = [block.value for block in self.row.footer] if self.row else []
        return [FooterColumn(column["heading"], footer_links(column, self.base)) for column in columns]

    @property
    def footer_text(self) -> str:
        return self.row.footer_text if self.row else ""


def footer_links(column: Any, base: str) -> list[FooterLink]:
    """A column's links that lead somewhere; `base` stands before those to our own pages."""
    return [
        FooterLink(label, link.address if link.is_external else base + link.address, link.is_external)
        for label, link in ((entry["label"], entry["link"]) for entry in column["links"])
        if link.address
    ]


def frame_of(request: HttpRequest) -> Frame:
    """The request's frame, made once."""
    if not hasattr(request, "site_frame"):
        frame = Frame(request.path, get_language() or settings.LANGUAGE_CODE, site_base(request))
        request.site_frame = frame  # type: ignore[attr-defined]
    return request.site_frame  # type: ignore[attr-defined,no-any-return]


@dataclass(frozen=True)
class Furniture:
    """A frame as templates use it, with all its pages looked up."""

    menu: list[MenuItem]
    footer_columns: list[FooterColumn]
    footer_text: str


def furnish(request: HttpRequest) -> Furniture:
    frame = frame_of(request)
    with loading(*frame.raw_data):
        return Furniture(frame.menu, frame.footer_columns, frame.footer_text)


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `navigation`, `notice` and `languages` for templates that use them."""
    return {
        "navigation": SimpleLazyObject(lambda: furnish(request)),
        "notice": SimpleLazyObject(lambda: frame_of(request).notice),
        "languages": SimpleLazyObject(lambda: language_links(get_language(), request.path)),
    }
