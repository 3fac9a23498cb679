"""The account screen: one's data, measurement, security (P12, P25, P38)."""

from functools import partial

from allauth.usersessions.models import UserSession
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t

from legal.consent.queries import account_opted_out
from legal.consent.services import opt_in, opt_out, remember_opt_out
from pluc.deeds import Done, carry_out, posted
from pluc.signed_in import SignedInRequest, for_members
from portal.accounts import services
from portal.accounts.forms.profile import ProfileForm
from portal.accounts.queries import address_change, factors_of


@for_members
def profile(request: SignedInRequest) -> HttpResponse:
    """Everything in P12, to read and to change."""
    person = request.user.person
    form = ProfileForm(posted(request), person=person)

    def do() -> Done:
        services.update_profile(person=person, data=form.cleaned_data)
        return Done(_t("Your data is saved."), reverse("account"))

    shown = {"form": form, "sections": form.sections()}
    show = partial(render, request, "account/profile.html", shown)
    return carry_out(request, form, do, show=show)


@for_members
def measurement(request: SignedInRequest) -> HttpResponse:
    """Measured or not: in the account, and at once in this browser on both hosts (P38)."""
    opted_out = request.POST.get("measured") != "on"

    def do() -> Done:
        (opt_out if opted_out else opt_in)(request.user.pk)
        told = (
            _t("We no longer count your visits.")
            if opted_out
            else _t("We may count your visits again, if you accept that.")
        )
        return Done(told, reverse("account_measurement"))

    shown = {"opted_out": account_opted_out(request.user.pk)}
    show = partial(render, request, "account/measurement.html", shown)
    response = carry_out(request, Form(posted(request)), do, show=show)
    if request.method == "POST":
        remember_opt_out(request, response, opted_out=opted_out)
    return response


@for_members
def security(request: SignedInRequest) -> HttpResponse:
    """Address, password, second factor and sessions, each with the way to change it."""
    context = {
        "email": request.user.email,
        "change": address_change(user=request.user),
        "factors": factors_of(user=request.user),
        "session_count": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "account/security.html", context)
