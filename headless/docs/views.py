"""The documentation of the API, made of its schema within our own design and policy (0052)."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from headless.api import api
from headless.docs.operations import Reference, reference_of
from pluc.content.addresses import absolute
from pluc.content.tree import home_crumb


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation and model, in the order of the schema."""
    context = {
        "reference": reference_in(get_language() or ""),
        "base": absolute("/api/"),
        "embed": absolute("/embed/agenda.js"),
        "breadcrumbs": [home_crumb()],
    }
    return render(request, "docs/reference.html", context)


@cache
def reference_in(language: str) -> Reference:
    """The schema does not change while a process lives; its words are those of a language."""
    return reference_of(api.get_openapi_schema())
