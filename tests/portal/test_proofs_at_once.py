"""Two logins prove the same mailbox at the same moment (P17; docs/decisions/0015)."""

import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.db import connections
from django.test import Client

from portal.accounts.models import User
from portal.accounts.services import ask_for_change
from portal.accounts.views import confirming
from tests.factories import UserFactory
from tests.houses import House
from tests.mails import links_in, newest_to

pytestmark = pytest.mark.usefixtures("committed")

HOUSE = House("one host")
TYPED = "elders@kantoor.example"


def browser_with_link(email: str, rf) -> tuple[Client, str]:
    """Somebody who is signed in, and the link in the mail that their change posted."""
    browser, user = HOUSE.guest(), UserFactory(person__email=email)
    browser.force_login(user)
    with request_context(rf.post("/")):
        ask_for_change(user=user, email=TYPED)
    return browser, "/" + links_in(newest_to(TYPED))[0].split("/", 3)[3]


@pytest.mark.promise("P17")
def test_of_two_proofs_at_one_moment_one_counts_and_the_other_is_told_so(rf):
    pairs = [browser_with_link(f"{name}@kantoor.example", rf) for name in ("partner", "tweede")]
    gate, answers = threading.Barrier(2), list[int]()

    def prove(browser: Client, link: str) -> None:
        gate.wait()
        answers.append(browser.post(link).status_code)
        connections.close_all()

    threads = [threading.Thread(target=prove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 302]
    assert [row.verified for row in EmailAddress.objects.filter(email=TYPED)] == [True]
    assert User.objects.filter(email=TYPED).count() == 1


@pytest.mark.promise("P17")
def test_a_link_that_ends_while_it_is_being_proven_is_told_so(rf, monkeypatch):
    browser, link = browser_with_link("partner@kantoor.example", rf)

    def known_and_ended(*args: object) -> bool:
        EmailAddress.objects.filter(email=TYPED).delete()
        return True

    monkeypatch.setattr(confirming, "is_known_here", known_and_ended)
    answer = browser.post(link)
    assert answer.status_code == 200
    assert "Deze link werkt niet meer" in answer.text
