"""What our screens among Wagtail's share: who may see one, and where it stands."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t

UserT = TypeVar("UserT")


def require(may: Callable[[UserT], bool], request: HttpRequest) -> UserT:
    """Who asks. Raises `PermissionDenied` for who may not."""
    user: Any = request.user
    if not may(user):
        raise PermissionDenied
    colleague: UserT = user
    return colleague


def staff_screen(
    request: HttpRequest,
    name: str,
    *,
    title: str,
    icon: str,
    trail: Iterable[tuple[str, str]] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """`templates/wagtailadmin/<name>.html` in Wagtail's frame.

    `trail` is what stands above it, after the front page: addresses and their labels.
    """
    crumbs = [(reverse("wagtailadmin_home"), _t("Home")), *trail, ("", title)]
    frame = {
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in crumbs],
        "header_title": title,
        "header_icon": icon,
    }
    return render(request, f"wagtailadmin/{name}.html", frame | context, status=status)
