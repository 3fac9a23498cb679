"""Webhooks in the staff screens: adding one, its secret once, its messages, its deeds."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from headless.api import api
from headless.webhooks.models import Delivery, Endpoint, Event
from headless.webhooks.services.telling import Happening, tell
from headless.webhooks.signing import unseal
from home.models import CoursePage
from portal.accounts.models import User
from tests.factories import StandardPageFactory
from tests.receivers import ALL, endpoint_at, receiving, send_all, shown_meeting

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
SECRET = re.compile(r"whsec_[\w+/]+=*")
TYPED = {"name": "Perenplein", "address": "hook.peren.example/pluc", "events": ALL[:2]}


@pytest.fixture
def browser(sign_in: Any, back_office: User) -> Client:
    client: Client = sign_in(back_office)
    return client


def address(name: str, *args: Any) -> str:
    return reverse(name, urlconf="pluc.urls.one_host", args=args)


def shown_and_shown_again(browser: Client, form: str, typed: Any) -> list[Any]:
    """What follows a form, and the same page loaded again: the form itself answers with neither."""
    posted = browser.post(form, typed)
    assert posted.status_code == 302
    return [browser.get(posted["Location"]) for _ in range(2)]


def test_a_webhook_is_added_and_its_secret_is_shown_once(browser: Client, back_office: User):
    answer, again = shown_and_shown_again(browser, address("webhook_make"), TYPED)
    endpoint = Endpoint.objects.get()
    assert endpoint.address == "https://hook.peren.example/pluc"
    assert (endpoint.events, endpoint.made_by) == (ALL[:2], back_office)
    (secret,) = SECRET.findall(answer.content.decode())
    assert secret == unseal(endpoint.secret)
    assert "no-store" in answer["Cache-Control"]
    assert "niet nog eens" in again.content.decode()
    assert "whsec_" not in again.content.decode()
    for page in (address("webhooks"), address("webhook", endpoint.pk)):
        content = browser.get(page).content.decode()
        assert "Perenplein" in content
        assert "whsec_" not in content


def test_what_cannot_be_an_address_is_said_at_its_field(browser: Client):
    for typed, sentence in {
        "http://hook.peren.example/": "https://",
        "https://10.0.0.1/": "netwerk",
        "https://user:x@hook.peren.example/": "@",
        "https://hook.peren.example:25/": "443",
        "geen adres": "volledig webadres",
        f"https://hook.peren.example/{'é' * 200}": "te lang",
    }.items():
        answer = browser.post(address("webhook_make"), TYPED | {"address": typed})
        assert answer.status_code == 422
        assert any(sentence in one for one in answer.context["form"].errors["address"]), typed
    assert browser.post(address("webhook_make"), TYPED | {"events": []}).status_code == 422
    assert not Endpoint.objects.exists()


def test_in_earnest_a_name_of_examples_or_of_a_network_is_refused(
    browser: Client, settings: Settings
):
    settings.WEBHOOKS_TO_LOOPBACK = False
    names = ["onion", "test", "example", "invalid", "local", "internal", "localhost", "home.arpa"]
    for name in (*names, "EXAMPLE."):
        typed = TYPED | {"address": f"https://hook.peren.{name}/"}
        answer = browser.post(address("webhook_make"), typed)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["address"]), name
    turned = TYPED | {"name": "Peren\u202eplein", "address": "https://hook.peren.nl/"}
    answer = browser.post(address("webhook_make"), turned)
    assert list(answer.context["form"].errors) == ["name"]
    assert not Endpoint.objects.exists()
    made = browser.post(address("webhook_make"), TYPED | {"address": "https://hook.peren.nl/"})
    assert (made.status_code, Endpoint.objects.count()) == (302, 1)


def test_another_secret_is_shown_once_and_the_former_signs_along(browser: Client):
    endpoint, former = endpoint_at("https://hook.peren.example/")
    browser.get(address("webhook_secret", endpoint.pk))
    assert Endpoint.objects.get().former_until is None, "looking does nothing"
    answer, again = shown_and_shown_again(browser, address("webhook_secret", endpoint.pk), {})
    assert SECRET.findall(answer.content.decode()) == [unseal(Endpoint.objects.get().secret)]
    assert not SECRET.findall(again.content.decode())
    assert unseal(Endpoint.objects.get().former_secret) == former
    assert "tekent" in browser.get(address("webhook", endpoint.pk)).content.decode()


def test_a_test_is_followed_from_the_screen_and_sent_again(browser: Client):
    with receiving(status=500) as receiver:
        endpoint, _ = endpoint_at(receiver.address)
        browser.post(address("webhook_deed", endpoint.pk, "proef"))
        send_all()
        message = Delivery.objects.get()
        content = browser.get(address("webhook_delivery", message.pk)).content.decode()
        assert message.name in content
        assert "500" in content
        assert "500" in browser.get(address("webhook", endpoint.pk)).content.decode()
        receiver.status = 200
        browser.post(address("webhook_again", message.pk))
        send_all()
    message.refresh_from_db()
    assert (message.state, message.status) == (Delivery.State.DELIVERED, 200)
    assert [(one.status, one.reason) for one in message.tried] == [(500, "answer"), (200, "")]
    content = browser.get(address("webhook_delivery", message.pk)).content.decode()
    assert "500" in content, "sending it again keeps the attempt that failed"
    assert "De ontvanger antwoordde" in content


def test_messages_name_what_they_are_about(browser: Client, back_office: User):
    meeting = shown_meeting(title="Snoeien")
    page = CoursePage.objects.get(course=meeting.course)
    gone = StandardPageFactory()
    endpoint, _ = endpoint_at("https://hook.peren.example/")
    for event, subject, told in (
        ("page.published", f"page:{page.pk}", page.pk),
        ("meeting.changed", f"meeting:{meeting.pk}", meeting.code),
    ):
        tell(Happening(event=Event(event), subject=subject, object_id=told, path="/"))
    number = gone.pk
    gone.delete()
    screen = browser.get(address("webhook", endpoint.pk)).content.decode()
    rows = BeautifulSoup(screen, "lxml").select("#messages-content tbody tr, #messages tbody tr")
    said = [" ".join(row.get_text(" ").split()) for row in rows]
    assert [one.split(" wacht")[0] for one in said] == [
        f"Een openbare pagina is verwijderd pagina {number}, die er niet meer is",
        f"Een bijeenkomst is nieuw of gewijzigd {meeting.code}",
        f"Een pagina is (opnieuw) gepubliceerd {page.title}",
    ]
    assert address("meeting_edit", meeting.pk) in screen
    assert address("wagtailadmin_pages:edit", page.pk) not in screen, "not for the back office"


def test_it_is_paused_goes_on_is_changed_and_deleted(browser: Client):
    endpoint, _ = endpoint_at("https://hook.peren.example/")
    states = []
    for slug in ("pauzeren", "pauzeren", "hervatten", "hervatten"):
        browser.post(address("webhook_deed", endpoint.pk, slug))
        states.append(Endpoint.objects.get().state)
    assert states == ["paused", "paused", "active", "active"]
    browser.post(address("webhook_change", endpoint.pk), TYPED | {"name": "Pruimenplein"})
    assert Endpoint.objects.get().name == "Pruimenplein"
    browser.post(address("webhook_deed", endpoint.pk, "verwijderen"))
    assert not Endpoint.objects.exists()
    assert browser.get(address("webhook", endpoint.pk)).status_code == 404


def test_lists_cost_the_same_with_one_and_with_three(
    browser: Client, django_assert_max_num_queries: Any
):
    for number in (1, 3):
        while Endpoint.objects.count() < number:
            endpoint, _ = endpoint_at("https://hook.peren.example/")
        for _ in range(number):
            browser.post(address("webhook_deed", endpoint.pk, "proef"))
        with django_assert_max_num_queries(14):
            browser.get(address("webhooks"))
        with django_assert_max_num_queries(14):
            browser.get(address("webhook", endpoint.pk))


def test_the_schema_tells_of_each_message():
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
    assert set(schema["webhooks"]) == set(Event.values)
    for name, told in schema["webhooks"].items():
        content = told["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert content["properties"]["type"] == {"const": name}
