"""The overview, where the back office starts its day."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _t

from pluc.staff_screens import require, staff_screen
from portal.desk.overview import Overview
from portal.meetings.permissions import may_see_planning


def overview(request: HttpRequest) -> HttpResponse:
    user = require(may_see_planning, request)
    shown = Overview.of(user=user, now=timezone.now())
    return staff_screen(request, "desk/overview", title=_t("Overview"), icon="home", overview=shown)
