"""Subscribers for the tests, and what a visitor does."""

from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.utils import translation

from pluc.hosts import DOOR, Door
from portal.newsletter import views
from portal.newsletter.models import Asking, Form, Subscription
from portal.newsletter.services import subscribing
from portal.newsletter.services.steps import agreed_in
from tests.legal.browsers import SAME_ORIGIN


def fill_in(email: str, *, language: str = "nl", **more: str) -> HttpResponse:
    """Posts the form on the site; the page around it is another room's."""
    address = views.subscribing.START[language]
    request = RequestFactory().post(address, {"email": email} | more)
    request.user = AnonymousUser()
    DOOR.put(request, Door.PUBLIC)
    with translation.override(language):
        return views.answer(request, address=address, show=partial(page_with_form, request))


def page_with_form(request: HttpRequest) -> HttpResponse:
    """A page of the site that the form stands on, when it is shown again."""
    context = {"subscribing": views.visit_of(request)}
    return render(request, "newsletter/link_ended.html", context)


def work() -> None:
    """What the worker does with all that was filled in."""
    for key in Asking.objects.filter(user=None).values_list("pk", flat=True):
        subscribing.look_at(asking_id=str(key))


def asked(email: str = "sam@lezer.example", *, language: str = "nl") -> Subscription:
    """One who asked on the site, and has not confirmed."""
    return subscribing.ask(
        email=email, language=language, form=Form.SITE, agreed=agreed_in(language)
    )


def subscriber(email: str = "sam@lezer.example", *, language: str = "nl") -> Subscription:
    return subscribing.confirm(token=asked(email, language=language).confirm_token)


def press(path: str, **typed: Any) -> HttpResponse:
    """A button on one of the public pages, pressed in a browser."""
    return Client().post(path, typed, headers=SAME_ORIGIN)
