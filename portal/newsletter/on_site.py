"""What was sent, as it stands on the site: the same content in the site's own clothes."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from lxml.html import HtmlElement, document_fromstring

from portal.newsletter.plain import inner_html

# Of what mail programs need, the site needs these only.
KEPT = {"class", "href", "src", "alt", "width", "height", "aria-hidden", "tabindex", "rel"}
CONTENT = "//td[contains(concat(' ', @class, ' '), ' letter ')]"
LAYOUT = ("table", "tbody", "tr", "td")
SITES = {"external", "unbroken"}  # classes that rich text has from the site
# Below a button a mail says its address once more.
WRITTEN_OUT = ".//p[@class='soft']"


def letter_in(html: str) -> HtmlElement | None:
    """The part of a mail that an editor made, without the frame that all mails have."""
    boxes: list[HtmlElement] = document_fromstring(html).xpath(CONTENT)
    return boxes[0] if boxes else None


@lru_cache(maxsize=32)  # what was sent never changes
def content_of(html: str) -> SafeString:
    """The content of an issue's HTML, without its frame and without styles of its own.

    The links to leave stand in the frame, so nothing of a recipient can be in what is left.
    """
    found = letter_in(html)
    if found is None:
        return mark_safe("")
    site = site_of(found)
    for twice in found.findall(WRITTEN_OUT):
        twice.drop_tree()
    for element in list(found.iterdescendants()):
        dress(element, site)
    return mark_safe(inner_html(found))  # noqa: S308  made by our own templates, then frozen


def site_of(letter: HtmlElement) -> str:
    """Scheme and host that the site had when it was sent: that of the newsletter's own link."""
    links: list[str] = letter.xpath("//a[@class='earlier']/@href")
    parts = urlsplit(links[0] if links else settings.SITE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def dress(element: HtmlElement, site: str) -> None:
    """Leaves an element what the site shows it by; tables that lay out a mail become blocks."""
    if not isinstance(element.tag, str):  # a comment
        element.drop_tree()
        return
    is_picture = element.tag == "img"
    for name in set(element.attrib):
        if name not in KEPT or (name in {"width", "height"} and not is_picture):
            del element.attrib[name]
    for name in ("href", "src"):
        address = element.get(name, "")
        if address.startswith(f"{site}/"):
            element.set(name, address.removeprefix(site))
    if is_picture:
        element.set("loading", "lazy")
    if element.tag in LAYOUT:
        element.tag = "div"
    name_for_site(element)


def name_for_site(element: HtmlElement) -> None:
    """Gives the classes of a mail names that are no other component's; a button is the site's."""
    names = element.get("class", "").split()
    above = element.getparent()
    if above is not None and "issue-button-ground" in above.get("class", ""):
        element.set("class", "button")
    elif names:
        own = (name if name in SITES else f"issue-{name}" for name in names)
        element.set("class", " ".join(own))
