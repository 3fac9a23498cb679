"""Answers as JSON. What is told is a schema already, so that it is checked once and not twice."""

import json
from typing import Any

from django.http import HttpResponse

from headless.content.schemas.answers import Answer

JSON = "application/json; charset=utf-8"


def json_answer(told: Answer | dict[str, Any], language: str = "") -> HttpResponse:
    """An answer, in the language that it was asked for in unless it says another."""
    data = told.model_dump(mode="json") if isinstance(told, Answer) else told
    text = json.dumps(data, ensure_ascii=False)
    answer = HttpResponse(text, content_type=JSON)
    if language:
        answer["Content-Language"] = language
    return answer
