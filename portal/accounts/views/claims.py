"""Records found at one's proven address: to take, or to refuse."""

from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST

from pluc.deeds import Done, Refused, carry_out, posted
from pluc.signed_in import SignedInRequest, for_members
from portal.accounts import services
from portal.accounts.queries import records_for, was_decided


def show(request: SignedInRequest, form: Form, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"records": records_for(user=request.user), "form": form}
    return render(request, "account/claims.html", context, status=status)


@for_members
def claims(request: SignedInRequest) -> HttpResponse:
    """What carries the viewer's proven address and is not theirs yet."""
    return show(request, Form())


@for_members
@require_POST
def claim(request: SignedInRequest, record: UUID) -> HttpResponse:
    """Takes or refuses one; a record that is not the viewer's to claim does not exist."""
    form = Form(posted(request))

    def do() -> Done:
        return Done(answer_about(record, request), reverse("account_claims"))

    return carry_out(request, form, do, show=partial(show, request, form))


def answer_about(record: UUID, request: SignedInRequest) -> str:
    """What was done with the record. Raises `Refused`, or `Http404` where it is not theirs."""
    user, answer = request.user, request.POST.get("answer")
    try:
        if answer == "take":
            services.take_record(user=user, record_id=record)
            return _t("Done: it is part of your own data now.")
        if answer == "refuse":
            services.refuse_record(user=user, record_id=record)
            return _t("Done: we will not offer it to you again.")
    except services.NotYours as error:
        if not was_decided(user=user, record=record):
            raise Http404 from error
        raise Refused(_t("You have answered that one already.")) from error
    raise Refused(_t("Choose whether it is yours or not."))
