"""Rich text for mail: with links that lead to the site from anywhere, and as plain text."""

import re
from html import escape

from django.conf import settings
from lxml.html import HtmlElement, fragment_fromstring, tostring

SPACES = re.compile(r"[ \t\r\n]+")
MANY_EMPTY = re.compile(r"\n{3,}")


def parsed(html: str) -> HtmlElement:
    """HTML below one element, whatever it consists of."""
    return fragment_fromstring(html, create_parent="div")


def inner_html(root: HtmlElement) -> str:
    """What stands in an element."""
    inside = [tostring(child, encoding="unicode") for child in root]
    return escape(root.text or "", quote=False) + "".join(inside)


def with_whole_addresses(html: str) -> str:
    """The same HTML with links of a path led to the public site: a mail has no address itself."""
    root = parsed(html)
    for link in root.iter("a"):
        if (href := link.get("href", "")).startswith("/"):
            link.set("href", f"{settings.SITE_URL}{href}")
    return inner_html(root)


def as_text(html: str) -> str:
    """Paragraphs apart, items with a dash, links with their address behind them."""
    text = "".join(pieces(parsed(html)))
    lines = "\n".join(line.strip() for line in text.splitlines())
    return MANY_EMPTY.sub("\n\n", lines).strip()


def pieces(element: HtmlElement) -> list[str]:
    """The texts of an element in order, with the line breaks that its kind calls for."""
    before, after = around(element)
    found = [before, SPACES.sub(" ", element.text or "")]
    for child in element:
        found += [*pieces(child), SPACES.sub(" ", child.tail or "")]
    return [*found, after]


def around(element: HtmlElement) -> tuple[str, str]:
    """What text has before and after an element in place of its tags."""
    match element.tag:
        case "p" | "ul" | "ol":
            return "\n\n", "\n\n"
        case "br":
            return "\n", ""
        case "li":
            return f"\n{mark_of(element)} ", ""
        case "a":
            address = element.get("href", "").removeprefix("mailto:").removeprefix("tel:")
            said = element.text_content().strip()
            return "", f" ({address})" if address and address != said else ""
    return "", ""


def mark_of(item: HtmlElement) -> str:
    """A dash, or the number of an item of a list that counts."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return "-"
    return f"{list(above).index(item) + 1}."
