"""Hostile values for every parameter, field and part of an address (docs/decisions/0017)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

# By what they are too much of. None is longer than a server takes.
VALUES = {
    "a number of 25 digits": "9" * 25,
    "a negative number": "-1",
    "a NUL": "a\0b",
    "no number": "x",
    "a day that is none": "0000-00-00",
    "the last day": "9999-12-31",
    "an exponent": "1e999999",
    "no finite number": "NaN",
    "a sentence": "“Één” – \u202e\u0663 ' OR 1=1 -- \"\\%s{x}<b>" + "x" * 500,
    "JSON that is no list": '{"a": [[null, "\\u0000"]]}',
}
KINDS = list(VALUES)
BODIES = {
    "no JSON": ("application/json", b'{"a":'),
    "JSON of another kind": ("application/json", b'[null, "\\u0000"]'),
    "half a form": ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; n"),
    "a form without its boundary": ("multipart/form-data", b"x"),
    "no characters": ("application/x-www-form-urlencoded; charset=none", b"next=%ff%fe&id=%00"),
    "ten thousand fields": ("application/x-www-form-urlencoded", b"a=1&" * 10_001),
}
PATH_VALUES = {
    "int": ["9" * 25, str(2**63 - 1)],
    "str": ["9" * 25, "a%00b"],
    "slug": ["x" * 300],
    "path": ["..%2f..%2fx.png", "a%00b.png"],
    "uuid": ["00000000-0000-0000-0000-000000000000"],
    "uuidstr": ["00000000-0000-0000-0000-000000000000"],
    "typed_uuid": ["00000000-0000-0000-0000-00000000000A"],
}


class Forms(HTMLParser):
    """The forms of a page that are posted: where to, and their fields as they stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.is_inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "form":
            self.is_inside = (known.get("method") or "").lower() == "post"
            if self.is_inside:
                self.found.append((known.get("action") or "", {}))
        name = known.get("name")
        if self.is_inside and name and tag in {"input", "select", "textarea", "button"}:
            self.found[-1][1][name] = known.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False


def mixed(fields: dict[str, str], turn: int) -> dict[str, str]:
    """A form with a hostile value in every field, of another kind in each turn.

    Counts of rows (management forms) stay as shown.

    After as many turns as there are kinds, each field has had each of them.
    """
    return {
        name: value if name.endswith("_FORMS") else VALUES[KINDS[(place + turn) % len(KINDS)]]
        for place, (name, value) in enumerate(fields.items())
    }


@contextmanager
def names_read() -> Iterator[set[str]]:
    """While it lasts: the names that views ask of queries and forms, whatever they are called."""
    read: set[str] = set()
    plain = {name: getattr(MultiValueDict, name) for name in ("get", "__getitem__", "getlist")}

    def noting(method: Callable[..., Any]) -> Callable[..., Any]:
        def ask(self: MultiValueDict[str, Any], key: str, *rest: Any, **more: Any) -> Any:
            if isinstance(self, QueryDict):
                read.add(key)
            return method(self, key, *rest, **more)

        return ask

    for name, method in plain.items():
        setattr(MultiValueDict, name, noting(method))
    yield read
    for name, method in plain.items():
        setattr(MultiValueDict, name, method)
