"""The back office sees what was sent to whom, and sends it again, without seeing a token."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from email import message_from_bytes
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pluc.outbox import mailbox, services
from pluc.outbox.guards import GUARDS
from pluc.outbox.models import Mail, Return
from portal.accounts.models import User
from tests.houses import House
from tests.mails import links_in, newest_to

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

SignIn = Callable[[User], Client]
LIST = "/beheer/mail/"


def page_of(mail: Mail) -> str:
    return f"/beheer/mail/{mail.pk}/"


def again_page_of(mail: Mail) -> str:
    return f"/beheer/mail/{mail.pk}/opnieuw/"


def post(to: str = "anna@klant.example", **fields: Any) -> Mail:
    message = EmailMessage(fields.pop("subject", "Peren"), "Ze zijn rijp.", to=[to])
    state = fields.pop("state", Mail.State.SENT)
    (mail,) = services.post(message=message, template="pears", **fields)
    Mail.objects.filter(pk=mail.pk).update(state=state, attempts=1, sent_at=timezone.now())
    mail.refresh_from_db()
    return mail


def let_an_hour_pass() -> None:
    """Everything posted so far went out, an hour ago."""
    earlier = F("created_at") - timedelta(hours=1)
    Mail.objects.update(state=Mail.State.SENT, created_at=earlier)


@pytest.fixture
def browser(sign_in: SignIn, back_office: User) -> Client:
    return sign_in(back_office)


@pytest.fixture
def guarded() -> Iterator[None]:
    """Somebody objects to every mail."""

    def guard(mails: Sequence[Mail]) -> dict[UUID, str]:
        return {mail.pk: "restricted" for mail in mails}

    GUARDS.append(guard)
    yield
    GUARDS.remove(guard)


# --- What came back ------------------------------------------------------------------------------


def test_the_figures_tell_how_often_mail_came_back(browser: Client):
    mail = post()
    now = timezone.now()
    for days, kind, why in [
        (0, "hard", ""),
        (3, "hard", ""),
        (20, "soft", ""),
        (31, "complaint", ""),
        (0, "unclear", "automatic"),
    ]:
        about = None if why else mail
        at = now - timedelta(days=days)
        Return.objects.create(
            key=f"{kind}{days}", kind=kind, why=why, mail=about, status="5.1.1", at=at
        )
    rows = [
        (row.label, row.day, row.week, row.month)
        for row in browser.get(f"{LIST}terug/").context["figures"].data
    ]
    assert rows == [
        ("Kwam niet aan, en komt nooit aan", 1, 2, 2),
        ("Kwam deze keer niet aan", 0, 0, 1),
        ("Klacht", 0, 0, 0),
        ("Afgemeld per mail", 0, 0, 0),
        ("Niet begrepen: een automatisch antwoord", 1, 1, 1),
    ]
    assert "(5.1.1)" in browser.get(page_of(mail)).text


def test_staff_are_told_that_the_mailbox_cannot_be_read(browser: Client):
    assert "mailbox" not in browser.get("/beheer/").text
    cache.set(mailbox.FAULT, "MailboxLoginError", 60)
    assert "De mailbox voor teruggekomen mail is nu niet te lezen." in browser.get("/beheer/").text
    assert "MailboxLoginError" in browser.get(f"{LIST}terug/").text
    cache.delete(mailbox.FAULT)


# --- The list ------------------------------------------------------------------------------------


def recipients(browser: Client, **query: Any) -> list[str]:
    return [mail.recipient for mail in browser.get(LIST, query).context["object_list"]]


@pytest.mark.each_database
def test_the_list_tells_what_went_to_whom_newest_first(browser: Client):
    post("anna@klant.example"), post("bram@klant.example", subject="Pruimen")
    assert recipients(browser) == ["bram@klant.example", "anna@klant.example"]
    text = browser.get(LIST).text
    assert all(word in text for word in ("anna@klant.example", "Pruimen", "dienst"))


@pytest.mark.each_database
def test_the_list_is_searched_by_recipient(browser: Client):
    post("anna@klant.example"), post("bram@klant.example")
    assert recipients(browser, q="ANNA@") == ["anna@klant.example"]
    assert recipients(browser, q="peren") == []


@pytest.mark.each_database
def test_the_list_is_filtered_by_state_and_kind(browser: Client):
    post("anna@klant.example", kind=Mail.Kind.SECURITY)
    post("bram@klant.example", state=Mail.State.GIVEN_UP)
    post("coby@klant.example", kind=Mail.Kind.NEWSLETTER)
    assert recipients(browser, state=["given up"]) == ["bram@klant.example"]
    assert recipients(browser, kind=["security"]) == ["anna@klant.example"]
    assert len(recipients(browser, kind=["security", "newsletter"])) == 2


@pytest.mark.each_database
def test_the_list_has_pages(browser: Client):
    for number in range(52):
        post(f"anna{number}@klant.example")
    assert len(recipients(browser)) == 50
    assert len(recipients(browser, p=2)) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_no_more_with_more_mails(
    browser: Client, number: int, django_assert_max_num_queries: Any
):
    for _ in range(number):
        post()
    browser.get(LIST)
    with django_assert_max_num_queries(12):
        browser.get(LIST)


# --- One mail ------------------------------------------------------------------------------------


def test_a_mail_is_read_as_it_went_with_what_became_of_it(browser: Client, participant: User):
    mail = post(person_id=participant.person_id, state=Mail.State.GIVEN_UP)
    Mail.objects.update(reason="SMTPRecipientsRefused")
    text = browser.get(page_of(mail)).text
    assert "Ze zijn rijp." in text
    assert "anna@klant.example" in text
    assert "Dirk Deelnemer" in text
    assert "SMTPRecipientsRefused" in text
    assert message_from_bytes(bytes(mail.message))["Message-ID"].strip("<>") in text


@pytest.mark.parametrize("number", [1, 3])
def test_a_mail_costs_no_more_with_more_copies(
    browser: Client, back_office: User, number: int, django_assert_max_num_queries: Any
):
    mail = post()
    for _ in range(number):
        services.send_again(mail=mail, by=back_office.pk)
        let_an_hour_pass()
    browser.get(page_of(mail))
    with django_assert_max_num_queries(13):
        browser.get(page_of(mail))


def test_the_back_office_never_sees_a_token(house: House, sign_in: SignIn, back_office: User):
    """With a real mail, whose link would open the account of whoever has it."""
    victim, guest = back_office, house.guest()
    address = house.portal_path("/account/wachtwoord/vergeten/")
    guest.post(address, {"email": victim.email})
    (link, *_) = links_in(newest_to(victim.email))
    token = link.rstrip("/").rpartition("/")[2]
    assert len(token) > 30
    mail = Mail.objects.get()
    services.send_for(seconds=20)
    copied = services.send_again(mail=Mail.objects.get(), by=back_office.pk)
    browser = sign_in(back_office)
    for page in (LIST, f"{LIST}lijst/", page_of(mail), again_page_of(mail), page_of(copied)):
        text = browser.get(page).text
        assert token not in text
        assert link not in text
        assert victim.email in text or page == again_page_of(mail)
    assert "[link]" in browser.get(page_of(mail)).text


def test_hostile_text_is_shown_as_text(browser: Client):
    mail = post(subject="<script>alert(1)</script>")
    for page in (LIST, page_of(mail)):
        assert "<script>alert(1)" not in browser.get(page).text


# --- Sending again -------------------------------------------------------------------------------


def test_sending_again_posts_a_copy_with_an_identity_of_its_own(browser: Client):
    mail = post()
    assert browser.get(again_page_of(mail)).status_code == 200
    assert Mail.objects.count() == 1, "looking changes nothing"
    answer = browser.post(again_page_of(mail))
    copied = Mail.objects.exclude(pk=mail.pk).get()
    assert answer["Location"] == page_of(copied)
    assert copied.event == f"again:{mail.pk}:1"
    assert (copied.state, copied.attempts, copied.recipient) == ("waiting", 0, mail.recipient)
    first, second = (message_from_bytes(bytes(one.message)) for one in (mail, copied))
    assert first["Message-ID"] != second["Message-ID"]
    assert first.get_payload() == second.get_payload()
    assert [name for name, _ in first.items()] == [name for name, _ in second.items()]


@pytest.mark.each_database
def test_the_copies_are_numbered_and_lead_to_each_other(browser: Client):
    mail = post()
    browser.post(again_page_of(mail))
    let_an_hour_pass()
    browser.post(again_page_of(mail))
    copies = Mail.objects.filter(event__startswith="again:").order_by("created_at")
    assert [copied.event[-2:] for copied in copies] == [":1", ":2"]
    assert page_of(mail) in browser.get(page_of(copies[0])).text
    assert all(page_of(copied) in browser.get(page_of(mail)).text for copied in copies)


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("state", "age"),
    [
        (Mail.State.WAITING, timedelta(hours=1)),
        (Mail.State.SENDING, timedelta(hours=1)),
        (Mail.State.SENT, timedelta(seconds=1)),
    ],
)
def test_pressing_twice_sends_one_copy_and_says_so(browser: Client, state: str, age: timedelta):
    mail = post()
    browser.post(again_page_of(mail))
    created = timezone.now() - age
    Mail.objects.exclude(pk=mail.pk).update(state=state, created_at=created)
    answer = browser.post(again_page_of(mail))
    assert Mail.objects.count() == 2
    assert answer.status_code == 422
    (why_not,) = answer.context["why_not"]
    assert why_not in answer.text
    assert "<form method" not in browser.get(again_page_of(mail)).text


@pytest.mark.each_database
@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Mail.Kind.NEWSLETTER},
        {"kind": Mail.Kind.NEWSLETTER, "state": Mail.State.UNKNOWN},
        {"state": Mail.State.WAITING},
        {"state": Mail.State.SENDING},
    ],
)
def test_a_newsletter_and_what_is_on_its_way_are_not_sent_again(browser: Client, fields: Any):
    mail = post(**fields)
    assert again_page_of(mail) not in browser.get(page_of(mail)).text
    assert "<form method" not in browser.get(again_page_of(mail)).text
    assert browser.post(again_page_of(mail)).status_code == 422
    assert Mail.objects.count() == 1


@pytest.mark.each_database
def test_nothing_is_sent_again_to_somebody_a_guard_withholds(browser: Client, guarded: None):
    mail = post()
    browser.post(again_page_of(mail))
    assert Mail.objects.count() == 1
    login = post(kind=Mail.Kind.SECURITY)
    browser.post(again_page_of(login))
    assert Mail.objects.count() == 3, "mail about a login is always sent"


# --- Who may -------------------------------------------------------------------------------------


def whereto(answer: Any) -> str:
    return answer.get("Location", "").partition("?")[0]


@pytest.mark.parametrize("role", ["editor", "writer", "participant", "speaker", "contact"])
def test_others_are_sent_away_and_learn_nothing(
    request: pytest.FixtureRequest, sign_in: SignIn, role: str
):
    mail = post()
    browser = sign_in(request.getfixturevalue(role))
    nowhere = Mail(pk=uuid.uuid4())
    for page in (page_of, again_page_of):
        there, not_there = browser.get(page(mail)), browser.get(page(nowhere))
        assert there.status_code in {302, 404}
        assert there.status_code == not_there.status_code
        assert whereto(there) == whereto(not_there)
    assert browser.get(LIST).status_code in {302, 404}
    assert browser.post(again_page_of(mail)).status_code in {302, 404}
    assert Mail.objects.count() == 1


def test_who_is_not_signed_in_is_asked_to(house: House):
    assert house.guest().get(LIST)["Location"].startswith(house.portal_path("/inloggen/"))


@pytest.mark.each_database
def test_an_unknown_mail_is_not_found(browser: Client):
    assert browser.get(page_of(Mail(pk=uuid.uuid4()))).status_code == 404
    assert browser.get("/beheer/mail/1/").status_code == 404


def test_the_menu_shows_mail_to_whom_it_is_for(
    sign_in: SignIn, back_office: User, superuser: User, editor: User
):
    assert LIST in sign_in(back_office).get("/beheer/").text
    assert LIST in sign_in(superuser).get("/beheer/").text
    assert LIST not in sign_in(editor).get("/beheer/").text


# --- The alarm -----------------------------------------------------------------------------------

PANEL = 'id="stuck-mail-section"'


def let_it_wait() -> None:
    post(state=Mail.State.WAITING)
    Mail.objects.update(created_at=timezone.now() - timedelta(hours=2))


def test_the_staff_home_tells_of_stuck_mail_and_only_then(browser: Client):
    assert PANEL not in browser.get("/beheer/").text
    post(state=Mail.State.WAITING)
    assert PANEL not in browser.get("/beheer/").text
    let_it_wait()
    assert PANEL in browser.get("/beheer/").text


def test_editors_are_not_bothered_with_stuck_mail(sign_in: SignIn, editor: User):
    let_it_wait()
    assert PANEL not in sign_in(editor).get("/beheer/").text


def test_a_mail_that_a_killed_worker_left_is_stuck_too(browser: Client):
    let_it_wait()
    Mail.objects.update(state=Mail.State.SENDING)
    assert PANEL in browser.get("/beheer/").text
    assert reverse("outbox_mails") in browser.get("/beheer/").text
