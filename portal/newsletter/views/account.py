"""The newsletter among one's account: subscribing and leaving at once, and its language."""

from functools import partial

from django.forms import Form as EmptyForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t

from pluc.deeds import Done, carry_out, posted
from pluc.signed_in import SignedInRequest, for_members
from portal.accounts.newsletter import NEWSLETTER_TEXT
from portal.newsletter.models import Form, Subscription
from portal.newsletter.queries.subscriptions import of_user
from portal.newsletter.services import leaving, subscribing
from portal.newsletter.views.subscribing import language

LANGUAGES = ("nl", "en")
State = Subscription.State


@for_members
def account(request: SignedInRequest) -> HttpResponse:
    """Yes or no to finance updates; each answer is kept with its proof."""
    form = EmptyForm(posted(request))
    show = partial(render, request, "newsletter/account.html", shown(request) | {"form": form})
    return carry_out(request, form, partial(act, request), show=show)


def shown(request: SignedInRequest) -> dict[str, object]:
    subscription = of_user(request.user)
    state = subscription.state if subscription else ""
    return {
        "subscription": subscription,
        "wants": state == State.ACTIVE,
        "waits": bool(subscription and subscription.waits_for_confirmation),
        "text": NEWSLETTER_TEXT,
    }


def act(request: SignedInRequest) -> Done:
    """What the button said. Raises `NotProven`."""
    back = reverse("account_newsletter")
    subscription = of_user(request.user)
    if request.POST.get("newsletter") == "on":
        made = subscribing.subscribe(user=request.user, language=language())
        if made.state != State.ACTIVE:
            return Done(_t("We’ve e-mailed you a link: confirm it there."), back)
        return Done(_t("You are subscribed."), back)
    if subscription is None:
        return Done(_t("You are not subscribed."), back)
    if request.POST.get("language") in LANGUAGES:
        chosen = request.POST["language"]
        leaving.choose_language(subscription=subscription, language=chosen, form=Form.ACCOUNT)
        return Done(_t("Your choice is saved."), back)
    leaving.leave(subscription=subscription, form=Form.ACCOUNT)
    return Done(_t("You’ve unsubscribed. We won’t send you the newsletter any more."), back)
