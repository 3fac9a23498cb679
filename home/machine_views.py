"""robots.txt, the sitemap, security.txt (RFC 9116) and the icon that browsers guess."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from wagtail.models import Page

from pluc.content.addresses import absolute, page_path
from portal.meetings.addresses import course_path, meeting_path
from portal.meetings.queries.remembered import on_offer

CONTACT_IS_VALID_FOR = timedelta(days=180)
PLAIN_TEXT = "text/plain; charset=utf-8"


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: everything public may be indexed except searches."""
    lines = ["User-agent: *", "Disallow: /zoeken/", "Disallow: /en/zoeken/", "Disallow: /beheer/"]
    lines += ["Disallow: /mijn/", "", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN_TEXT)


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live page with its translations, and the meetings to come, in two queries."""
    pages = Page.objects.live().filter(depth__gte=2, alias_of=None).select_related("locale")
    translations: dict[object, list[tuple[str, str]]] = defaultdict(list)
    for page in pages:
        entry = (page.locale.language_code, absolute(page_path(page)))
        translations[page.translation_key].append(entry)
    entries = [
        {
            "url": absolute(page_path(page)),
            "changed": page.last_published_at,
            "translations": translations[page.translation_key],
        }
        for page in pages
    ]
    entries += meeting_entries({page_path(page) for page in pages})
    return render(request, "home/sitemap.xml", {"entries": entries}, content_type="application/xml")


def meeting_entries(paths: set[str]) -> list[dict[str, Any]]:
    """Meetings to come, in each language that their course has a page in (`paths`)."""
    found: list[dict[str, Any]] = []
    meetings = on_offer(now=timezone.now()).select_related("course")
    for meeting in meetings:
        addresses = [
            (code, absolute(meeting_path(meeting, code)))
            for code, _ in settings.LANGUAGES
            if course_path(meeting.course, code) in paths
        ]
        found += [
            {"url": address, "changed": meeting.changed_at, "translations": addresses}
            for _, address in addresses
        ]
    return found


def security(request: HttpRequest) -> HttpResponse:
    """security.txt: whom to tell of a weakness. `Expires` moves on each month (STANDARDS 6.5)."""
    month = timezone.now().astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires: datetime = month + CONTACT_IS_VALID_FOR
    lines = [
        f"Contact: mailto:security@{settings.MAIL_DOMAIN}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=PLAIN_TEXT)


def favicon(request: HttpRequest) -> HttpResponse:
    """Redirects `/favicon.ico` to the icon, for clients that do not read the page's link to it."""
    return redirect(static("brand/favicon-32.png"), permanent=True)
