"""From a stranger to a proven account (P01; STANDARDS 4.6, 6.9, 6.13)."""

import logging
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from legal.consent.models import OptOut
from legal.rights.services import purge
from pluc.logs import TokenFilter
from pluc.outbox.models import Mail
from portal.accounts.models import Person, Registration, User
from portal.accounts.services import ask_for_proof
from portal.accounts.views import timing
from portal.newsletter.models import Asking
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.legal.versions import make_editions
from tests.mails import links_in, newest_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]

PASSWORD = "acht abrikozen op een rij"
FORM = {
    "first_name": "Noor",
    "last_name": "Nieuw",
    "email": "noor@nieuw.example",
    "password1": PASSWORD,
}


def register_at(house: House, **changes: str) -> tuple[Client, int]:
    browser = house.guest()
    form = {name: value for name, value in (FORM | changes).items() if value}
    return browser, browser.post(house.portal_path("/registreren/"), form).status_code


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.mark.either_database
@pytest.mark.promise("P01")
def test_who_registers_proves_the_address_and_signs_in(house: House):
    browser, status = register_at(house)
    assert status == 302
    person = Person.objects.get(email="noor@nieuw.example")
    assert person.full_name == "Noor Nieuw"
    assert person.source == Person.Source.SELF

    form = {"login": "noor@nieuw.example", "password": PASSWORD}
    browser.post(house.portal_path("/inloggen/"), form)
    assert browser.get(house.portal_path("/")).status_code == 302, "not proven yet"

    address = path_of(links_in(newest_to("noor@nieuw.example"))[0])
    assert EmailAddress.objects.get().verified is False, "a link scanner proves nothing"
    assert browser.get(address).status_code == 200
    assert EmailAddress.objects.get().verified is False
    browser.post(address)
    assert EmailAddress.objects.get().verified is True
    browser.post(house.portal_path("/inloggen/"), form)
    assert browser.get(house.portal_path("/")).status_code == 200


@pytest.mark.either_database
def test_a_link_that_was_used_expired_or_made_up_is_told_so(house: House):
    browser, _ = register_at(house)
    address = path_of(links_in(newest_to("noor@nieuw.example"))[0])
    with time_machine.travel("2099-01-01", tick=False):
        assert "werkt niet" in house.guest().get(address).text
    browser.post(address)
    for one in (address, re.sub(r"[^/]+/$", "zomaar-iets/", address)):
        answer = house.guest().get(one)
        assert answer.status_code == 200
        assert "werkt niet" in answer.text


@pytest.mark.promise("P01")
def test_a_registration_keeps_which_statement_was_shown(house: House):
    edition = make_editions(date(2026, 1, 1))["nl"]
    register_at(house)
    registration = Registration.objects.get()
    assert registration.edition == edition


@pytest.mark.either_database
def test_the_newsletter_is_a_choice_of_its_own_and_off(house: House):
    page = house.guest().get(house.portal_path("/registreren/")).text
    box = re.search(r'<input[^>]*name="newsletter"[^>]*>', page)
    assert box
    assert "checked" not in box[0]
    register_at(house)
    assert not Asking.objects.exists()


def test_a_yes_to_the_newsletter_is_kept_with_its_proof(house: House):
    edition = make_editions(date(2026, 1, 1))["nl"]
    register_at(house, newsletter="on")
    choice = Asking.objects.get()
    assert (choice.user, choice.edition) == (User.objects.get(), edition)
    page = house.guest().get(house.portal_path("/registreren/")).text
    assert choice.text in page, "word for word what was shown"


@pytest.mark.promise("P38")
def test_who_says_so_at_registration_is_not_measured_from_that_answer_on(house: House, settings):
    browser, _ = register_at(house, not_measured="on")
    assert OptOut.objects.filter(user__email="noor@nieuw.example").exists()
    assert browser.cookies[settings.OPT_OUT_COOKIE_NAME].value == "1"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "Noor\nBcc: iemand@elders.example"),
        ("last_name", "Nieuw\u202e"),
        ("last_name", "\u200b"),
        ("last_name", "N" * 10_000),
        ("email", "geen adres"),
        ("email", "noor@nieuw.example\nBcc: iemand@elders.example"),
        ("password1", "kort"),
        ("password1", "welkom bij pluc"),
        ("first_name", ""),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_is_lost(
    house: House, field: str, value: str
):
    browser = house.guest()
    form = FORM | {field: value}
    answer = browser.post(house.portal_path("/registreren/"), form)
    assert answer.status_code == 200
    assert "alert-wrong" in answer.text
    assert not User.objects.exists()
    kept = "Nieuw" if field != "last_name" else "Noor"
    assert kept in answer.text
    assert PASSWORD not in answer.text


@pytest.mark.either_database
@pytest.mark.parametrize("path", ["/registreren/", "/account/wachtwoord/vergeten/"])
@pytest.mark.parametrize("email", ["bekend@kantoor.example", "onbekend@kantoor.example"])
def test_a_link_in_a_mail_leads_to_the_host_in_the_settings(
    house: House, path: str, email: str, settings
):
    UserFactory(email="bekend@kantoor.example", password=PASSWORD)
    host = "127.0.0.1:6666" if house.one_host else urlsplit(settings.PORTAL_URL).netloc
    browser = Client(headers={"host": host})
    browser.post(house.portal_path(path), FORM | {"email": email})
    assert links_in(newest_to(email))[0].startswith(f"{settings.PORTAL_URL}/")


@pytest.mark.either_database
@pytest.mark.parametrize("name", ["<b>Nieuw</b>", "www.elders.example", "0900 1234"])
def test_what_is_no_name_is_refused(house: House, name: str):
    _, status = register_at(house, last_name=name)
    assert status == 200
    assert not Person.objects.exists()
    assert not Mail.objects.exists()


# --- Nobody learns who has an account ------------------------------------------------------------


def answer_to(house: House, email: str, path: str, form: dict[str, str]) -> tuple[int, str, str]:
    """Status, place and text of an answer, with what differs between any two taken out."""
    browser = house.guest()
    answer = browser.post(house.portal_path(path), form | {"email": email}, follow=True)
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    text = token.sub("", answer.text).replace(email, "...")
    return answer.status_code, str(answer.redirect_chain), text


@pytest.mark.parametrize("path", ["/registreren/", "/account/wachtwoord/vergeten/"])
def test_known_and_unknown_addresses_get_the_same_answer(house: House, path: str):
    UserFactory(email="bekend@kantoor.example", password=PASSWORD)
    form = FORM if path == "/registreren/" else {}
    known = answer_to(house, "bekend@kantoor.example", path, form)
    assert known == answer_to(house, "onbekend@kantoor.example", path, form)
    assert Mail.objects.filter(recipient="bekend@kantoor.example").count() == 1
    assert Mail.objects.filter(recipient="onbekend@kantoor.example").count() == 1


@pytest.mark.either_database
@pytest.mark.parametrize("opted_out", ["", "on"])
def test_the_opt_out_cookie_does_not_tell_either(house: House, opted_out: str, settings):
    UserFactory(email="bekend@kantoor.example")
    cookies = [
        sorted(register_at(house, email=email, not_measured=opted_out)[0].cookies)
        for email in ("bekend@kantoor.example", "onbekend@kantoor.example")
    ]
    assert cookies[0] == cookies[1]


def count_calls(monkeypatch: pytest.MonkeyPatch, name: str, calls: list[str]) -> None:
    """Notes each call of the hasher's method in `calls`."""
    real = getattr(hashers.Argon2PasswordHasher, name)

    def counted(*args):
        calls.append(name)
        return real(*args)

    monkeypatch.setattr(hashers.Argon2PasswordHasher, name, counted)


@pytest.mark.parametrize("path", ["/registreren/", "/inloggen/"])
def test_known_and_unknown_addresses_cost_one_hash_each(house: House, path: str, monkeypatch):
    UserFactory(email="bekend@kantoor.example", password=PASSWORD)
    hashed: list[str] = []
    for name in ("encode", "verify"):
        count_calls(monkeypatch, name, hashed)
    counts = []
    for email in ("bekend@kantoor.example", "onbekend@kantoor.example"):
        hashed.clear()
        form = FORM | {"email": email, "login": email, "password": "iets heel anders"}
        house.guest().post(house.portal_path(path), form)
        counts.append(len(hashed))
    assert counts == [1, 1]


@pytest.mark.parametrize(
    ("path", "apart"), [("/registreren/", 4), ("/account/wachtwoord/vergeten/", 0)]
)
def test_known_and_unknown_addresses_cost_about_as_many_queries(
    house: House, path: str, apart: int
):
    """A look-up or a row more on one side would be seen in the time that an answer takes."""
    UserFactory(email="bekend@kantoor.example", password=PASSWORD)
    counts = []
    for email in ("bekend@kantoor.example", "onbekend@kantoor.example"):
        with CaptureQueriesContext(connection) as queries:
            house.guest().post(house.portal_path(path), FORM | {"email": email})
        counts.append(len(queries))
    assert abs(counts[0] - counts[1]) <= apart, counts


class Clock:
    """Stands in for time itself: only sleeping, and work that says so, takes any."""

    def __init__(self, work: float) -> None:
        self.now, self.work, self.slept = 0.0, work, list[float]()

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))

    def view(self, request: HttpRequest) -> HttpResponse:
        self.now += self.work
        return HttpResponse("klaar")


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("method", "work", "slept"), [("POST", 0.03, [0.07]), ("POST", 0.4, [0]), ("GET", 0.03, [])]
)
def test_a_steady_answer_comes_after_a_tenth_of_a_second(
    method: str, work: float, slept: list[float], monkeypatch, rf
):
    clock = Clock(work)
    monkeypatch.setattr(timing, "time", clock)
    assert timing.steady_post(clock.view)(rf.generic(method, "/")).content == b"klaar"
    assert clock.slept == slept


@pytest.mark.either_database
@pytest.mark.parametrize("email", ["bekend@kantoor.example", "onbekend@kantoor.example"])
def test_the_form_for_a_new_password_answers_steadily(house: House, email: str, monkeypatch):
    UserFactory(email="bekend@kantoor.example", password=PASSWORD)
    clock = Clock(0)
    monkeypatch.setattr(timing, "time", clock)
    house.guest().post(house.portal_path("/account/wachtwoord/vergeten/"), {"email": email})
    assert clock.slept == [timing.LEAST]


def test_registering_a_known_address_leaves_nothing_behind(house: House):
    UserFactory(email="bekend@kantoor.example", password=PASSWORD)
    register_at(house, email="bekend@kantoor.example", newsletter="on", not_measured="on")
    assert User.objects.count() == Person.objects.count() == 1
    for model in (Registration, Asking, OptOut):
        assert not model.objects.exists()


def test_a_double_submit_makes_one_account(house: House):
    assert register_at(house)[1] == register_at(house)[1] == 302
    assert User.objects.count() == 1
    assert Person.objects.count() == 1


def test_whoever_registers_anothers_address_changes_nothing_of_theirs(house: House):
    user = UserFactory(email="bekend@kantoor.example", password=PASSWORD)
    register_at(house, email="Bekend@Kantoor.example", password1="een heel ander wachtwoord")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert User.objects.count() == 1
    assert "al een account" in newest_to("bekend@kantoor.example")["Subject"]


# --- What was never proven -----------------------------------------------------------------------


def test_a_registration_that_is_never_proven_is_forgotten(house: House):
    with time_machine.travel("2026-03-01 12:00", tick=False):
        register_at(house, not_measured="on", newsletter="on")
    with time_machine.travel("2026-03-03 12:00", tick=False):
        purge(short_lived=True)
        assert Person.objects.exists()
    with time_machine.travel("2026-03-04 12:01", tick=False):
        purge(short_lived=True)
        assert not Person.objects.exists()


def test_colleagues_and_people_with_a_proven_address_are_never_forgotten():
    UserFactory()
    UserFactory(is_staff=True, proven=False)
    PersonFactory()
    with time_machine.travel("2099-01-01"):
        assert purge(short_lived=True) == []


def test_the_registration_page_costs_few_queries(house: House, without_cache: None):
    browser = house.guest()
    browser.get(house.portal_path("/registreren/"))
    with CaptureQueriesContext(connection) as queries:
        browser.get(house.portal_path("/registreren/"))
    assert len(queries) <= 6


# --- Somebody else's address ---------------------------------------------------------------------


def test_a_stranger_who_registered_first_is_not_let_in_by_the_owners_link(house: House):
    stranger, _ = register_at(house, password1="het wachtwoord van een ander")
    address = path_of(links_in(newest_to("noor@nieuw.example"))[0])
    owner = house.guest()
    page = owner.get(address)
    assert "password" in page.text
    assert owner.post(address).status_code == 422
    assert owner.post(address, {"password": PASSWORD}).status_code == 422
    assert EmailAddress.objects.get().verified is False
    stranger.post(
        house.portal_path("/inloggen/"),
        {"login": "noor@nieuw.example", "password": "het wachtwoord van een ander"},
    )
    assert stranger.get(house.portal_path("/")).status_code == 302


def test_on_another_device_the_link_asks_for_the_password(house: House):
    register_at(house)
    address = path_of(links_in(newest_to("noor@nieuw.example"))[0])
    assert house.guest().post(address, {"password": PASSWORD}).status_code == 302
    assert EmailAddress.objects.get().verified is True


@pytest.mark.either_database
def test_a_link_is_no_way_around_the_limit_on_guessing(house: House):
    register_at(house)
    address = path_of(links_in(newest_to("noor@nieuw.example"))[0])
    for number in range(5):
        house.guest().post(address, {"password": f"geraden nummer {number}"})
    assert house.guest().post(address, {"password": PASSWORD}).status_code == 429
    assert EmailAddress.objects.get().verified is False


@pytest.mark.either_database
def test_opening_anothers_link_signs_nobody_out(house: House, sign_in, participant: User):
    register_at(house)
    address = path_of(links_in(newest_to("noor@nieuw.example"))[0])
    browser = sign_in(participant)
    browser.get(address)
    assert browser.get(house.portal_path("/")).status_code == 200


@pytest.mark.either_database
def test_registering_and_signing_in_tells_no_known_from_unknown_address(house: House):
    UserFactory(email="bekend@kantoor.example", password="iets heel anders")
    answers = []
    for email in ("bekend@kantoor.example", "onbekend@kantoor.example"):
        register_at(house, email=email)
        form = {"login": email, "password": PASSWORD}
        tries = [house.guest().post(house.portal_path("/inloggen/"), form) for _ in range(6)]
        token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        answers.append([(t.status_code, token.sub("", t.text).replace(email, "")) for t in tries])
    assert answers[0] == answers[1]


@pytest.mark.either_database
def test_a_second_press_says_what_is_the_matter(house: House):
    browser, _ = register_at(house)
    address = path_of(links_in(newest_to("noor@nieuw.example"))[0])
    browser.post(address)
    again = browser.post(address)
    assert again.status_code == 200
    assert "werkt niet" in again.text


def test_who_proved_an_address_is_not_forgotten_when_staff_correct_it(house: House):
    with time_machine.travel("2026-03-01 12:00", tick=False):
        browser, _ = register_at(house)
        browser.post(path_of(links_in(newest_to("noor@nieuw.example"))[0]))
        user = User.objects.get()
        user.email = "noor@beter.example"
        user.save()
        ask_for_proof(user=user)
    with time_machine.travel("2026-04-01 12:00", tick=False):
        purge(short_lived=True)
    assert User.objects.get() == user


@pytest.mark.either_database
def test_no_token_stands_in_a_log(house: House):
    record = logging.LogRecord(
        "django.request", 30, "", 0, "Not Found: %s", ("/mijn/bevestigen/MTI:1v:abc/",), None
    )
    TokenFilter().filter(record)
    assert record.getMessage() == "Not Found: /mijn/bevestigen/.../"
