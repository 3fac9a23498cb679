"""Active content in an OpenDocument (ISO 26300): libraries, listeners and outside sources."""

from collections.abc import Iterator, Sequence

from pluc.content.active_findings import FETCHES, FILE, MACRO, ActiveContent, Element
from pluc.content.active_office import is_harmless, is_share
from pluc.web_addresses import read_address

LIBRARIES = ("basic/", "scripts/", "dialogs/")
SCRIPT = "{urn:oasis:names:tc:opendocument:xmlns:script:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
ACTION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}action"
# What a click in a presentation may not do.
PROGRAMS = {"execute", "verb", "macro"}
FILE_ELEMENTS = ("}object-ole", "}plugin", "}applet", "}floating-frame")
DDE_ELEMENTS = ("}dde-source", "}dde-connection-decl", "}dde-connection", "}dde-link")
# Elements whose link somebody has to follow.
LINKS = ("}a", "}event-listener", "}hyperlink")


def check_names(names: Sequence[str]) -> None:
    """Raises `ActiveContent` for a folder of macros."""
    if any(name.lower().lstrip("/").startswith(LIBRARIES) for name in names):
        raise ActiveContent(MACRO)


def check_elements(name: str, elements: Iterator[Element]) -> None:
    """Raises `ActiveContent` for scripts, files and outside sources in the part."""
    for tag, attributes in elements:
        if tag.startswith(SCRIPT) or tag in {f"{OFFICE}script", "{}script"} or is_text_script(tag):
            raise ActiveContent(MACRO)
        if attributes.get(ACTION, "").lower() in PROGRAMS:
            raise ActiveContent(MACRO)
        if tag.endswith(FILE_ELEMENTS):
            raise ActiveContent(FILE)
        if tag.endswith(DDE_ELEMENTS):
            raise ActiveContent(FETCHES)
        if HREF in attributes:
            check_link(tag, attributes[HREF])


def is_text_script(tag: str) -> bool:
    return tag.endswith("xmlns:text:1.0}script")


def check_link(tag: str, target: str) -> None:
    """Raises `ActiveContent` for an outside source that is no link to the web."""
    if tag.endswith(LINKS):
        if not is_harmless(target):
            raise ActiveContent(MACRO)
        return
    parts = read_address(target.strip())
    if parts is None or parts.scheme or is_share(target):
        raise ActiveContent(FETCHES)
