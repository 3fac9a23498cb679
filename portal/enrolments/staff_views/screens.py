"""What the staff screens of this room share: who may, what is found, how a screen looks."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t

from portal.accounts.models import User
from portal.meetings.models import Meeting
from portal.meetings.queries.staff import meeting_with_id

TEMPLATES = "wagtailadmin/enrolments"
A_PAGE = 50


def require(may: Callable[[User], bool], request: HttpRequest) -> User:
    """Who asks. Raises `PermissionDenied` for who may not."""
    user: Any = request.user
    if not may(user):
        raise PermissionDenied
    colleague: User = user
    return colleague


def sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def meeting_found(meeting_id: int) -> Meeting:
    meeting = meeting_with_id(meeting_id=meeting_id)
    if meeting is None:
        raise Http404
    return meeting


def screen(
    request: HttpRequest,
    name: str,
    title: str,
    trail: list[tuple[str, str]],
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _t("Home")}]
    crumbs += [{"url": url, "label": label} for url, label in [*trail, ("", title)]]
    context |= {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "date"}
    return render(request, f"{TEMPLATES}/{name}.html", context, status=status)


def planning_trail() -> list[tuple[str, str]]:
    return [(reverse("meetings"), _t("Meetings"))]


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
