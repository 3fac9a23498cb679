"""Answers as JSON. What is told is a schema already, so that it is checked once and not twice."""

import json
from typing import Any

from django.http import HttpResponse

from headless.content.schemas.answers import Answer

JSON = "application/json; charset=utf-8"


def json_answer(told: Answer | dict[str, Any]) -> HttpResponse:
    """An answer; a page says itself in which language it is."""
    if isinstance(told, Answer):
        return HttpResponse(told.model_dump_json(), content_type=JSON)
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=JSON)
