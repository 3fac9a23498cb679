"""Menus, notice, redirects, documents and issues as JSON."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.query import PageQuerySet

from headless.content.addresses import api_address
from headless.content.html import whole_address, with_whole_addresses
from headless.content.pointers import Known, Pointers, load
from headless.content.schemas.answers import Language, WebLink
from headless.content.schemas.others import (
    ContentDocument,
    FooterColumn,
    IssueAsSent,
    IssueInShort,
    LeadingOn,
    MenuEntry,
    Menus,
    NoticeNow,
    ShownNotice,
)
from headless.content.telling.blocks import items_of, tell_link
from headless.content.telling.gathering import texts_of
from pluc.content.addresses import absolute, page_path
from pluc.content.models import Download, Navigation, Notice
from portal.newsletter.models import IssuePage
from portal.newsletter.on_site import content_of


def tell_menus(language: Language, public: PageQuerySet) -> Menus:
    """What leads nowhere, or to what is not public, is left out."""
    rows = Navigation.objects.filter(awaits_translation=False, locale__language_code=language)
    row = rows.first()
    if row is None:
        return Menus(locale=language, menu=[], footer=[], footer_text="")
    menu, footer = list(row.menu.raw_data), list(row.footer.raw_data)
    pointers = Pointers()
    pointers.add([menu, footer])
    known = load(pointers, public)
    return Menus(
        locale=language,
        menu=entries(({"link": one["value"], **one["value"]} for one in menu), known, language),
        footer=[
            FooterColumn(
                heading=str(one["value"].get("heading") or ""),
                links=entries(items_of(one["value"].get("links")), known, language),
            )
            for one in footer
        ],
        footer_text=row.footer_text,
    )


def entries(raw: Any, known: Known, language: str) -> list[MenuEntry]:
    found = [(one.get("label"), tell_link(one.get("link"), known, language)) for one in raw]
    return [
        MenuEntry(label=label or (link.page.title if link.page else link.url), link=link)
        for label, link in found
        if link is not None
    ]


def tell_notice(language: Language, public: PageQuerySet) -> NoticeNow:
    """The one that started last of those that are shown now."""
    shown = Notice.objects.shown_at(timezone.now())
    shown = shown.filter(locale__language_code=language, awaits_translation=False)
    notice = shown.order_by("-starts_at", "-pk").first()
    if notice is None:
        return NoticeNow(locale=language, notice=None)
    link = page_link(notice.link_page_id, language, public)
    return NoticeNow(
        locale=language,
        notice=ShownNotice(
            text=notice.text,
            link=MenuEntry(label=notice.link_label, link=link) if link else None,
            starts_at=notice.starts_at,
            ends_at=notice.ends_at,
        ),
    )


def page_link(number: int | None, language: str, public: PageQuerySet) -> WebLink | None:
    """A link to the page itself, in its own language."""
    if number is None:
        return None
    page = load(Pointers(pages={number}), public).page(number, "")
    return WebLink(url=page.html_url, page=page) if page else None


def tell_redirects(redirects: Sequence[Redirect], public: PageQuerySet) -> list[LeadingOn]:
    """Redirects that lead somewhere."""
    numbers = {one.redirect_page_id for one in redirects if one.redirect_page_id}
    known = load(Pointers(pages=numbers), public)
    told = ((one, destination(one, known)) for one in redirects)
    return [
        LeadingOn(id=one.pk, old_path=one.old_path, is_permanent=one.is_permanent, link=link)
        for one, link in told
        if link is not None
    ]


def destination(redirect: Redirect, known: Known) -> WebLink | None:
    if redirect.redirect_page_id:
        page = known.page(redirect.redirect_page_id, "")
        if page is None:
            return None
        rest = redirect.redirect_page_route_path.lstrip("/")
        return WebLink(url=page.html_url + rest, page=page)
    url = whole_address(redirect.redirect_link)
    return WebLink(url=url, page=None) if url else None


def tell_document(document: Download) -> ContentDocument:
    return ContentDocument(
        id=document.pk,
        title=document.title,
        url=settings.SITE_URL + document.url,
        file_type=document.file_extension.lower(),
        size=document.file_size,
    )


def issue_in_short(page: IssuePage) -> dict[str, Any]:
    return {
        "id": page.pk,
        "locale": page.locale.language_code,
        "title": page.title,
        "subject": page.subject,
        "preheader": page.preheader,
        "date": page.date,
        "sent_at": page.first_published_at,
        "html_url": absolute(page_path(page)),
        "detail_url": api_address("content_issue", page_id=page.pk),
    }


def tell_issue_in_short(page: IssuePage) -> IssueInShort:
    return IssueInShort(**issue_in_short(page))


def tell_issue(page: IssuePage) -> IssueAsSent:
    """As it was sent, without what differs between readers."""
    pages: list[Page] = [page]
    html = texts_of(pages).get((page.translation_key, page.locale.language_code), "")
    return IssueAsSent(
        **issue_in_short(page), html=with_whole_addresses(content_of(html)) if html else ""
    )
