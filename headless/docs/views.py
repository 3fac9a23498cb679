"""The documentation of the API, made of its schema within our own design and policy (0052)."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from headless.api import api
from headless.docs.operations import Reference, reference_of
from pluc.content.addresses import absolute
from pluc.content.tree import home_crumb
from portal.meetings.addresses import offer_path

# What `<pluc-agenda>` takes (static/embed/agenda.js, docs/api.md).
ATTRIBUTES = [
    ("partner", _("Your short name with us: shows the meetings that we hold with you.")),
    ("locale", _("nl or en. If you leave it out, the language of your page.")),
    ("limit", _("How many meetings at a time: 5 by default, 50 at most.")),
    ("heading", _("What stands above it. Empty for no heading.")),
    ("heading-level", _("1 to 5, and 2 by default. The titles of meetings are one level below.")),
    (
        "course, format, region, subject, month, language, places",
        _("Which meetings: the filters of our own agenda, as they stand in its address."),
    ),
]


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation and model, in the order of the schema."""
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        "reference": reference_in(language),
        "base": absolute("/api/"),
        "origin": settings.SITE_URL,
        "embed": absolute(reverse("embed_agenda")),
        "attributes": ATTRIBUTES,
        "offer": absolute(offer_path(language)),
        "breadcrumbs": [home_crumb()],
    }
    return render(request, "docs/reference.html", context)


@cache
def reference_in(language: str) -> Reference:
    """The schema does not change while a process lives; its words are those of a language."""
    return reference_of(api.get_openapi_schema())
