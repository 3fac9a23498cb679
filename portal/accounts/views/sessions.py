"""Ending one of one's own sessions; the list and ending all others are allauth's."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST

from pluc.signed_in import SignedInRequest, for_members
from portal.accounts import services


@for_members
@require_POST
def session_end(request: SignedInRequest, session_id: int) -> HttpResponse:
    """Ends one session; one that is not the viewer's does not exist."""
    if not services.end_session(user=request.user, session_id=session_id):
        raise Http404
    messages.success(request, _t("That device is signed out."))
    return redirect("usersessions_list")
