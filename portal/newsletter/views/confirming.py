"""Confirming by the link in the one mail: opening it changes nothing, a button does (2.7)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pluc.counting import too_many
from portal.newsletter.errors import LinkEnded
from portal.newsletter.models import Subscription
from portal.newsletter.queries.subscriptions import waits_for
from portal.newsletter.services import subscribing
from portal.newsletter.views.linked import by_link, over_limit, shown
from portal.newsletter.views.subscribing import visit_of


@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The button, or what became of it. A used, old or strange link is answered alike."""
    if request.method != "POST":
        return show(request, token) if waits_for(confirm_token=token) else ended(request, token)
    if refusal := over_limit(request, token):
        return too_many(request, refusal.seconds)
    try:
        subscription = subscribing.confirm(token=token)
    except LinkEnded:
        return ended(request, token)
    return show(request, token, subscription)


def show(request: HttpRequest, token: str, confirmed: Subscription | None = None) -> HttpResponse:
    context = shown("newsletter_confirm", token, confirmed=confirmed)
    return render(request, "newsletter/confirm.html", context)


def ended(request: HttpRequest, token: str) -> HttpResponse:
    """What to do now, with the form to ask anew."""
    context = shown("newsletter_confirm", token, subscribing=visit_of(request))
    status = HTTPStatus.NOT_FOUND
    return render(request, "newsletter/link_ended.html", context, status=status)
