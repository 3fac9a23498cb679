"""The documentation of the API, made of its schema within our own design and policy (0052)."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from headless.api import api
from headless.docs.operations import Reference, reference_of
from pluc.content.addresses import absolute
from pluc.content.tree import Crumb, home_crumb
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
    """Every operation, in the order of the schema."""
    context = {"told": told_in(language_now(), "docs/told.html"), "breadcrumbs": [home_crumb()]}
    return render(request, "docs/reference.html", context)


@require_safe
def objects(request: HttpRequest) -> HttpResponse:
    """Every model, by its name."""
    above = Crumb(_t("The API"), reverse("api_docs"))
    told = told_in(language_now(), "docs/models.html")
    context = {"told": told, "breadcrumbs": [home_crumb(), above]}
    return render(request, "docs/objects.html", context)


def language_now() -> str:
    return get_language() or settings.LANGUAGE_CODE


@cache
def told_in(language: str, template: str) -> SafeString:
    """What a page tells, made once: the schema does not change while a process lives."""
    return told(reference_of(api.schema), language, template)


def told(reference: Reference, language: str, template: str) -> SafeString:
    context = {
        "reference": reference,
        "objects": reverse("api_docs_objects"),
        "attributes": ATTRIBUTES,
        "base": absolute("/api/"),
        "origin": settings.SITE_URL,
        "embed": absolute(reverse("embed_agenda")),
        "offer": absolute(offer_path(language)),
    }
    return render_to_string(template, context)
