"""Records found at one's proven address: to take, or to refuse."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST

from portal.accounts import services
from portal.accounts.queries import records_for, was_decided
from portal.accounts.requests import SignedInRequest


@login_required
def claims(request: SignedInRequest) -> HttpResponse:
    """What carries the viewer's proven address and is not theirs yet."""
    return render(request, "account/claims.html", {"records": records_for(user=request.user)})


@login_required
@require_POST
def claim(request: SignedInRequest, record: UUID) -> HttpResponse:
    """Takes or refuses one; a record that is not the viewer's to claim does not exist."""
    answer = request.POST.get("answer")
    try:
        if answer == "take":
            services.take_record(user=request.user, record_id=record)
            messages.success(request, _t("Done: it is part of your own data now."))
        elif answer == "refuse":
            services.refuse_record(user=request.user, record_id=record)
            messages.success(request, _t("Done: we will not offer it to you again."))
        else:
            messages.error(request, _t("Choose whether it is yours or not."))
    except services.NotYours as error:
        if not was_decided(user=request.user, record=record):
            raise Http404 from error
        messages.info(request, _t("You have answered that one already."))
    return redirect("account_claims")
