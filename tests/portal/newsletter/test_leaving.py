"""Leaving by the link of an issue: at once, from anywhere, and nothing else (P09; RFC 8058)."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from legal.rights.services import restrict
from pluc.outbox.models import Mail
from pluc.periods import HELD_LINK, UNDO
from portal.accounts.models import User
from portal.newsletter.links import held_token
from portal.newsletter.models import Form, Subscription, SubscriptionStep, Suppression
from portal.newsletter.queries.audience import recipients_at
from portal.newsletter.services import leaving, suppressing
from tests.mails import links_in, newest_to
from tests.portal.newsletter.subscribers import press, subscriber

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
SAM = "sam@lezer.example"
State = Subscription.State
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
URLENCODED = "application/x-www-form-urlencoded"


def path_of(subscription: Subscription) -> str:
    return f"/nieuwsbrief/afmelden/{subscription.token}/"


def state() -> str:
    return Subscription.objects.get().state


@pytest.mark.promise("P09")
@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_a_mail_program_leaves_by_one_post_without_anything(kind: str):
    path = path_of(subscriber())
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    for _ in range(2):
        if kind == "multipart":
            answer = client.post(path, ONE_CLICK)
        else:
            answer = client.post(path, "List-Unsubscribe=One-Click", content_type=URLENCODED)
        assert answer.status_code == HTTPStatus.OK
        assert "Location" not in answer
        assert not answer.cookies
        assert state() == State.LEFT
    (step,) = SubscriptionStep.objects.filter(kind="left")
    assert step.form == Form.ONE_CLICK
    assert Suppression.objects.get().reason == "left"


def test_a_scanner_changes_nothing_and_the_page_is_kind_and_nobodys():
    subscription = subscriber()
    path = path_of(subscription)
    assert Client().head(path).status_code == 200
    page = Client().get(path)
    assert (state(), SAM in page.text) == (State.ACTIVE, False)
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert "no-store" in page["Cache-Control"]
    assert "gtag" not in page.text
    outside = page.text.partition("<details")[0].partition("<main")[2]
    assert outside.count("<button") == 1
    english = Client().get(f"/en/newsletter/unsubscribe/{subscription.token}/")
    assert "One click and it stops" in english.text
    assert f'href="{path}"' in english.text, "the other language of this very page"


def test_any_link_that_is_none_gets_the_same_page():
    subscription = subscriber()
    held = held_token(subscription)
    damaged = [
        *(subscription.token[:-1], subscription.token.swapcase(), "x", "%00", "é" * 40),
        *("a" * 3000, subscription.pk.hex, subscription.confirm_token or "-", held),
    ]
    answers = [Client().post(f"/nieuwsbrief/afmelden/{token}/", ONE_CLICK) for token in damaged]
    assert {answer.status_code for answer in answers} == {404}
    assert state() == State.ACTIVE
    assert "Schrijf ons" in answers[0].text


def test_the_link_outlives_the_keys(settings):
    path = path_of(subscriber())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 8, []
    assert Client().post(path).status_code == 200
    assert state() == State.LEFT


def test_leaving_is_undone_at_once_and_not_later():
    path = path_of(subscriber())
    left = press(path)
    assert "Ongedaan maken" in left.text
    back = press(path, do="return")
    assert "Fijn dat je er weer bent" in back.text
    assert set(recipients_at([SAM])) == {SAM}
    assert SubscriptionStep.objects.last().kind == "returned"
    press(path)
    with time_machine.travel(timezone.now() + UNDO + timedelta(minutes=1), tick=False):
        assert "Ongedaan maken" not in Client().get(path).text
        assert press(path, do="return").status_code == 422
    assert state() == State.LEFT


def test_undo_lifts_nothing_but_leaving_and_never_what_others_stopped():
    subscription = subscriber()
    for form in (Form.COMPLAINT, Form.BACK_OFFICE):
        leaving.leave(subscription=subscription, form=form)
        assert press(path_of(subscription), do="return").status_code == 422
    press(path_of(subscription))
    assert state() == State.LEFT
    assert Suppression.objects.get().reason == "complained"


@pytest.mark.promise("P09")
def test_suppression_is_by_address_however_written_and_by_keys_of_before(settings):
    settings.SUPPRESSION_KEYS = ["a" * 40]
    suppressing.suppress(email="Sam@BÜCHER.example", reason=Suppression.Reason.BOUNCED)
    assert "sam" not in Suppression.objects.get().key
    settings.SUPPRESSION_KEYS = ["b" * 40, "a" * 40]
    assert suppressing.reason_at(email="sam@xn--bcher-kva.example") == "bounced"
    suppressing.suppress(email="sam@bücher.example", reason=Suppression.Reason.LEFT)
    settings.SUPPRESSION_KEYS = ["b" * 40]
    assert suppressing.reason_at(email="SAM@bücher.example") == "bounced", "written anew"


def test_without_a_key_one_still_leaves(settings, caplog):
    subscription = subscriber()
    settings.SUPPRESSION_KEYS = []
    assert press(path_of(subscription)).status_code == 200
    assert (state(), "NEWSLETTER_KEY" in caplog.text) == (State.LEFT, True)


def test_the_language_is_changed_by_the_link_and_written_down():
    subscription = subscriber()
    page = press(path_of(subscription), do="language")
    assert "Het volgende nummer komt in het Engels" in page.text
    assert recipients_at([SAM])[SAM].language == "en"
    assert SubscriptionStep.objects.last().kind == "language"


def test_who_left_is_told_of_no_next_issue_in_another_language():
    subscription = subscriber()
    assert "Liever in het Engels" in Client().get(path_of(subscription)).text
    assert "Liever in het Engels" not in press(path_of(subscription)).text
    assert "Het volgende nummer" not in press(path_of(subscription), do="language").text


def test_what_is_done_by_a_link_is_limited_and_leaving_is_not(limit_to):
    limit_to("newsletter_link", "1/h/key")
    path = path_of(subscriber())
    assert [press(path, do="language").status_code for _ in range(2)] == [200, 429]
    assert [press(path).status_code for _ in range(3)] == [200] * 3


# --- What we hold --------------------------------------------------------------------------------


def held_path() -> str:
    (link,) = [one for one in links_in(newest_to(SAM)) if "/gegevens/" in one]
    return link.partition("8000")[2]


@pytest.mark.promise("P24")
def test_what_is_held_comes_by_mail_and_is_shown_for_an_hour():
    subscription = subscriber()
    Mail.objects.create(
        event="newsletter:1",
        kind="newsletter",
        recipient=SAM,
        subject="Nummer 7",
        state="sent",
        sender="x@pluc.example",
        message=b"",
    )
    assert SAM not in press(path_of(subscription), do="held").text
    path = held_path()
    page = Client().get(path)
    for told in (SAM, "Erom gevraagd", "finance updates, met blogs", "Nummer 7"):
        assert told in page.text, told
    leaving.choose_language(subscription=subscription, language="en", form=Form.LINK)
    assert "Wat we vroegen: “Engels”" not in Client().get(path).text
    with time_machine.travel(timezone.now() + HELD_LINK + timedelta(minutes=1), tick=False):
        assert Client().get(path).status_code == 404
    assert Client().get(f"/nieuwsbrief/gegevens/{subscription.token}/").status_code == 404


@pytest.mark.promise("P23")
def test_who_has_all_of_it_deleted_gets_nothing_after_that():
    subscription = subscriber()
    path = f"/nieuwsbrief/gegevens/{held_token(subscription)}/"
    assert Client().post(path).status_code == 403, "only from our own page"
    assert "verwijderd" in press(path).text
    assert not Subscription.objects.exists()
    assert suppressing.reason_at(email=SAM) == "left"
    assert press(path).status_code == 404


def test_who_has_an_account_is_led_there_and_restricted_data_stays(participant: User):
    subscription = subscriber(participant.email)
    press(path_of(subscription), do="held")
    assert links_in(newest_to(participant.email))[-1].endswith("/mijn/gegevens/")
    restrict(person_id=participant.person_id, ground="op verzoek", by=None)
    path = f"/nieuwsbrief/gegevens/{held_token(subscription)}/"
    assert press(path).status_code == 422
    assert recipients_at([participant.email]) == {}
