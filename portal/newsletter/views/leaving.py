"""Leaving by the link in an issue, as a page and as a mail program does it (RFC 8058; P09).

The link stands in issues that are forwarded, so it does little: it leaves, takes that back at
once, and changes the language. It shows no address. What else there is goes to the mailbox
(STANDARDS 2.2, 2.3).
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt

from pluc.counting import too_many
from pluc.deeds import Refused
from pluc.errors import NotHere
from portal.newsletter import mails
from portal.newsletter.models import Form, Subscription
from portal.newsletter.queries.subscriptions import by_leave_token
from portal.newsletter.services import leaving
from portal.newsletter.views.linked import by_link, over_limit, shown
from portal.newsletter.views.subscribing import START, language

ONE_CLICK = "List-Unsubscribe"  # the field of RFC 8058; its value is "One-Click"
OTHER_DEEDS = ("return", "language", "held")


@csrf_exempt  # the token says who leaves; mail programs have no page of ours that sends them here
@by_link
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Shows a button (GET, HEAD), and leaves (POST), however often.

    A POST comes from anywhere, without cookies or a referrer, and is answered with 200.
    """
    subscription = by_leave_token(token)
    if subscription is None:
        raise not_here(request)
    if request.method != "POST":
        return show(request, subscription)
    deed = request.POST.get("do", "")
    if deed not in OTHER_DEEDS:
        form = Form.ONE_CLICK if ONE_CLICK in request.POST else Form.LINK
        leaving.leave(subscription=subscription, form=form)
        return show(request, subscription, told="left")
    if refusal := over_limit(request, token):
        return too_many(request, refusal.seconds)
    return do(request, subscription, deed)


def not_here(request: HttpRequest) -> NotHere:
    return NotHere(
        request,
        _t(
            "This link is not complete, or the subscription behind it was deleted. If mail from us "
            "still comes, write to us: we stop it for you."
        ),
        url=START[language()],
        label=_t("To the newsletter"),
    )


def do(request: HttpRequest, subscription: Subscription, deed: str) -> HttpResponse:
    """One of the things beside leaving."""
    try:
        if deed == "return":
            leaving.come_back(subscription=subscription)
        elif deed == "language":
            other = other_language(subscription)
            leaving.choose_language(subscription=subscription, language=other, form=Form.LINK)
        else:
            mails.send_held(subscription)
    except Refused as refused:
        return show(request, subscription, refusal=refused.sentence)
    return show(request, subscription, told=deed)


def other_language(subscription: Subscription) -> str:
    return "nl" if subscription.language == "en" else "en"


def show(
    request: HttpRequest, subscription: Subscription, *, told: str = "", refusal: str = ""
) -> HttpResponse:
    """The page as things stand now; `told` is what was just done."""
    subscription.refresh_from_db()
    context = shown(
        "newsletter_leave",
        subscription.token,
        told=told,
        refusal=refusal,
        has_left=subscription.state == Subscription.State.LEFT,
        can_return=leaving.may_come_back(subscription),
        is_english=subscription.language == "en",
        start=START[language()],
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    response = render(request, "newsletter/leave.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response
