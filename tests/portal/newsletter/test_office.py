"""The back office sees who gets the newsletter and why, adds by mail, and stops (P09, P21)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from legal.rights.queries import plan
from legal.rights.services.erasing import carry_out
from pluc.outbox.models import Mail
from portal.accounts.files import file_of
from portal.newsletter.models import Subscription, SubscriptionStep
from portal.newsletter.queries.audience import recipients_at
from portal.newsletter.services import subscribing, suppressing
from tests.portal.newsletter.subscribers import asked, subscriber

pytestmark = pytest.mark.django_db
LIST = "/beheer/abonnees/"
State = Subscription.State


@pytest.fixture
def browser(sign_in, back_office) -> Client:
    return sign_in(back_office)


def test_the_list_is_searched_and_filtered(browser):
    for number in range(3):
        subscriber(f"lezer{number}@firma.example", language="en")
    asked("wacht@elders.example")
    assert "wacht@elders.example" in browser.get(f"{LIST}?q=elders").text
    assert "lezer1" not in browser.get(f"{LIST}?q=elders").text
    active = browser.get(f"{LIST}?state=active&language=en").text
    assert ("lezer1" in active, "wacht@" in active) == (True, False)
    assert "lezer1" not in browser.get(f"{LIST}?asked_at_from=2099-01-01").text


def test_the_list_costs_the_same_with_one_row_and_with_many(browser):
    counted = []
    subscriber("eerste@firma.example")
    browser.get(LIST)
    for more in (0, 3):
        for number in range(more):
            subscriber(f"lezer{number}@firma.example")
        with CaptureQueriesContext(connection) as queries:
            browser.get(LIST)
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.promise("P21")
def test_a_colleague_adds_somebody_who_confirms_it_themselves(browser, back_office):
    typed = {"email": "belde@klant.example", "language": "nl"}
    assert browser.post(f"{LIST}nieuw/", typed).status_code == 422, "not without a reason"
    browser.post(f"{LIST}nieuw/", typed | {"reason": "Belde maandag."})
    subscription = Subscription.objects.get()
    assert (subscription.state, recipients_at(["belde@klant.example"])) == (State.ASKED, {})
    assert Mail.objects.get().template == "newsletter/confirm"
    step = subscription.steps.get()
    assert (step.by, step.reason, step.form) == (back_office, "Belde maandag.", "back office")
    page = browser.get(f"{LIST}{subscription.pk}/").text
    assert "Belde maandag." in page
    assert subscription.token not in page
    assert subscription.confirm_token not in page
    assert "Bas Backoffice" in page


@pytest.mark.promise("P09")
def test_a_colleague_stops_it_for_who_asked(browser):
    subscription = subscriber()
    browser.post(f"{LIST}{subscription.pk}/stoppen/", {"reason": "Vroeg het per post."})
    assert recipients_at([subscription.email]) == {}
    assert suppressing.reason_at(email=subscription.email) == "left"
    assert SubscriptionStep.objects.last().reason == "Vroeg het per post."


def test_a_persons_file_tells_it(back_office, participant):
    subscribing.subscribe(user=participant, language="nl")
    sections = {one.slug: one for one in file_of(participant.person, user=back_office)}
    assert [line.text for line in sections["part-25"].lines] == ["Bevestigd", "Erom gevraagd"]


@pytest.mark.promise("P23")
def test_erasing_somebody_leaves_only_that_nothing_goes_there(participant):
    subscribing.subscribe(user=participant, language="nl")
    email = participant.email
    carry_out(agreed=plan(person_id=participant.person_id), by=None)
    assert not Subscription.objects.exists()
    assert suppressing.reason_at(email=email) == "left"


@pytest.mark.promise("P25")
def test_on_the_account_it_is_at_once_unless_mail_bounced(sign_in, participant):
    browser, path = sign_in(participant), "/mijn/account/nieuwsbrief/"
    browser.post(path, {"newsletter": "on"})
    assert set(recipients_at([participant.email])) == {participant.email}
    browser.post(path, {"language": "en"})
    assert recipients_at([participant.email])[participant.email].language == "en"
    browser.post(path, {"newsletter": "off"})
    assert recipients_at([participant.email]) == {}
    suppressing.suppress(email=participant.email, reason="bounced")
    assert "link gemaild" in browser.post(path, {"newsletter": "on"}, follow=True).text
    assert recipients_at([participant.email]) == {}
    assert Mail.objects.get().template == "newsletter/confirm"
