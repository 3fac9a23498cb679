"""Asking the live site without a browser: single answers, and the pages of the sitemap."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from urllib.parse import urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup

from tests.live_site import LiveSite, request_to

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

# One address of each public template, and of the states that look different.
TEMPLATES = {
    "home": "/",
    "home in English": "/en/",
    "standard page": "/over-pluc/",
    "offer": "/bijeenkomsten/",
    "offer, filtered": "/bijeenkomsten/?format=cafe&region=oost",
    "offer, nothing found": "/bijeenkomsten/?format=cafe&language=en",
    "course": "/bijeenkomsten/steekproeven/",
    "meeting": "/bijeenkomsten/latente-belastingen/latent-utrecht-1/",
    "meeting of several days": "/bijeenkomsten/data-bevragen/data-rotterdam-1/",
    "meeting, full": "/bijeenkomsten/btw-op-een-a4/btw-utrecht-1/",
    "meeting, cancelled": "/bijeenkomsten/pensioen-in-gewone-taal/pensioen-zwolle-1/",
    "partners": "/partners/",
    "partner": "/partners/pruimen-en-partners/",
    "blog": "/blog/",
    "blog, filtered": "/blog/?onderwerp=controle",
    "blog, page 2": "/blog/?pagina=2",
    "post": "/blog/laat-eens-zien/",
    "post with a table": "/blog/vier-ogen-die-niets-zagen/",
    "newsletter": "/nieuwsbrief/",
    "issue of the newsletter": "/nieuwsbrief/nee-zeggen-zonder-ruzie/",
    "contact": "/contact/",
    "search": "/zoeken/",
    "search, found": "/zoeken/?q=controle",
    "search, nothing found": "/zoeken/?q=xylofoonkwartet",
    "documentation of the API": "/api/docs",
    "not found": "/nergens/",
    "cookies": "/cookies/",
    "statement": "/privacyverklaring/",
    "statement's versions": "/privacyverklaring/versies/",
    "statement of 2018": "/privacyverklaring/2018-05-16/",
}

OTHER_PAGES = [
    "/en/nowhere/",
    "/en/zoeken/?q=audit",
    "/en/zoeken/?q=xylophonequartet",
    "/api/docs/objects",
    "/en/api/docs",
    "/en/cookies/",
    "/en/privacyverklaring/",
    "/en/privacyverklaring/versies/",
    "/mijn/inloggen/",
    "/en/mijn/inloggen/",
]


@dataclass(frozen=True)
class Answer:
    """What the site said to one GET. Redirects are not followed."""

    address: str
    status: int
    headers: Message
    body: bytes

    @property
    def is_html(self) -> bool:
        return self.headers.get_content_type() == "text/html"

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "lxml")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def fetch(site: LiveSite, path: str, **headers: str) -> Answer:
    """A GET of a public path, as a browser without cookies sends it."""
    try:
        with OPENER.open(request_to(site.url + path, **headers), timeout=30) as response:
            return Answer(path, response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(path, error.code, error.headers, error.read())


def sitemap_of(site: LiveSite) -> list[str]:
    """The paths that the sitemap names."""
    root = ElementTree.fromstring(fetch(site, "/sitemap.xml").body)
    addresses = (url.findtext(f"{SITEMAP}loc") or "" for url in root)
    return [path_within(site, address) or "?" for address in addresses]


def path_within(site: LiveSite, address: str) -> str | None:
    """The path and query of an absolute address on the site; `None` for one elsewhere."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != site.url:
        return None
    return parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
