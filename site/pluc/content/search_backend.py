"""The search over pages, pictures and lists on SQLite, for whatever somebody types."""

from typing import Any

from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend
from modelsearch.query import SearchQuery

# In SQLite's query language (FTS5) they quote and escape; no word holds them.
SIGNS = str.maketrans('"\\', "  ")


def without_signs(query: Any) -> Any:
    """A query as text, or as a tree of parts, without the signs that the database would read."""
    if isinstance(query, str):
        return query.translate(SIGNS).strip()
    if isinstance(query, SearchQuery):
        for name, part in vars(query).items():
            is_list = isinstance(part, list)
            setattr(query, name, [*map(without_signs, part)] if is_list else without_signs(part))
    return query


class SearchBackend(SQLiteSearchBackend):
    """Wagtail's search in SQLite, which fails on these signs."""

    def _search(self, query_compiler_class: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super()._search(query_compiler_class, without_signs(query), *args, **kwargs)
