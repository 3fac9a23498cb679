"""Files that machines fetch again and again: "you have it already" in place of the same file.

An answer has an ETag, the digest of its content, and a Last-Modified, the moment since which its
address gives this content. Whoever sends either back gets 304 (RFC 9110, 13.1).
"""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from pluc.outages import Unusable, outage

KEY = "pluc.conditional:"


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with both marks; 304 in its place for whoever has this content already."""
    etag = etag_of(response.content)
    since = given_since(request.path, etag.strip('"'))
    response["ETag"] = etag
    response["Last-Modified"] = http_date(since)
    answer = get_conditional_response(request, etag, since, response)
    return answer if isinstance(answer, HttpResponse) else response


def unless_same(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A response that has an ETag alone; 304 in its place for whoever has this content already.

    For what is asked for so often that a moment per address would cost more than it spares.
    """
    answer = get_conditional_response(request, response["ETag"], None, response)
    return answer if isinstance(answer, HttpResponse) else response


def etag_of(content: bytes) -> str:
    return quote_etag(hashlib.sha256(content).hexdigest()[:32])


def given_since(path: str, digest: str) -> int:
    """Since which second of the Unix epoch an address gives a content; now, without a cache.

    Kept by us and not taken from what is listed: what disappears from a list changes it too, and
    leaves the newest of its dates as it was.
    """
    name = KEY + hashlib.sha256(path.encode()).hexdigest()[:32]
    now = int(timezone.now().timestamp())
    try:
        known, since = cache.get(name) or ("", 0)
        if known == digest:
            return int(since)
        now = max(now, since + 1)  # a moment in a header has no fractions
        cache.set(name, (digest, now), timeout=None)
    except Unusable as error:
        if not outage(error):
            raise
    return now
