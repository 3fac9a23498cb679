"""Which part of a file a request asks for (RFC 9110, 14), and whether it has it already.

One range is answered with that part. Several at once are answered with the whole file, which the
RFC allows: nobody of ours needs them, and a thousand of them cost no more than one request.
"""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import parse_http_date_safe

ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
LONGEST = 18  # digits of a number that is read; a longer one is beyond any file


@dataclass(frozen=True, kw_only=True)
class Part:
    """`length` bytes from `start`."""

    start: int
    length: int


class Unsatisfiable(Exception):
    """The range lies beyond the file: 416."""


def asked_part(request: HttpRequest, *, size: int, etag: str, modified: int) -> Part | None:
    """The part that is asked for; `None` for the whole file. Raises `Unsatisfiable`.

    `etag` is a strong one, in quotes; `modified` in seconds since the epoch. A range that is no
    range is ignored, as one is in a request that is no GET.
    """
    found = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or found is None or not is_same(request, etag, modified):
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        start, end = max(size - number(last), 0), size - 1
    else:
        start, end = number(first), min(number(last), size - 1) if last else size - 1
        if last and number(last) < number(first):
            return None  # no range at all (RFC 9110, 14.1.1)
    if start >= size:
        raise Unsatisfiable
    return Part(start=start, length=end - start + 1)


def number(digits: str) -> int:
    """A number of any length; of a very long one that it is beyond any file."""
    digits = digits.lstrip("0")
    return 10**LONGEST if len(digits) > LONGEST else int(digits or 0)


def is_same(request: HttpRequest, etag: str, modified: int) -> bool:
    """Whether `If-Range` names this very content, or does not ask (RFC 9110, 13.1.5)."""
    known = request.headers.get("If-Range")
    if known is None:
        return True
    if known.startswith(('"', "W/")):
        return known == etag  # a weak one never matches
    return parse_http_date_safe(known) == modified
