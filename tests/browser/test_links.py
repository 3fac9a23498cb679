"""Every link, picture, stylesheet, font and feed that the site names is there."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from tests.browser.visits import Answer, fetch, path_within, sitemap_of
from tests.live_site import LiveSite

CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
MOST = 700  # addresses; more would mean that the site links without end


def addresses_in(soup: BeautifulSoup) -> Iterator[tuple[Tag, str]]:
    """Every address that a page names, with the element that names it."""
    for element in soup.find_all(True):
        for name in ("href", "src", "action", "formaction", "poster"):
            if element.get(name):
                yield element, element[name]
        for candidate in (element.get("srcset") or "").split(","):
            if candidate.strip():
                yield element, candidate.split()[0]
        if element.name == "meta" and element.get("property") in {"og:url", "og:image"}:
            yield element, element["content"]


def leads_on(answer: Answer, element: Tag) -> bool:
    """Not from one choice among filters to the next: every combination is an address."""
    return "?" not in answer.address or "nofollow" not in (element.get("rel") or [])


def named_by(site: LiveSite, answer: Answer) -> set[str]:
    """The addresses on the site, without fragment, that an answer names."""
    kind = answer.headers.get_content_type()
    named: list[str] = []
    if kind == "text/html":
        named = [
            address for element, address in addresses_in(answer.soup) if leads_on(answer, element)
        ]
    elif kind == "text/css":
        named = CSS_ADDRESS.findall(answer.body.decode())
    elif kind in {"application/atom+xml", "application/xml"}:
        named = re.findall(r'(?:href="|<loc>)([^"<]+)', answer.body.decode())
    elif kind == "text/plain":
        named = re.findall(r"https?://\S+", answer.body.decode())
    if 300 <= answer.status < 400:
        named = [answer.headers["Location"]]
    base = site.url + answer.address
    paths = (path_within(site, urljoin(base, address.strip())) for address in named)
    return {path for path in paths if path is not None}


@pytest.fixture(scope="module")
def crawl(live_site: LiveSite) -> dict[str, tuple[Answer, str]]:
    """Every answer that can be reached from outside, and the address that first named it."""
    wanted = dict.fromkeys(
        ["/", "/en/", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/nergens/"], ""
    )
    wanted |= dict.fromkeys(sitemap_of(live_site), "/sitemap.xml")
    found: dict[str, tuple[Answer, str]] = {}
    with ThreadPoolExecutor(4) as threads:
        while wanted:
            assert len(found) < MOST
            answers = threads.map(lambda path: fetch(live_site, path), wanted)
            found |= {
                path: (answer, source)
                for (path, source), answer in zip(wanted.items(), answers, strict=True)
            }
            wanted = {
                path: source
                for source in wanted
                for path in named_by(live_site, found[source][0]) - found.keys()
            }
    return found


def asks_to_sign_in(answer: Answer) -> bool:
    """Whether this is a page of the portal, which a visitor comes to by signing in."""
    target = urlsplit(answer.headers.get("Location", "")).path
    return "/mijn/" in answer.address and target.endswith("/mijn/inloggen/")


def test_no_link_leads_nowhere(crawl: dict[str, tuple[Answer, str]]):
    broken = {
        path: f"{answer.status}, named by {source}"
        for path, (answer, source) in crawl.items()
        if answer.status != 200 and path != "/nergens/" and not asks_to_sign_in(answer)
    }
    assert broken == {}


def test_the_crawl_met_everything_that_a_page_is_made_of(crawl: dict[str, tuple[Answer, str]]):
    kinds = {answer.headers.get_content_type() for answer, _ in crawl.values()}
    assert {"text/html", "text/css", "font/woff2", "image/webp", "image/svg+xml"} <= kinds
    assert {"application/atom+xml", "application/xml", "application/pdf"} <= kinds
    paths = {urlsplit(path).path for path in crawl}
    assert {"/blog/feed/", "/en/blog/feed/", "/cookies/", "/privacyverklaring/versies/"} <= paths


def test_every_anchor_exists(live_site: LiveSite, crawl: dict[str, tuple[Answer, str]]):
    missing = []
    for path, (answer, _) in crawl.items():
        if not answer.is_html:
            continue
        for element, address in addresses_in(answer.soup):
            target = urljoin(live_site.url + path, address)
            fragment = urlsplit(target).fragment
            within = path_within(live_site, target)
            if not fragment or within is None:
                continue
            if not crawl[within][0].soup.find(id=fragment):
                missing.append(f"{path}: {element}")
    assert missing == []


def test_links_to_other_sites_are_recognisable_and_give_no_handle(
    live_site: LiveSite, crawl: dict[str, tuple[Answer, str]]
):
    wrong, seen = [], 0
    for path, (answer, _) in crawl.items():
        links = answer.soup.find_all("a", href=re.compile("^https?:")) if answer.is_html else []
        for link in links:
            if path_within(live_site, link["href"]) is not None:
                continue
            seen += 1
            marked = "external" in link.get("class", []) or link.find_parent(class_="video-link")
            if not marked or "noopener" not in link.get("rel", []):
                wrong.append(f"{path}: {link}")
            assert link.get("target") is None, f"{path}: {link}"
    assert wrong == []
    assert seen > 0


def test_only_links_lead_to_other_sites(live_site: LiveSite, crawl: dict[str, tuple[Answer, str]]):
    """Nothing that a browser loads by itself comes from elsewhere."""
    for path, (answer, _) in crawl.items():
        for element, address in addresses_in(answer.soup) if answer.is_html else []:
            if element.name != "a" and not address.startswith("data:"):
                target = urljoin(live_site.url + path, address)
                assert path_within(live_site, target) is not None, f"{path}: {element}"


def test_every_page_of_the_sitemap_names_itself_and_its_translations(
    live_site: LiveSite, crawl: dict[str, tuple[Answer, str]]
):
    for path in sitemap_of(live_site):
        soup = crawl[path][0].soup
        canonical = soup.find("link", rel="canonical")
        assert canonical, path
        assert path_within(live_site, canonical["href"]) == path
        for alternate in soup.find_all("link", rel="alternate", hreflang=True):
            other = path_within(live_site, alternate["href"])
            assert other is not None, path
            back = crawl[other][0].soup.find_all("link", rel="alternate", hreflang=True)
            assert live_site.url + path in {link["href"] for link in back}, path
