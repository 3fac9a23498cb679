"""Meetings of today and of the last weeks, with what of their attendance waits."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from pluc.signed_in import SignedInRequest, for_staff
from portal.attendance.permissions import may_take
from portal.attendance.queries.waiting import Line, lines_of
from portal.attendance.staff_views.screens import SCREENS
from portal.meetings.days import days_in
from portal.meetings.models.meetings import ZONE


@for_staff(may_take)
def overview(request: SignedInRequest) -> HttpResponse:
    """First today, then what waits, then what is done."""
    now = timezone.now()
    today = now.astimezone(ZONE).date()
    lines = lines_of(now)
    of_today = [line for line in lines if today in days_in(line.meeting)]
    others = [line for line in lines if line not in of_today]
    return SCREENS.show(
        request,
        "overview",
        groups=groups(of_today, others),
        rules_url=reverse("hours_rules:index")
        if request.user.has_perm("attendance.change_hoursrule")
        else "",
    )


def groups(of_today: list[Line], others: list[Line]) -> dict[str, list[Line]]:
    return {
        "today": of_today,
        "waiting": [line for line in others if line.waits],
        "done": [line for line in others if not line.waits],
    }
