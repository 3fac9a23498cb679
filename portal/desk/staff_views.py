"""The overview, where the back office starts its day."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t

from portal.accounts.models import User
from portal.desk.overview import Overview
from portal.meetings.permissions import may_see_planning


def overview(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User) or not may_see_planning(user):
        raise PermissionDenied
    title = _t("Overview")
    context = {
        "overview": Overview.of(user=user, now=timezone.now()),
        "header_title": title,
        "header_icon": "home",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _t("Home")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "wagtailadmin/desk/overview.html", context)
