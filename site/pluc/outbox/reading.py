"""What the back office may read of a message: everything but links with a token.

A mail may hold a token for somebody's account. Who reads along must not be able to use it, so of
all addresses only those of the public statement are shown; for any other stands `[link]`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

LINK = "[link]"
SHOWN_HEADERS = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Reply-To",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)


@dataclass(frozen=True)
class Reading:
    """A message as the back office sees it."""

    headers: list[tuple[str, str]]
    text: str
    attachments: list[str]


def read(message: bytes) -> Reading:
    """Parses a message, and leaves out its links."""
    parsed = message_from_bytes(message, policy=policy.default)
    headers = [(name, without_links(str(value))) for name, value in shown(parsed)]
    files = [part.get_filename() or part.get_content_type() for part in parsed.iter_attachments()]
    return Reading(headers, without_links(text_of(parsed)), files)


def shown(message: EmailMessage) -> Iterator[tuple[str, str]]:
    for name in SHOWN_HEADERS:
        if value := message.get(name):
            yield name, value


def text_of(message: EmailMessage) -> str:
    """The text part; of a message without one, its HTML without tags."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = str(body.get_content())
    return strip_tags(content) if body.get_content_subtype() == "html" else content


def without_links(text: str) -> str:
    """The text, with `[link]` for every address but the public statement's."""
    return address_pattern().sub(harmless, text)


def address_pattern() -> re.Pattern[str]:
    """Any web address, and anything below one of our own hosts without `https://` before it."""
    ours = {urlsplit(address).netloc for address in (settings.SITE_URL, settings.PORTAL_URL)}
    hosts = "|".join(re.escape(host) for host in sorted(ours, key=len, reverse=True))
    return re.compile(rf"(?:[a-z][a-z0-9+.-]*://|\bwww\.|(?:{hosts})/)[^\s<>\"]*", re.IGNORECASE)


def harmless(found: re.Match[str]) -> str:
    statements = [statement_address(language) for language, _ in settings.LANGUAGES]
    return found[0] if found[0] in statements else LINK


def statement_address(language: str) -> str:
    """Where the privacy statement in force stands, in a language."""
    with translation.override(language):
        path = reverse("statement", urlconf="pluc.urls.public")
    return f"{settings.SITE_URL}{path}"
