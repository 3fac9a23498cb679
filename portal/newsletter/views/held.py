"""What we hold about a subscriber without an account, by a link that went to their mailbox."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

from pluc.counting import too_many
from pluc.deeds import Refused
from pluc.errors import NotHere
from portal.newsletter.models import Subscription
from portal.newsletter.queries.subscriptions import by_held_token, issues_received, steps_of
from portal.newsletter.services import leaving
from portal.newsletter.views.linked import by_link, over_limit, shown
from portal.newsletter.views.subscribing import START, language


@by_link
def held(request: HttpRequest, token: str) -> HttpResponse:
    """The subscription with its proof, and what went there (GET); deletes all of it (POST)."""
    subscription = by_held_token(token)
    if subscription is None:
        raise ended(request)
    if request.method != "POST":
        return show(request, token, subscription)
    if refusal := over_limit(request, token):
        return too_many(request, refusal.seconds)
    try:
        leaving.erase(subscription=subscription)
    except Refused as refused:
        return show(request, token, subscription, refusal=refused.sentence)
    return render(request, "newsletter/erased.html", shown("newsletter_held", token))


def ended(request: HttpRequest) -> NotHere:
    return NotHere(
        request,
        _t(
            "This link has ended, or what it was about was deleted. Ask for a new one by the link "
            "in any newsletter of yours."
        ),
        url=START[language()],
        label=_t("To the newsletter"),
    )


def show(
    request: HttpRequest, token: str, subscription: Subscription, *, refusal: str = ""
) -> HttpResponse:
    context = shown(
        "newsletter_held",
        token,
        refusal=refusal,
        subscription=subscription,
        steps=steps_of(subscription),
        issues=issues_received(subscription),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "newsletter/held.html", context, status=status)
