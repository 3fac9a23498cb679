"""What the site has besides pages: menus, notice, redirects, documents, issues, the statement."""

import datetime as dt
from typing import Any

from headless.content.schemas.answers import Answer, Html, Language, ListInfo, WebLink
from headless.content.schemas.blocks import StatementBlocks


class MenuEntry(Answer):
    label: str
    link: WebLink


class FooterColumn(Answer):
    heading: str
    links: list[MenuEntry]


class Menus(Answer):
    """Menu and footer of a language."""

    locale: Language
    menu: list[MenuEntry]
    footer: list[FooterColumn]
    footer_text: str


class ShownNotice(Answer):
    """A line above every page. `ends_at` is null where nobody knows yet."""

    text: str
    link: MenuEntry | None
    starts_at: dt.datetime
    ends_at: dt.datetime | None


class NoticeNow(Answer):
    """The notice that the site shows now; null where there is none."""

    locale: Language
    notice: ShownNotice | None


class LeadingOn(Answer):
    """An old address, and where it leads now."""

    id: int
    old_path: str
    is_permanent: bool
    link: WebLink


class Redirects(Answer):
    meta: ListInfo
    items: list[LeadingOn]


class ContentDocument(Answer):
    """A file that a public page offers."""

    id: int
    title: str
    url: str
    file_type: str
    size: int | None


class Documents(Answer):
    meta: ListInfo
    items: list[ContentDocument]


class IssueInShort(Answer):
    """An issue of the newsletter that everybody has got."""

    id: int
    locale: Language
    title: str
    subject: str
    preheader: str
    date: dt.date
    sent_at: dt.datetime | None
    html_url: str
    detail_url: str


class IssueAsSent(IssueInShort):
    html: Html


class Issues(Answer):
    meta: ListInfo
    items: list[IssueInShort]


class StatementTable(Answer):
    """A table that was made from data when the statement was put in force."""

    caption: str
    head: list[str]
    rows: list[list[str]]


class EditionInShort(Answer):
    """A version of the privacy statement in one language; its date names it."""

    version: str
    locale: Language
    title: str
    summary: str
    is_material: bool
    effective_from: dt.date
    is_in_force: bool
    html_url: str
    pdf_url: str
    detail_url: str


class EditionInFull(EditionInShort):
    """A version as it was put in force. `body` is the same text as `html`, in blocks."""

    intro: str
    key_points: list[str]
    html: Html
    body: list[StatementBlocks]
    tables: dict[str, StatementTable]
    sha256: str


class Editions(Answer):
    """All versions, the newest first."""

    meta: ListInfo
    items: list[EditionInShort]


class StatementDifference(Answer):
    """What changed, with `<ins>` and `<del>`."""

    locale: Language
    older: EditionInShort
    newer: EditionInShort
    html: Html


def table_of(data: dict[str, Any]) -> StatementTable:
    return StatementTable(caption=data["caption"], head=data["head"], rows=data["rows"])
