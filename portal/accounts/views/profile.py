"""The account screen: one's data, measurement, newsletter, security (P12, P25, P38)."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from legal.consent.queries import account_opted_out
from legal.consent.services import opt_in, opt_out, remember_opt_out
from portal.accounts import services
from portal.accounts.forms.profile import ProfileForm
from portal.accounts.models import NewsletterChoice
from portal.accounts.queries import address_change, factors_of, newsletter_choice
from portal.accounts.requests import SignedInRequest

show_and_change = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@show_and_change
def profile(request: SignedInRequest) -> HttpResponse:
    """Everything in P12, to read and to change."""
    person = request.user.person
    form = ProfileForm(request.POST or None, person=person)
    if form.is_valid():
        services.update_profile(person=person, data=form.cleaned_data)
        messages.success(request, _t("Your data is saved."))
        return redirect("account")
    context = {"form": form, "sections": form.sections()}
    status = 422 if form.is_bound else 200
    return render(request, "account/profile.html", context, status=status)


@login_required
@show_and_change
def measurement(request: SignedInRequest) -> HttpResponse:
    """Measured or not: in the account, and at once in this browser on both hosts (P38)."""
    if request.method == "POST":
        opted_out = request.POST.get("measured") != "on"
        (opt_out if opted_out else opt_in)(request.user.pk)
        messages.success(
            request,
            _t("We no longer count your visits.")
            if opted_out
            else _t("We may count your visits again, if you accept that."),
        )
        response = redirect("account_measurement")
        remember_opt_out(response, opted_out=opted_out)
        return response
    context = {"opted_out": account_opted_out(request.user.pk)}
    return render(request, "account/measurement.html", context)


@login_required
@show_and_change
def newsletter(request: SignedInRequest) -> HttpResponse:
    """Yes or no to finance updates; each answer is kept with its proof."""
    if request.method == "POST":
        wants = request.POST.get("newsletter") == "on"
        form = NewsletterChoice.Form.ACCOUNT
        services.choose_newsletter(user=request.user, wants=wants, form=form)
        messages.success(request, _t("Your choice is saved."))
        return redirect("account_newsletter")
    choice = newsletter_choice(user=request.user)
    context = {
        "wants": bool(choice and choice.wants),
        "choice": choice,
        "text": services.NEWSLETTER_TEXT,
    }
    return render(request, "account/newsletter.html", context)


@login_required
def security(request: SignedInRequest) -> HttpResponse:
    """Address, password, second factor and sessions, each with the way to change it."""
    context = {
        "email": request.user.email,
        "change": address_change(user=request.user),
        "factors": factors_of(user=request.user),
        "session_count": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "account/security.html", context)
