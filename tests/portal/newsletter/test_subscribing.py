"""Subscribing on the site: everybody gets the same answer, and nothing comes unconfirmed (P21)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from legal.rights.services import purge, restrict
from pluc.outbox.models import Mail
from pluc.periods import CONFIRMATION, DAY
from portal.accounts.models import Person
from portal.newsletter.models import Asking, Form, Subscription, SubscriptionStep, Suppression
from portal.newsletter.queries.audience import recipients_at
from portal.newsletter.services import leaving, suppressing
from tests.conftest import LimitTo
from tests.factories import PersonFactory
from tests.mails import links_in, newest_to, text_of
from tests.portal.newsletter.subscribers import asked, fill_in, press, subscriber, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
SAM = "sam@lezer.example"
State = Subscription.State


def confirm_path(email: str = SAM) -> str:
    (link,) = [one for one in links_in(newest_to(email)) if "/bevestigen/" in one]
    return link.partition("8000")[2]


@pytest.mark.promise("P21")
def test_who_asks_gets_one_mail_and_is_subscribed_by_its_button():
    assert fill_in(SAM).status_code == 303
    assert not Mail.objects.exists(), "the page itself mails nobody"
    work()
    assert recipients_at([SAM]) == {}
    path = confirm_path()
    page = Client().get(path)
    assert (page.status_code, Subscription.objects.get().state) == (200, State.ASKED)
    assert "Ja, meld me aan" in page.text
    assert SAM not in page.text
    done = press(path)
    assert "Je bent aangemeld" in done.text
    assert set(recipients_at([SAM])) == {SAM}
    again = press(path)
    assert (again.status_code, Client().get(path).status_code) == (404, 404)
    assert "Deze link werkt niet meer" in again.text
    assert Client().get("/nieuwsbrief/bevestigen/nooit-gemaakt/").text.count("<form") == 2


def test_the_mail_holds_no_marketing_and_the_proof_holds_what_was_agreed():
    fill_in(SAM, language="en")
    work()
    mail = newest_to(SAM)
    assert mail["Subject"] == "Confirm that you want finance updates"
    assert "List-Unsubscribe" not in mail
    assert "/en/newsletter/confirm/" in text_of(mail)
    assert SAM not in "".join(links_in(mail))
    (step,) = SubscriptionStep.objects.all()
    assert (step.kind, step.form) == ("asked", "site")
    assert step.text == "Send me finance updates, with blogs, news and the current offer"
    assert Subscription.objects.get().language == "en"


def everybody() -> list[str]:
    """An address in each state that there is."""
    subscriber("actief@lezer.example")
    leaving.leave(subscription=subscriber("weg@lezer.example"), form=Form.LINK)
    asked("wacht@lezer.example")
    suppressing.suppress(email="terug@lezer.example", reason=Suppression.Reason.BOUNCED)
    supplied = {"source": Person.Source.SUPPLIED, "supplied_by": "Klant"}
    PersonFactory(email="geleverd@klant.example", **supplied)
    kept = PersonFactory(email="beperkt@lezer.example")
    restrict(person_id=kept.pk, ground="op verzoek", by=None)
    return [
        *("actief@lezer.example", "weg@lezer.example", "wacht@lezer.example"),
        *("terug@lezer.example", "geleverd@klant.example", kept.email, "nieuw@lezer.example"),
    ]


@pytest.mark.either_database
def test_whoever_is_filled_in_the_answer_and_the_work_are_the_same():
    answers = set()
    for email in everybody():
        cache.clear()
        fill_in("warm@lezer.example")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = fill_in(email)
        shapes = tuple(query["sql"].split(" ", 2)[0] for query in queries)
        answers.add((answer.status_code, answer["Location"], answer.content, shapes))
    assert len(answers) == 1, answers
    ((status, location, _body, _work),) = answers
    assert (status, location) == (303, "/nieuwsbrief/?gevraagd#subscribe")


@pytest.mark.promise("P21")
def test_asking_makes_nobody_a_subscriber():
    addresses = everybody()
    for email in addresses:
        cache.clear()
        fill_in(email)
    work()
    assert set(recipients_at(addresses)) == {"actief@lezer.example"}
    assert Subscription.objects.get(email="weg@lezer.example").state == State.LEFT


def test_what_is_filled_in_twice_or_a_thousand_times_mails_once(limit_to: LimitTo):
    limit_to("newsletter", "2000/h/ip,2000/h/key")
    for email in (SAM, "SAM@Lezer.example", " sam@lezer.example"):
        fill_in(email)
    work()
    assert Subscription.objects.count() == Mail.objects.count() == 1
    assert SubscriptionStep.objects.count() == 1
    for _ in range(30):
        asked(SAM)
    assert (Mail.objects.count(), SubscriptionStep.objects.count()) == (1, 1)
    subscriber("actief@lezer.example")
    for _ in range(3):
        asked("actief@lezer.example")
    told = Mail.objects.filter(template="newsletter/subscribed")
    assert told.count() == 1, "once a day"


@pytest.mark.usefixtures("production_limits")
def test_ten_thousand_times_is_refused_per_mailbox_and_per_network():
    same = [fill_in(SAM).status_code for _ in range(7)]
    assert same == [303] * 5 + [429] * 2
    others = [fill_in(f"sam{number}@lezer.example").status_code for number in range(17)]
    assert others == [303] * 15 + [429] * 2
    assert Asking.objects.count() == 20


@pytest.mark.either_database
@pytest.mark.parametrize(
    "email",
    [
        *("", "geen-adres", "sam@", "a@b@c.example", "sàm@lezer.example", "x" * 250 + "@a.example"),
        *("postmaster@localhost", "sam@[127.0.0.1]"),  # the machine that sends the mail
    ],
)
def test_what_is_no_address_is_told_on_the_form(email: str):
    assert fill_in(email).status_code == 422
    assert not Asking.objects.exists()


@pytest.mark.either_database
def test_what_a_machine_fills_in_is_answered_alike_and_dropped():
    answer = fill_in(SAM, website="https://spam.example")
    assert (answer.status_code, Asking.objects.count()) == (303, 0)


def test_a_link_ends_after_seven_days_and_what_was_not_confirmed_goes():
    with time_machine.travel(timezone.now() - CONFIRMATION - timedelta(minutes=1), tick=False):
        asked()
        path = confirm_path()
    assert press(path).status_code == 404
    purge()
    assert not Subscription.objects.exists()
    assert not Suppression.objects.exists(), "who never got anything did not leave"


def test_another_mail_within_its_time_holds_the_same_link():
    with time_machine.travel(timezone.now() - DAY, tick=False):
        first = asked().confirm_token
    assert asked().confirm_token == first
    assert Mail.objects.count() == 2


def test_who_left_or_bounced_comes_back_by_a_mail_and_by_nothing_less():
    for reason in Suppression.Reason:
        email = f"{reason}@lezer.example"
        forms = {"left": Form.LINK, "bounced": Form.BOUNCE, "complained": Form.COMPLAINT}
        leaving.leave(subscription=subscriber(email), form=forms[reason])
        with time_machine.travel(timezone.now() + DAY):
            again = asked(email)
            assert (again.state, recipients_at([email])) == (State.LEFT, {}), reason
            press(confirm_path(email))
            assert set(recipients_at([email])) == {email}


@pytest.mark.either_database
def test_a_colleague_elsewhere_cannot_post_a_confirmation():
    token = asked().confirm_token
    answer = Client().post(
        f"/nieuwsbrief/bevestigen/{token}/", headers={"Origin": "https://x.example"}
    )
    assert answer.status_code == 403
    assert Subscription.objects.get().state == State.ASKED
