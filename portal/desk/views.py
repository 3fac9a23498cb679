"""Where people come in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from pluc.generation import remembered
from pluc.links import site_base
from portal.accounts.requests import SignedInRequest
from portal.desk.queries import offer_path, waiting_for


@login_required
def dashboard(request: SignedInRequest) -> HttpResponse:
    """First what is next, then what is waiting, then what was earned."""
    language = get_language() or ""
    offer = remembered(request, ("offer", language), lambda: offer_path(language))
    context = {
        "offer_url": offer and site_base(request) + offer,
        "waiting": waiting_for(user=request.user),
    }
    return render(request, "desk/dashboard.html", context)
