"""The overview, where the back office starts its day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pluc.signed_in import SignedInRequest, for_staff
from pluc.staff_screens.screens import Screens
from portal.desk.overview import Overview
from portal.meetings.permissions import may_see_planning

SCREENS = Screens(
    folder="desk", title=_("Overview"), icon="home", start="overview", may=may_see_planning
)


@for_staff(may_see_planning)
def overview(request: SignedInRequest) -> HttpResponse:
    shown = Overview.of(user=request.user, now=timezone.now())
    return SCREENS.show(request, "overview", overview=shown)


@for_staff(may_see_planning)
def guide(request: SignedInRequest) -> HttpResponse:
    """The back office's guide, in Dutch."""
    return render(request, "wagtailadmin/desk/guide.html")
