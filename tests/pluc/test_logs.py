"""No log holds an address by which somebody gets in (STANDARDS 6.24)."""

import logging
import re
from collections.abc import Iterable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from pluc.logs import TokenFilter

SECRET = "Zeer-Geheim:123"
# What our routes call what opens a door.
OPENS = re.compile(r"<(?:str:)?token>|<str:code>|\(\?P<key>[^)]*\)")
OTHERS = re.compile(r"<[^>]*>|\(\?P<\w+>[^)]*\)")


def routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        else:
            yield route


def addresses() -> list[str]:
    found = routes(get_resolver("pluc.urls.one_host").url_patterns)
    ours = [one for one in found if OPENS.search(one) and not one.startswith("beheer/")]
    plain = [OTHERS.sub("x", OPENS.sub(SECRET, one)) for one in ours]
    return [f"/{one.replace('^', '').rstrip('$')}" for one in plain]


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_log_holds_what_opens_a_door(language: str):
    assert len(addresses()) >= 9
    for address in addresses():
        record = logging.LogRecord(
            "django.request", 30, "", 1, "Not Found: %s", (language + address,), None
        )
        TokenFilter().filter(record)
        assert SECRET not in record.getMessage(), address
