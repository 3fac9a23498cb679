"""What the API would answer, in the editor's preview."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from headless.content.schemas.pages import BY_KIND
from headless.content.telling.lists import tell_one
from pluc.content.for_api import is_for_api, pages_for_api
from pluc.content.previews import PreviewMode


def is_told(page: Any) -> bool:
    """Whether the API tells of pages of this type."""
    return page._meta.label in BY_KIND


def show(request: HttpRequest, page: Any) -> HttpResponse:
    """The answer once the draft is published, as one reads it."""
    is_ours = is_for_api(page)
    text = ""
    if is_ours:
        told = tell_one(request, page, public=pages_for_api(), is_draft=True)
        text = json.dumps(told, ensure_ascii=False, indent=2)
    return render(request, "content/api_answer.html", {"page": page, "text": text})


API_ANSWER = PreviewMode(name="api", label=_("What the API answers"), is_for=is_told, show=show)
