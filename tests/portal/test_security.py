"""Second factors, sessions, asking again, and signing out (STANDARDS 6.10 to 6.12)."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.test import Client, TestCase
from django.utils.http import int_to_base36

from portal.accounts.adapters import FactorAdapter
from portal.accounts.models import User
from tests.factories import UserFactory
from tests.houses import House, changed_settings
from tests.mails import links_in, newest_to, text_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

PASSWORD = "acht abrikozen op een rij"


@pytest.fixture
def dirk(participant: User) -> User:
    participant.set_password(PASSWORD)
    participant.save()
    return participant


def come_in(house: House, user: User, **extra: str) -> Client:
    browser = house.guest()
    form = {"login": user.email, "password": PASSWORD} | extra
    assert browser.post(house.portal_path("/inloggen/"), form).status_code == 302
    return browser


def is_in(house: House, browser: Client) -> bool:
    return browser.get(house.portal_path("/account/")).status_code == 200


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def ask_again(house: House, browser: Client) -> None:
    """Gives the password once more, as everything that opens the account asks."""
    browser.post(house.portal_path("/account/opnieuw-inloggen/"), {"password": PASSWORD})


def add_app(house: House, browser: Client) -> str:
    """Adds an authenticator app as its owner would; returns its secret."""
    ask_again(house, browser)
    address = house.portal_path("/account/tweede-stap/app/")
    secret: str = browser.get(address).context["form"].secret
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert browser.post(address, {"code": code_for(secret)}).status_code == 302
    return secret


# --- Sessions ------------------------------------------------------------------------------------


def test_a_session_ends_with_the_browser_unless_one_asks_to_stay(house: House, dirk: User):
    name = django_settings.SESSION_COOKIE_NAME
    assert come_in(house, dirk).cookies[name]["max-age"] == ""
    stays = come_in(house, dirk, remember="on").cookies[name]
    assert stays["max-age"] == 30 * 24 * 60 * 60
    assert "dirk" not in stays.value
    assert re.fullmatch(r"[a-z0-9]{32}", stays.value)


def test_sessions_are_listed_and_the_others_ended(house: House, dirk: User):
    here, there = come_in(house, dirk), come_in(house, dirk)
    page = house.portal_path("/account/sessies/")
    assert len(here.get(page).context["sessions"]) == 2
    here.post(page)
    assert is_in(house, here)
    assert not is_in(house, there)
    assert UserSession.objects.count() == 1


def test_one_session_is_ended_by_its_owner_alone(house: House, dirk: User, sign_in, colleague):
    here, there = come_in(house, dirk), come_in(house, dirk)
    session = UserSession.objects.get(session_key=there.session.session_key)
    address = house.portal_path(f"/account/sessies/{session.pk}/")
    assert sign_in(colleague).post(address).status_code == 404
    assert is_in(house, there)
    assert here.post(address).status_code == 302
    assert not is_in(house, there)
    assert is_in(house, here)


def test_a_changed_password_ends_the_other_sessions(house: House, dirk: User):
    here, there = come_in(house, dirk), come_in(house, dirk)
    form = {
        "oldpassword": PASSWORD,
        "password1": "negen nectarines op een rij",
    }
    here.post(house.portal_path("/account/wachtwoord/wijzigen/"), form)
    assert UserSession.objects.get().session_key == here.session.session_key
    assert "Alleen op dit apparaat" in here.get(house.portal_path("/account/beveiliging/")).text
    assert is_in(house, here)
    assert not is_in(house, there)
    assert "wachtwoord" in newest_to(dirk.email)["Subject"]


def test_a_new_factor_ends_the_other_sessions(house: House, dirk: User):
    here, there = come_in(house, dirk), come_in(house, dirk)
    add_app(house, here)
    assert is_in(house, here)
    assert not is_in(house, there)


def test_signing_out_clears_what_the_browser_kept_but_no_cookies(house: House, dirk: User):
    answer = come_in(house, dirk).post(house.portal_path("/uitloggen/"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


# --- Second factors ------------------------------------------------------------------------------


def test_the_secret_of_an_app_is_stored_encrypted(house: House, dirk: User, settings):
    secret = add_app(house, come_in(house, dirk))
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert FactorAdapter().decrypt(stored) == secret
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key"
    assert FactorAdapter().decrypt(stored) == secret, "survives a rotated key"


def test_signing_in_then_asks_for_the_code(house: House, dirk: User):
    secret = add_app(house, come_in(house, dirk))
    browser = come_in(house, dirk)
    assert not is_in(house, browser)
    address = house.portal_path("/account/tweede-stap/bevestigen/")
    browser.post(address, {"code": "000000"})
    assert not is_in(house, browser)
    with time_machine.travel("2099-05-16 12:00", tick=False):
        browser = come_in(house, dirk)
        browser.post(address, {"code": code_for(secret)})
        assert is_in(house, browser)


def test_recovery_codes_are_shown_once(house: House, dirk: User):
    browser = come_in(house, dirk)
    add_app(house, browser)
    page = house.portal_path("/account/tweede-stap/codes/")
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert browser.get(page).context["unused_codes"] == codes
    again = browser.get(page)
    assert not set(again.context["unused_codes"]) & set(codes)
    assert not any(code in again.text for code in codes)


def test_the_picture_of_the_code_needs_no_other_host(house: House, dirk: User):
    browser = come_in(house, dirk)
    ask_again(house, browser)
    page = browser.get(house.portal_path("/account/tweede-stap/app/")).text
    assert "<svg" in page or "data:image/svg+xml" in page
    assert "style=" not in page


def test_over_https_who_sees_others_needs_a_second_factor(back_office: User, settings):
    secure = {"SITE_URL": "https://pluc.example", "PORTAL_URL": "https://mijn.pluc.example"}
    production = changed_settings(**secure, SECRET_KEY="x" * 60, EMAIL_URL="smtp://localhost:1025")
    for name, value in production.items():
        setattr(settings, name, value)
    browser = Client(headers={"host": "mijn.pluc.example", "x-forwarded-proto": "https"})
    browser.force_login(back_office)
    answer = browser.get("/beheer/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/tweede-stap/")
    assert browser.get("/account/tweede-stap/").status_code == 200
    Authenticator.objects.create(user=back_office, type="totp", data={"secret": "x"})
    assert browser.get("/beheer/").status_code == 200


# --- What asks for the password again ------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/account/adres/",
        "/account/tweede-stap/app/",
        "/account/tweede-stap/sleutels/toevoegen/",
        "/account/tweede-stap/codes/nieuw/",
    ],
)
def test_what_opens_the_account_asks_who_it_is_again(house: House, dirk: User, path: str):
    with time_machine.travel("2026-05-16 12:00", tick=False):
        browser = come_in(house, dirk)
        add_app(house, browser)
    with time_machine.travel("2026-05-16 13:00", tick=False):
        answer = browser.post(house.portal_path(path), {"email": "x@y.example", "action_add": ""})
    assert answer.status_code == 302
    assert "opnieuw" in answer["Location"]


# --- Another address -----------------------------------------------------------------------------


def change_address(house: House, browser: Client, to: str) -> str:
    """Asks for another address; returns the path in the mail that proves it."""
    ask_again(house, browser)
    form = {"email": to, "action_add": ""}
    assert browser.post(house.portal_path("/account/adres/"), form).status_code == 302
    return "/" + links_in(newest_to(to))[0].split("/", 3)[3]


@pytest.mark.promise("P25")
def test_another_address_counts_once_it_is_proven_and_the_old_one_is_told(house: House, dirk: User):
    browser = come_in(house, dirk)
    path = change_address(house, browser, "dirk@nieuw.example")
    dirk.refresh_from_db()
    assert dirk.email == "dirk@kantoor.example"
    browser.post(path)
    dirk.refresh_from_db()
    dirk.person.refresh_from_db()
    assert dirk.email == dirk.person.email == "dirk@nieuw.example"
    told = newest_to("dirk@kantoor.example")
    assert "dirk@nieuw.example" not in text_of(told), "masked"
    assert EmailAddress.objects.get(user=dirk).verified


def test_who_has_a_factor_can_change_the_address_too(house: House, dirk: User):
    browser = come_in(house, dirk)
    add_app(house, browser)
    browser.post(change_address(house, browser, "dirk@nieuw.example"))
    dirk.refresh_from_db()
    assert dirk.email == "dirk@nieuw.example"


def test_an_address_that_has_an_account_is_not_taken_and_nobody_is_told(house: House, dirk: User):
    UserFactory(email="bezet@kantoor.example")
    browser = come_in(house, dirk)
    ask_again(house, browser)
    answers = [
        browser.post(
            house.portal_path("/account/adres/"), {"email": email, "action_add": ""}
        ).status_code
        for email in ("bezet@kantoor.example", "vrij@kantoor.example")
    ]
    assert answers == [302, 302]
    path = "/" + links_in(newest_to("vrij@kantoor.example"))[0].split("/", 3)[3]
    browser.post(path)
    dirk.refresh_from_db()
    assert dirk.email == "vrij@kantoor.example"


def test_an_address_that_was_only_claimed_gives_way_to_who_proves_it(house: House, dirk: User):
    squatter = UserFactory(email="dirk@nieuw.example", proven=False)
    browser = come_in(house, dirk)
    browser.post(change_address(house, browser, "dirk@nieuw.example"))
    dirk.refresh_from_db()
    assert dirk.email == "dirk@nieuw.example"
    assert not User.objects.filter(pk=squatter.pk).exists()


# --- A forgotten password ------------------------------------------------------------------------


def ask_for_reset(house: House, email: str) -> str:
    house.guest().post(house.portal_path("/account/wachtwoord/vergeten/"), {"email": email})
    return "/" + links_in(newest_to(email))[0].split("/", 3)[3]


def test_a_forgotten_password_is_replaced_once(house: House, dirk: User):
    there = come_in(house, dirk)
    path = ask_for_reset(house, dirk.email)
    browser = house.guest()
    form_at = browser.get(path)["Location"]
    new = "negen nectarines op een rij"
    browser.post(form_at, {"password1": new})
    dirk.refresh_from_db()
    assert dirk.check_password(new)
    assert not UserSession.objects.exists()
    assert not is_in(house, there)
    answer = house.guest().get(path, follow=True)
    assert "werkt niet" in answer.text, "used already"


def test_who_resets_the_password_where_they_are_signed_in_is_signed_out_there_too(
    house: House, dirk: User
):
    browser = come_in(house, dirk)
    form_at = browser.get(ask_for_reset(house, dirk.email))["Location"]
    answer = browser.post(form_at, {"password1": "negen nectarines op een rij"}, follow=True)
    assert answer.status_code == 200
    assert "Je wachtwoord is gewijzigd" in answer.text
    assert not is_in(house, browser)


@pytest.mark.parametrize("key", ["1-abc-def", "zzzz-c7k2m1-0123456789abcdef", "0-set-password"])
def test_a_made_up_link_says_so(house: House, dirk: User, key: str):
    path = house.portal_path(f"/account/wachtwoord/nieuw/{key}/")
    answer = house.guest().get(path, follow=True)
    assert answer.status_code == 200
    assert "werkt niet" in answer.text


def test_an_old_link_says_so(house: House, dirk: User):
    path = ask_for_reset(house, dirk.email)
    with time_machine.travel("2099-01-01", tick=False):
        assert "werkt niet" in house.guest().get(path, follow=True).text


def test_somebody_elses_token_opens_nothing(house: House, dirk: User, colleague: User):
    path = ask_for_reset(house, dirk.email)
    swapped = re.sub(r"nieuw/\w+-", f"nieuw/{int_to_base36(colleague.pk)}-", path)
    assert "werkt niet" in house.guest().get(swapped, follow=True).text


def test_a_page_with_a_token_is_never_measured(house: House, dirk: User, settings):
    settings.GOOGLE_ANALYTICS_ID = "G-PLUCTEST01"
    path = ask_for_reset(house, dirk.email)
    assert "G-PLUCTEST01" not in house.guest().get(path, follow=True).text


def test_who_blocks_cookies_is_told_so_at_sign_in(house: House):
    browser = house.guest()
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(house.portal_path("/inloggen/"), {"login": "x@y.example"})
    assert answer.status_code == 403
    assert "cookie" in answer.text.lower()
