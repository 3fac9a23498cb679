"""Wagtail's search on SQLite, for any text that somebody types (docs/decisions/0017)."""

from typing import Any

from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend
from modelsearch.query import SearchQuery

# In SQLite's query language (FTS5) they quote and escape; no word holds them.
SIGNS = str.maketrans('"\\', "  ")


def without_signs(query: Any) -> Any:
    """A query (a text, or a tree of parts) without the signs of SQLite's query language."""
    if isinstance(query, str):
        return query.translate(SIGNS).strip()
    if isinstance(query, SearchQuery):
        for name, part in vars(query).items():
            is_list = isinstance(part, list)
            setattr(query, name, [*map(without_signs, part)] if is_list else without_signs(part))
    return query


class SearchBackend(SQLiteSearchBackend):
    """Wagtail's backend for SQLite, which would fail on these signs."""

    def _search(self, query_compiler_class: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super()._search(query_compiler_class, without_signs(query), *args, **kwargs)
