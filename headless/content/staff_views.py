"""The screen on which an editor makes a link to the draft of a page."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from headless.content.drafts import make_link, may_show
from headless.content.previews import is_told
from pluc import periods
from pluc.content.for_api import is_for_api
from pluc.content.models import BasePage
from pluc.errors import or_not_found
from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.screens import Screens

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

SCREENS = Screens(
    folder="api_drafts",
    title=_("Pages"),
    icon="link",
    start="wagtailadmin_explore_root",
    may=lambda user: may_look(user),
)


def may_look(user: "_User") -> bool:
    return user.has_perm("wagtailadmin.access_admin")


@for_staff(may_look)
def draft_link(request: SignedInRequest, number: int) -> HttpResponse:
    """Says what a link does; then makes it, and shows it this once."""
    page = page_to_show(request, number)
    name = page.get_admin_display_title()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    why_not = [] if is_for_api(page.get_latest_revision_as_object()) else [kept_back()]
    facts: dict[str, Any] = {"page": page, "back": edit, "why_not": why_not}
    facts |= {"period": periods.in_words(periods.PREVIEW_LINK)}
    below = [(edit, name)]
    title = _t("Show the draft of “%(title)s” elsewhere") % {"title": name}
    if request.method == "POST" and not why_not:
        link = make_link(page=page, editor=request.user)
        answer = SCREENS.show(request, "made", title, below=below, link=link, **facts)
        answer["Referrer-Policy"] = "no-referrer"
        return answer
    button = _t("Make a link")
    return SCREENS.show(request, "make", title, below=below, button=button, **facts)


def kept_back() -> str:
    return _t("This page, or one above it, is marked as not for the API: it has no link.")


def page_to_show(request: SignedInRequest, number: int) -> BasePage:
    """A page of which this colleague may edit the draft. Raises `Http404` for any other."""
    found = or_not_found(Page.objects.filter(pk=number).first()).specific
    if not isinstance(found, BasePage) or not is_told(found) or not may_show(request.user, found):
        raise Http404
    return found
