"""Says in the staff screens why something cannot be done to a page; Wagtail would say less."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from pluc.content.models import BasePage
from pluc.content.translating import Untranslated, require_translated
from pluc.hosts import DOOR, Door

# Wagtail's screens and actions that take a page from its place.
SCREENS = {
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:move_confirm",
    "wagtail_localize:convert_to_alias",
}
UPDATE = "wagtail_localize:update_translations"
ACTION = "wagtailadmin_api:pages:action"
TAKING_AWAY = {"delete", "unpublish", "move"}


class RefusalMiddleware:
    """Leads back from what is refused, with the reason; the API answers with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if DOOR.read(request) is not Door.STAFF or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in SCREENS:
            return leave_in_place(request, next(iter(kwargs.values())))  # the page comes first
        if name == UPDATE and "publish_translations" in request.POST:
            return refuse_half_rows(request, kwargs["translation_source_id"])
        if name == ACTION:
            return answer_of_api(kwargs["pk"], kwargs["action_name"])
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A translation that is not complete is refused wherever it was to be published."""
        if not isinstance(error, Untranslated) or DOOR.read(request) is not Door.STAFF:
            return None
        messages.error(request, error.sentence)
        return HttpResponseRedirect(request.get_full_path())


def leave_in_place(request: HttpRequest, page_id: int) -> HttpResponse | None:
    """The way back to a page that has to stay; `None` for all others."""
    page = page_numbered(page_id)
    if page is None or not page.why_kept:
        return None
    messages.error(request, page.why_kept)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page_id]))


def refuse_half_rows(request: HttpRequest, source_id: int) -> HttpResponse | None:
    """Refuses to bring menu, notice, topic or author up to date with pieces that lack.

    wagtail-localize would say that it was done, and leave them as they were. Pages say so when they
    are published.
    """
    source = TranslationSource.objects.filter(pk=source_id).first()
    if source is None or issubclass(source.specific_content_type.model_class(), Page):
        return None
    try:
        with transaction.atomic():
            source.update_from_db()
            for translation in source.translations.filter(enabled=True):
                require_translated(translation.get_target_instance())
    except Untranslated as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(request.get_full_path())
    return None


def answer_of_api(page_id: int, action: str) -> HttpResponse | None:
    """What the API refuses of a page; `None` where it goes on."""
    page = page_numbered(page_id)
    if page is None:
        return None
    if action in TAKING_AWAY and page.why_kept:
        return JsonResponse({"detail": page.why_kept}, status=403)
    if action == "publish":
        try:
            require_translated(page)
        except Untranslated as refusal:
            return JsonResponse({"detail": refusal.sentence}, status=409)
    return None


def page_numbered(page_id: int) -> BasePage | None:
    page = Page.objects.filter(pk=page_id).first()
    specific = page.specific if page else None
    return specific if isinstance(specific, BasePage) else None
