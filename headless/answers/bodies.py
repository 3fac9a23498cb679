"""The JSON that is sent to the API: read strictly, and refused with a sentence (RFC 8259)."""

import json
from http import HTTPStatus
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _t
from ninja.parser import Parser

from headless.answers.problems import Refusal, too_large

JSON = "application/json"
UTF_8 = {"utf-8", "utf8"}
UNPACKED = {"", "identity"}
HALF_SIGN = b"\\ud"  # how JSON writes a surrogate: half of a sign
MOST_BYTES = 1024 * 1024  # of a body: a thousand people with long names and addresses fit


class JsonParser(Parser):
    """Takes JSON in UTF-8 and nothing else.

    Each name stands once in an object: of two, another program might take the other one.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises `Refusal`: 415 for another content type, 413 for too much, 400 for no JSON."""
        require_plain_json(request)
        if len(request.body) > MOST_BYTES:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_large())
        try:
            return read_json(request.body)
        except (ValueError, RecursionError) as error:
            raise Refusal(
                HTTPStatus.BAD_REQUEST, _t("This is not JSON in UTF-8. Nothing was done.")
            ) from error


def require_plain_json(request: HttpRequest) -> None:
    """Raises `Refusal` (415) for another type, other letters than UTF-8, and what is packed."""
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    if request.content_type != JSON or charset.lower() not in UTF_8:
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            _t("Send JSON in UTF-8, with the header Content-Type: application/json."),
        )
    if request.headers.get("Content-Encoding", "").strip().lower() not in UNPACKED:
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            _t("Send it as it is, without Content-Encoding: nothing is unpacked here."),
            headers={"Accept-Encoding": "identity"},
        )


def read_json(body: bytes) -> Any:
    """Raises `ValueError`, or `RecursionError` for what is nested too deeply."""
    found = json.loads(body.decode(), object_pairs_hook=each_once, parse_constant=not_json)
    if HALF_SIGN in body.lower():
        json.dumps(found, ensure_ascii=False).encode()  # half of a sign is no text
    return found


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Raises `ValueError` where a name stands in it twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def not_json(constant: str) -> NoReturn:
    """NaN and Infinity, which Python reads and JSON does not have."""
    raise ValueError(constant)
