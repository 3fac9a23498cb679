"""Active content in Office Open XML (ECMA-376): told by content types and relationships."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from pluc.content.active_findings import FETCHES, FILE, MACRO, ActiveContent, Element
from pluc.web_addresses import read_address

# Parts of content types, by what they announce.
MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "activex")
OTHER_TYPES = {"oleobject": FILE, "webextension": FETCHES}
# The ends of relationship types, which come in two families of addresses.
MACRO_RELATIONS = ("vbaproject", "wordvbadata", "macrosheet", "control", "activexcontrolbinary")
FILE_RELATIONS = ("oleobject", "afchunk", "subdocument")
HYPERLINK = "/hyperlink"
FOLLOWED = {"http", "https", "mailto", "tel", ""}
MACRO_ROOTS = ("}macrosheet", "}intlmacrosheet")
DDE = "}ddelink"


def check_names(names: Sequence[str]) -> None:
    """Names mean nothing in this format: there is nothing to check."""


def check_elements(name: str, elements: Iterator[Element]) -> None:
    """Raises `ActiveContent` for macros, files and outside sources that the part declares."""
    is_relations = name.lower().endswith(".rels")
    for tag, attributes in elements:
        if tag.endswith(MACRO_ROOTS) or tag.endswith(("}ocx",)):
            raise ActiveContent(MACRO)
        if tag.endswith(DDE):
            raise ActiveContent(FETCHES)
        if tag.endswith(("}override", "}default")):
            check_type(attributes.get("contenttype", "").lower())
        if is_relations and tag.endswith("}relationship"):
            check_relation(attributes)


def check_type(content_type: str) -> None:
    if any(part in content_type for part in MACRO_TYPES):
        raise ActiveContent(MACRO)
    for part, what in OTHER_TYPES.items():
        if part in content_type:
            raise ActiveContent(what)


def check_relation(attributes: dict[str, str]) -> None:
    """Raises `ActiveContent` for a macro, a file, or an outside source but a harmless link."""
    kind = attributes.get("type", "").lower()
    if kind.endswith(MACRO_RELATIONS):
        raise ActiveContent(MACRO)
    if kind.endswith(FILE_RELATIONS):
        raise ActiveContent(FILE)
    if attributes.get("targetmode", "").lower() != "external":
        return
    if not kind.endswith(HYPERLINK) or not is_harmless(attributes.get("target", "")):
        raise ActiveContent(FETCHES)


def is_harmless(target: str) -> bool:
    """Whether a link that somebody follows leads to the web, a mailbox, a phone, or within."""
    parts = read_address(unquote(target).strip())
    return parts is not None and parts.scheme.lower() in FOLLOWED and not is_share(target)


def is_share(target: str) -> bool:
    """Whether it names a file on another machine, which Windows would sign in to."""
    return target.strip().replace("\\", "/").startswith("//")
