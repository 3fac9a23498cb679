"""Whether the links of an issue lead somewhere. Ours are asked, others are only read.

Nothing is fetched: an address of our own is answered by this very process, and of another site we
know no more than whether it is an address.
"""

from functools import lru_cache
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.test import RequestFactory
from django.utils import translation

from pluc.web_addresses import can_be_followed
from portal.newsletter.on_site import letter_in


@lru_cache(maxsize=1)
def handler() -> BaseHandler:
    """Django's own way from a request to its answer, with all that stands in between."""
    made = BaseHandler()
    made.load_middleware()
    return made


def dead_links(html: str) -> list[str]:
    """The addresses that the content of a mail leads to and where nothing is, each once.

    Of a link without an address its text. Those of the frame are the house's own.
    """
    letter = letter_in(html)
    links = [] if letter is None else list(letter.iter("a"))
    named = [(link.get("href", ""), link.text_content().strip()) for link in links]
    dead = [href or text for href, text in named if not leads_somewhere(href)]
    return list(dict.fromkeys(dead))


def leads_somewhere(address: str) -> bool:
    if not can_be_followed(address):
        return False
    parts = urlsplit(address)
    ours = {urlsplit(one).netloc for one in (settings.SITE_URL, settings.PORTAL_URL)}
    if parts.scheme in {"http", "https"} and parts.netloc in ours:
        return answers(parts.netloc, parts.path or "/", parts.query)
    return True


def answers(host: str, path: str, query: str) -> bool:
    """Whether an address of ours shows something to who has not signed in, or asks them to."""
    asked = RequestFactory().get(
        path, query_params={}, secure=settings.HTTPS, HTTP_HOST=host, QUERY_STRING=query
    )
    with translation.override(translation.get_language()):
        answer = handler().get_response(asked)
    return answer.status_code < HTTPStatus.BAD_REQUEST
