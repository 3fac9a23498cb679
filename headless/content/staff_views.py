"""The screen on which an editor makes a link to the draft of a page."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
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
from pluc.staff_screens.once import show_once, value_to_show
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
    """Says what a link does; then makes it, and leads to the page that shows it, once."""
    page = page_to_show(request, number)
    why_not = [] if is_for_api(page.get_latest_revision_as_object()) else [kept_back()]
    if request.method == "POST" and not why_not:
        made = reverse("api_draft_link_made", args=[page.pk])
        link = make_link(page=page, editor=request.user)
        return HttpResponseRedirect(show_once(request, link, at=made))
    return about(request, page, "make", button=_t("Make a link"), why_not=why_not)


@for_staff(may_look)
def draft_link_made(request: SignedInRequest, number: int) -> HttpResponse:
    """The link that was just made, once; whoever comes back is told that it is not shown again."""
    answer = about(request, page_to_show(request, number), "made", link=value_to_show(request))
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def about(request: SignedInRequest, page: BasePage, template: str, **more: Any) -> HttpResponse:
    """A screen about a page, below the screen on which it is edited."""
    name = page.get_admin_display_title()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    title = _t("Show the draft of “%(title)s” elsewhere") % {"title": name}
    facts: dict[str, Any] = {
        "page": page,
        "back": edit,
        "period": periods.in_words(periods.PREVIEW_LINK),
    }
    return SCREENS.show(request, template, title, below=[(edit, name)], **(facts | more))


def kept_back() -> str:
    return _t("This page, or one above it, is marked as not for the API: it has no link.")


def page_to_show(request: SignedInRequest, number: int) -> BasePage:
    """A page of which this colleague may edit the draft. Raises `Http404` for any other."""
    found = or_not_found(Page.objects.filter(pk=number).first()).specific
    if not isinstance(found, BasePage) or not is_told(found) or not may_show(request.user, found):
        raise Http404
    return found
