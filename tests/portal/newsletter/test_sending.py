"""An issue goes to its subscribers: each once, to nobody who left, watched and steered (P08)."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import product
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from legal.rights.services import restrict
from pluc.outbox import batches
from pluc.outbox import services as outbox
from pluc.outbox.models import LEFT_OUT, RESTRICTED, STOPPED, Mail
from pluc.outbox.return_addresses import leave_address, mail_of_bounce
from portal.accounts.models import User
from portal.newsletter import tasks
from portal.newsletter.address_keys import suppression_key
from portal.newsletter.finishing import cast, html_of, leave_link, text_of
from portal.newsletter.models import Mailing, MailingStep, Subscription, Suppression
from portal.newsletter.models.mailings import LEAVE
from portal.newsletter.queries.audience import Recipient
from portal.newsletter.services import sending
from portal.newsletter.services.sending import NotNow
from tests.factories import PersonFactory
from tests.mailings import SUBJECTS, approved_issue, subscribers
from tests.post_offices import PostOffice, open_office

pytestmark = pytest.mark.django_db
State = Mailing.State
SCREEN = "/beheer/nieuwsbrief/verzending/"
SignIn = Callable[[User], Client]


@pytest.fixture
def office(settings: Any) -> Any:
    with open_office() as office:
        settings.MAIL_SERVER = {"host": "127.0.0.1", "port": office.port, "timeout": 20}
        yield office


def send_all() -> None:
    """What the worker does in a minute, without waiting for it."""
    tasks.keep_sending()
    outbox.send_for(20)
    tasks.keep_sending()


def now_of(mailing: Mailing) -> Mailing:
    return Mailing.objects.get(pk=mailing.pk)


def actions(mailing: Mailing) -> list[str]:
    return list(mailing.steps.values_list("action", flat=True))


# --- What a subscriber gets ----------------------------------------------------------------------


@pytest.fixture
def received(office: PostOffice) -> EmailMessage:
    """What one Dutch subscriber gets."""
    subscribers(1)
    approved_issue()
    send_all()
    (one,) = office.taken
    return message_from_bytes(one.content, policy=policy.default)


@pytest.mark.promise("P08")
def test_a_mail_says_whose_it_is_and_how_to_leave_it(received: EmailMessage):
    """RFC 2369, 8058; STANDARDS 2.1, 2.11, 2.16."""
    reader = Subscription.objects.get()
    link, mailto = leave_link(reader.token, "nl"), leave_address(reader.pk)
    assert received["List-Unsubscribe"] == f"<{link}>, <mailto:{mailto}>"
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert received["List-Id"] == '"PLUC! finance updates" <nieuwsbrief.pluc.example>'
    assert re.fullmatch(r"\d+:newsletter:nl:pluc", received["Feedback-ID"])
    assert (received["Precedence"], received["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert received["To"] == reader.email
    assert received["From"].addresses[0].addr_spec == django_settings.BACK_OFFICE_ADDRESS
    assert received["Reply-To"] == django_settings.BACK_OFFICE_ADDRESS
    assert received["Subject"] == SUBJECTS["nl"]
    assert received["Date"].datetime
    for name in {name.lower() for name in received}:
        assert len(received.get_all(name, [])) == 1, name


def test_both_parts_are_there_text_first_with_the_link_and_nothing_left_over(
    received: EmailMessage,
):
    reader, mailing = Subscription.objects.get(), Mailing.objects.get()
    text, html = received.iter_parts()
    frozen = mailing.texts.get(language="nl")
    assert told(text) == text_of(frozen, reader.token)
    assert told(html) == html_of(frozen, reader.token)
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().count(leave_link(reader.token, "nl")) == 2
    assert LEAVE not in text.get_content() + html.get_content()
    assert not received.defects
    assert not [defect for part in received.iter_parts() for defect in part.defects]


def told(part: Any) -> str:
    """What a part says, as its reader's program shows it."""
    return str(part.get_content()).replace("\r\n", "\n")


def test_wherever_the_link_falls_it_stays_whole_and_lines_stay_short():
    mailing = approved_issue()
    text, identity = mailing.texts.get(language="nl"), mailing.issue_key
    reader = Recipient(identity, "lezer@klant.example", "nl", "t-_" * 10 + "tt")
    for letter, before in product("aé=. €", range(66, 80)):
        text.text = letter * before + LEAVE + letter * 200 + "\n.\n" + LEAVE + "!\n"
        whole = cast(text).message_to(reader, mail_id=identity, at=timezone.now())
        assert b"\n" not in whole.replace(b"\r\n", b"")
        headers, _, body = whole.partition(b"\r\n\r\n")
        assert max(map(len, headers.split(b"\r\n"))) <= 120
        assert max(map(len, body.split(b"\r\n"))) <= 76
        plain = message_from_bytes(whole, policy=policy.default).get_body(("plain",))
        assert plain is not None
        assert told(plain) == text_of(text, reader.token)


def test_each_gets_their_own_language_and_token(office: PostOffice):
    (dutch,) = subscribers(1)
    (english,) = subscribers(1, name="reader", language="en")
    approved_issue()
    send_all()
    by_recipient = {one.recipient: one for one in office.taken}
    for reader in (dutch, english):
        one = by_recipient[reader.email]
        message = message_from_bytes(one.content, policy=policy.default)
        assert message["Subject"] == SUBJECTS[reader.language]
        assert leave_link(reader.token, reader.language) in message["List-Unsubscribe"]
        mail = Mail.objects.get(recipient=reader.email)
        assert mail.subject == SUBJECTS[reader.language]
        assert mail_of_bounce(one.sender) == mail.pk
        assert str(mail.pk) in message["Message-ID"]
    assert english.token.encode() not in by_recipient[dutch.email].content
    assert dutch.token.encode() not in by_recipient[english.email].content


def test_an_issue_that_cannot_be_put_on_the_site_holds_up_no_other(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    subscribers(2)
    broken, sound = approved_issue(), approved_issue()

    def publish(mailing: Mailing) -> None:
        if mailing.pk == broken.pk:
            raise LookupError

    monkeypatch.setattr(sending, "publish_issue", publish)
    send_all()
    assert (now_of(broken).state, now_of(sound).state) == ("sending", "sent")
    assert f"Issue {broken.pk}: keep_count failed: LookupError" in caplog.text


# --- Who gets it --------------------------------------------------------------------------------


@pytest.mark.promise("P09")
def test_who_leaves_or_is_suppressed_or_restricted_on_the_way_gets_none(office: PostOffice):
    mailing, (stays, leaves, complains, *rest) = approved_issue(), subscribers(5)
    person = PersonFactory(email=rest[0].email)
    Subscription.objects.filter(pk=rest[0].pk).update(person=person)
    Subscription.objects.filter(pk=rest[1].pk).update(state="asked")
    tasks.keep_sending()
    now = timezone.now()
    Subscription.objects.filter(pk=leaves.pk).update(state="left", left_at=now)
    Suppression.objects.create(key=suppression_key(complains.email.upper()), reason="complained")
    restrict(person_id=person.pk, ground="op verzoek", by=None)
    outbox.send_for(20)
    tasks.keep_sending()
    assert list(office.times) == [stays.email]
    mailing = now_of(mailing)
    assert (mailing.queued, mailing.sent, mailing.withheld) == (4, 1, 3)
    assert mailing.withheld_because == {LEFT_OUT: 2, RESTRICTED: 1}


def test_who_subscribes_after_it_began_does_not_get_it(office: PostOffice, monkeypatch: Any):
    monkeypatch.setattr(sending, "CHUNK", 2)
    mailing = approved_issue()
    subscribers(3)
    sending.start(mailing_id=mailing.pk)
    assert sending.queue_batch(mailing_id=mailing.pk)
    subscribers(3, name="later")
    send_all()
    assert sorted(office.times) == [f"lezer-{n}@klant.example" for n in range(3)]
    assert now_of(mailing).state == State.SENT


# --- From beginning to end ----------------------------------------------------------------------


def test_it_begins_at_its_moment_once_and_ends_when_nothing_waits(office: PostOffice):
    mailing = approved_issue(starts_at=timezone.now() + timedelta(minutes=1))
    subscribers(3)
    send_all()
    assert (now_of(mailing).state, office.taken) == (State.SCHEDULED, [])
    Mailing.objects.update(starts_at=timezone.now())
    send_all()
    send_all()
    mailing = now_of(mailing)
    assert (mailing.state, mailing.sent, len(office.taken)) == (State.SENT, 3, 3)
    assert actions(mailing) == [MailingStep.Action.STARTED, MailingStep.Action.SENT]
    assert not sending.start(mailing_id=mailing.pk)


def test_an_issue_for_nobody_ends_at_once(office: PostOffice):
    mailing = approved_issue()
    send_all()
    assert (now_of(mailing).state, now_of(mailing).sent) == (State.SENT, 0)


def test_a_queue_that_is_cut_off_goes_on_where_it_was(office: PostOffice, monkeypatch: Any):
    monkeypatch.setattr(sending, "CHUNK", 2)
    mailing = approved_issue()
    subscribers(5)
    sending.start(mailing_id=mailing.pk)
    sending.queue_batch(mailing_id=mailing.pk)
    with monkeypatch.context() as cut_off:
        cut_off.setattr(sending, "wake_worker", None)  # what comes after the rows
        cut_off.setattr(sending.bulk, "post_bulk", raise_lookup_error)
        with pytest.raises(LookupError):
            sending.queue_batch(mailing_id=mailing.pk)
    assert (now_of(mailing).queued, Mail.objects.count()) == (2, 2)
    send_all()
    assert (now_of(mailing).queued, len(office.taken)) == (5, 5)


def raise_lookup_error(**_: object) -> None:
    raise LookupError


def test_without_a_key_nothing_goes_and_the_screen_says_so(
    office: PostOffice, settings: Any, sign_in: SignIn, editor: User
):
    mailing = approved_issue()
    subscribers(1)
    keys, settings.SUPPRESSION_KEYS = settings.SUPPRESSION_KEYS, []
    send_all()
    assert now_of(mailing).state == State.SCHEDULED
    Mailing.objects.update(state=State.SENDING, started_at=timezone.now())
    send_all()
    assert office.taken == []
    assert "NEWSLETTER_KEY" in sign_in(editor).get(f"{SCREEN}{mailing.pk}/").text
    settings.SUPPRESSION_KEYS = keys
    send_all()
    assert len(office.taken) == 1


def test_what_was_counted_stays_when_the_outbox_forgets(office: PostOffice):
    mailing = approved_issue()
    subscribers(2)
    subscribers(1, name="refused")
    send_all()
    (left,) = Subscription.objects.filter(email="lezer-0@klant.example")
    Subscription.objects.filter(pk=left.pk).update(state="left", left_at=timezone.now())
    tasks.keep_sending()
    Mail.objects.all().delete()
    tasks.keep_sending()
    mailing = now_of(mailing)
    assert (mailing.sent, mailing.failed, mailing.left) == (2, 1, 1)


# --- Steering it --------------------------------------------------------------------------------


def test_paused_nothing_goes_until_it_goes_on(office: PostOffice, monkeypatch: Any, editor: User):
    monkeypatch.setattr(batches, "BATCH", 2)
    mailing = approved_issue()
    subscribers(5)
    tasks.keep_sending()
    batches.send_batch(event=mailing.event, template="newsletter/issue", until=time.monotonic() + 9)
    sending.pause(mailing_id=mailing.pk, by=editor)
    send_all()
    assert len(office.taken) == 2
    with pytest.raises(NotNow):
        sending.pause(mailing_id=mailing.pk, by=editor)
    sending.go_on(mailing_id=mailing.pk, by=editor)
    send_all()
    assert set(office.times.values()) == {1}
    assert (len(office.taken), now_of(mailing).state) == (5, State.SENT)
    assert actions(mailing) == ["started", "paused", "went on", "sent"]


def test_stopped_nothing_goes_ever(office: PostOffice, editor: User):
    mailing = approved_issue()
    subscribers(3)
    tasks.keep_sending()
    sending.stop(mailing_id=mailing.pk, by=editor)
    send_all()
    mailing = now_of(mailing)
    assert (office.taken, mailing.state, mailing.withheld) == ([], State.STOPPED, 3)
    assert mailing.withheld_because == {STOPPED: 3}
    for deed in (sending.go_on, sending.pause, sending.stop):
        with pytest.raises(NotNow):
            deed(mailing_id=mailing.pk, by=editor)


# --- The screens --------------------------------------------------------------------------------


@pytest.fixture
def halfway(office: PostOffice, monkeypatch: Any) -> Mailing:
    """An issue of which three have gone, and two wait; one more left."""
    monkeypatch.setattr(batches, "BATCH", 4)
    mailing = approved_issue()
    subscribers(6)
    tasks.keep_sending()
    Subscription.objects.filter(email__endswith="-0@klant.example").update(
        state="left", left_at=timezone.now()
    )
    batches.send_batch(event=mailing.event, template="newsletter/issue", until=time.monotonic() + 9)
    return now_of(mailing)


def test_the_screen_tells_how_far_it_is(halfway: Mailing, sign_in: SignIn, editor: User):
    browser = sign_in(editor)
    page = browser.get(f"{SCREEN}{halfway.pk}/").text
    gone = Mail.objects.filter(state="sent").count()
    assert f'<progress value="{6 - Mail.objects.filter(state="waiting").count()}" max="6"' in page
    assert f"<dd>{gone}</dd>" in page
    assert "wordt niet gemeten" in page
    part = browser.get(f"{SCREEN}{halfway.pk}/stand/?state=sending")
    assert part.status_code == 200
    assert "<html" not in part.text
    assert browser.get(f"{SCREEN}{halfway.pk}/stand/?state=paused").status_code == 205
    assert "Oogst" in browser.get(SCREEN).text


def test_a_colleague_pauses_goes_on_and_stops(halfway: Mailing, sign_in: SignIn, editor: User):
    browser = sign_in(editor)
    for slug, state in (("pauzeren", "paused"), ("doorgaan", "sending"), ("stoppen", "stopped")):
        address = f"{SCREEN}{halfway.pk}/{slug}/"
        asked = browser.get(address)
        assert "2 mails" in asked.text, "what it is about"
        assert browser.post(address).status_code == 302
        assert now_of(halfway).state == state
        assert browser.post(address).status_code == 422
    assert list(halfway.steps.values_list("by", flat=True)) == [None, *[editor.pk] * 3]


def test_the_back_office_may_watch_and_steer_and_a_writer_may_not(
    halfway: Mailing, sign_in: SignIn, back_office: User, writer: User
):
    address = f"{SCREEN}{halfway.pk}/"
    assert "pauzeren" in sign_in(back_office).get(address).text
    for path in (SCREEN, address, f"{address}stand/", f"{address}pauzeren/"):
        assert sign_in(writer).get(path).status_code == 302


def test_the_screens_ask_as_often_with_three_issues_and_many_mails(
    halfway: Mailing, sign_in: SignIn, editor: User, django_assert_max_num_queries: Any
):
    browser = sign_in(editor)
    approved_issue()
    approved_issue()
    for path, most in ((SCREEN, 12), (f"{SCREEN}{halfway.pk}/", 14)):
        browser.get(path)
        with django_assert_max_num_queries(most):
            browser.get(path)


def test_the_mail_screen_shows_an_issue_without_a_token_that_works(
    halfway: Mailing, sign_in: SignIn, back_office: User
):
    mail = Mail.objects.filter(state="sent").first()
    assert mail is not None
    page = sign_in(back_office).get(f"/beheer/mail/{mail.pk}/").text
    reader = Subscription.objects.get(email=mail.recipient)
    assert "Peren, à" in page
    assert reader.token not in page
    assert leave_address(reader.pk) not in page
    assert sign_in(back_office).post(f"/beheer/mail/{mail.pk}/opnieuw/").status_code == 422
