"""The privacy statement as JSON: what was put in force, and nothing that is still written."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from wagtail.query import PageQuerySet

from headless.content.addresses import api_address
from headless.content.html import with_whole_addresses
from headless.content.pointers import Pointers, load
from headless.content.schemas.answers import as_language
from headless.content.schemas.blocks import RegistryTableBlock, RegistryTableValue
from headless.content.schemas.others import (
    EditionInFull,
    EditionInShort,
    StatementDifference,
    table_of,
)
from headless.content.telling.blocks import tell_block
from legal.statements.difference import difference
from legal.statements.models import Edition
from legal.statements.queries import edition_in_force, whole_text
from pluc.content.addresses import absolute
from pluc.links import PUBLIC_URLCONF


def in_short(edition: Edition, in_force: str) -> dict[str, Any]:
    """What a list says; `in_force` is the version that is."""
    with translation.override(edition.language):
        html, pdf = (
            reverse(name, urlconf=PUBLIC_URLCONF, kwargs={"version": edition.version})
            for name in ("statement_version", "statement_pdf")
        )
    address = api_address("content_edition", version=edition.version)
    return {
        "version": edition.version,
        "locale": edition.language,
        "title": edition.title,
        "summary": edition.summary,
        "is_material": edition.is_material,
        "effective_from": edition.effective_from,
        "is_in_force": edition.version == in_force,
        "html_url": absolute(html),
        "pdf_url": absolute(pdf),
        "detail_url": f"{address}?locale={edition.language}",
    }


def version_in_force(language: str) -> str:
    edition = edition_in_force(language)
    return edition.version if edition else ""


def tell_in_short(edition: Edition, in_force: str) -> EditionInShort:
    return EditionInShort(**in_short(edition, in_force))


def tell_edition(edition: Edition, in_force: str, public: PageQuerySet) -> EditionInFull:
    return EditionInFull(
        **in_short(edition, in_force),
        intro=edition.intro,
        key_points=edition.key_points,
        html=with_whole_addresses(edition.html),
        body=body_of(edition, public),
        tables={key: table_of(data) for key, data in edition.tables.items()},
        sha256=edition.sha256,
    )


def body_of(edition: Edition, public: PageQuerySet) -> list[Any]:
    """The text in blocks, with the registry's tables as they were put in force."""
    pointers = Pointers()
    pointers.add(edition.text)
    known = load(pointers, public)
    blocks = [
        table_block(raw, edition)
        if raw["type"] == "registry_table"
        else tell_block(raw, known, edition.language, page=0)
        for raw in edition.text
    ]
    return [block for block in blocks if block is not None]


def table_block(raw: dict[str, Any], edition: Edition) -> Any:
    key = str(raw["value"].get("table") or "")
    if key not in edition.tables:
        return None
    table = table_of(edition.tables[key])
    value = RegistryTableValue(table=key, first_column_is_header=True, **table.model_dump())
    return RegistryTableBlock(type="registry_table", id=raw.get("id"), value=value)


def tell_difference(older: Edition, newer: Edition, in_force: str) -> StatementDifference:
    with translation.override(newer.language):
        html = difference(whole_text(older), whole_text(newer))
    return StatementDifference(
        locale=as_language(newer.language),
        older=tell_in_short(older, in_force),
        newer=tell_in_short(newer, in_force),
        html=with_whole_addresses(html),
    )
