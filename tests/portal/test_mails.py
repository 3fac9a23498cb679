"""Mails about an account: what happened, when, and what to do if it was not you."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import translation

from pluc.links import portal_address
from pluc.outbox.models import Mail
from portal.accounts import mails
from portal.accounts.models import User
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.mails import newest_to, text_of
from tests.run import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

AT = datetime(2026, 5, 12, 11, 30, tzinfo=UTC)  # 13:30 in Amsterdam
LINK = "http://localhost:8000/mijn/bevestigen/MTox:1wJxyz:cNq9/"
OWN = "anna@klant.example"
OTHER = "daan@firma.example"

# How each mail is asked for, and to whom it goes.
ASKED: dict[str, tuple[dict[str, Any], str]] = {
    "verify_address": ({"to": OWN, "address": LINK}, OWN),
    "verify_new_address": ({"to": OTHER, "address": LINK}, OTHER),
    "account_exists": ({"to": OWN, "address": LINK}, OWN),
    "reset_password": ({"to": OWN, "address": LINK}, OWN),
    "claims_found": ({"address": LINK}, OWN),
    "password_changed": ({}, OWN),
    "password_reset_done": ({}, OWN),
    "address_changed": ({"old": "oud@klant.example", "new": OTHER}, "oud@klant.example"),
    "address_confirmed": ({}, OWN),
    "address_removed": ({"removed": OTHER}, OWN),
    "passkey_added": ({}, OWN),
    "passkey_removed": ({}, OWN),
    "app_added": ({}, OWN),
    "app_removed": ({}, OWN),
    "recovery_codes_made": ({}, OWN),
}
# To a mailbox that may be anybody's: whoever typed it is not named there.
TO_UNPROVEN = {"verify_address", "verify_new_address"}
MOMENTS = {"en": "12 May 2026, 13:30", "nl": "12 mei 2026, 13.30 uur"}


def user_who(**fields: Any) -> User:
    return UserFactory(person=PersonFactory(**({"first_name": "Anna", "email": OWN} | fields)))


def posted(name: str, **person: Any) -> EmailMessage:
    arguments, to = ASKED[name]
    mail = getattr(mails, name)(user=user_who(**person), at=AT, **arguments)
    assert (mail.kind, mail.template) == (Mail.Kind.SECURITY, f"accounts/{name}")
    return newest_to(to)


def html_of(message: EmailMessage) -> str:
    body = message.get_body(["html"])
    assert body is not None
    return str(body.get_content())


def words_of(html: str) -> str:
    return " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())


def both(message: EmailMessage) -> list[str]:
    return [" ".join(text_of(message).split()), words_of(html_of(message))]


every_mail = pytest.mark.parametrize("name", ASKED)


# --- What stands in all of them ------------------------------------------------------------------


@every_mail
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_mail_says_when_and_whom_to_ask(name: str, language: str):
    message = posted(name, language=language)
    for text in both(message):
        assert MOMENTS[language] in text
        assert "backoffice@pluc.example" in text
        assert ("Anna" in text) is (name not in TO_UNPROVEN), "a stranger's mailbox learns no name"
    assert f'lang="{language}"' in html_of(message)


@every_mail
def test_a_mail_is_about_its_person(name: str):
    posted(name)
    assert Mail.objects.get().person == User.objects.get().person


@every_mail
def test_every_link_is_ours_and_absolute(name: str):
    html = BeautifulSoup(html_of(posted(name)), "lxml")
    links = [link["href"] for link in html.find_all("a")]
    assert all(link.startswith((settings.SITE_URL, "mailto:backoffice@")) for link in links)


def test_no_mail_is_left_out_of_these_tests():
    names = {path.stem for path in (ROOT / "templates/mails/accounts").iterdir()}
    assert names == {*ASKED, "unknown_account"}


# --- One by one ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["verify_address", "verify_new_address", "account_exists", "reset_password"]
)
def test_what_asks_for_something_leads_there_by_button_and_by_address(name: str):
    message = posted(name)
    assert f"\n{LINK}\n" in text_of(message).replace("\r\n", "\n")
    html = BeautifulSoup(html_of(message), "lxml")
    assert len(html.find_all("a", href=LINK)) == 2


def test_a_mail_tells_how_long_its_link_works():
    assert "3 days" in text_of(posted("verify_address", language="en"))
    assert "one day" in text_of(posted("verify_new_address", language="en", email="c@x.example"))
    assert "24 hours" in text_of(posted("reset_password", language="en", email="b@x.example"))


def test_the_old_address_hears_of_a_change_and_does_not_learn_the_new_one():
    message = posted("address_changed", language="en")
    for text in both(message):
        assert "d…@firma.example" in text
        assert "from this address" in text
    assert OTHER not in message.as_string() + text_of(message) + html_of(message)


@pytest.mark.parametrize(
    ("email", "shown"),
    [("daan@firma.example", "d…@firma.example"), ("x@y.example", "x…@y.example")],
)
def test_a_masked_address_shows_its_first_letter_and_its_domain(email: str, shown: str):
    assert mails.masked(email) == shown


def test_a_changed_factor_leads_to_the_security_screen_in_the_readers_language():
    text = text_of(posted("passkey_added", language="en"))
    with translation.override("en"):
        assert portal_address("account_security") in text
    assert "/en/" in portal_address_in(text)


def portal_address_in(text: str) -> str:
    (address,) = re.findall(r"https?://\S+/beveiliging/", text)
    return address


def test_a_changed_password_leads_to_a_new_one():
    assert portal_address("account_reset_password") in text_of(posted("password_changed"))


def test_who_has_no_account_is_told_so_in_the_language_of_the_page():
    mails.unknown_account(to=OTHER, language="en", address=LINK, at=AT)
    mail, message = Mail.objects.get(), newest_to(OTHER)
    assert (mail.person, mail.kind) == (None, Mail.Kind.SECURITY)
    assert message["Subject"] == "There is no account with this address"
    assert MOMENTS["en"] in text_of(message)
    assert LINK in text_of(message)


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Anna", "Anne-Fleur", "D'Artagnan", "Ömer Åke", "Fenna van der"])
def test_a_person_is_greeted_by_first_name(name: str):
    assert f"Hello {name}," in text_of(posted("app_added", first_name=name, language="en"))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Win een prijs op https://evil.example/",
        "evil.example",
        "Anna\r\nBcc: iedereen@klant.example",
        "<b>Anna</b>",
        "06 12345678",
        "x" * 5 + "\u202e" + "y",
    ],
)
def test_a_name_that_is_none_is_not_greeted(name: str):
    """A stranger types it, beside the address of whoever gets this mail."""
    message = posted("verify_address", first_name=name, language="en")
    assert text_of(message).startswith("Hello,")
    for text in [*both(message), str(message["Subject"])]:
        assert "evil" not in text
        assert "<b>" not in text


# --- What allauth asks for -----------------------------------------------------------------------

NOTICES = {
    "account/email/password_changed": "password_changed",
    "account/email/password_reset": "password_reset_done",
    "account/email/password_set": "password_reset_done",
    "account/email/email_confirm": "address_confirmed",
    "mfa/email/totp_activated": "app_added",
    "mfa/email/totp_deactivated": "app_removed",
    "mfa/email/recovery_codes_generated": "recovery_codes_made",
    "mfa/email/webauthn_added": "passkey_added",
    "mfa/email/webauthn_removed": "passkey_removed",
}
WHERE_FROM = {"timestamp": AT, "ip": "203.0.113.9", "user_agent": "Netscape Navigator"}


def told(prefix: str, email: str, context: dict[str, Any]) -> tuple[str, EmailMessage]:
    """The template of the mail that allauth's call led to, and the mail."""
    mails.MAILS[prefix](email, context)
    return Mail.objects.get().template.removeprefix("accounts/"), newest_to(email)


@pytest.mark.parametrize(("prefix", "name"), NOTICES.items())
def test_a_notice_tells_what_when_and_nothing_of_where_from(prefix: str, name: str):
    user_who()
    found, message = told(prefix, OWN, WHERE_FROM)
    assert found == name
    assert MOMENTS["nl"] in text_of(message)
    assert not any(word in message.as_string() for word in ("203.0.113.9", "Netscape"))


def test_a_new_account_and_a_reminder_of_it_ask_the_same():
    user = user_who()
    for prefix in ("email_confirmation_signup", "email_confirmation"):
        Mail.objects.all().delete()
        context = {"user": user, "activate_url": LINK, "key": "x"}
        found, message = told(f"account/email/{prefix}", "Anna@klant.example", context)
        assert found == "verify_address"
        assert LINK in text_of(message)


def test_another_address_than_the_one_one_signs_in_with_is_a_new_one():
    context = {"user": user_who(), "activate_url": LINK}
    assert told("account/email/email_confirmation", OTHER, context)[0] == "verify_new_address"


def test_a_change_of_address_is_told_to_the_old_one():
    user = user_who(email=OTHER)
    context = WHERE_FROM | {"from_email": "oud@klant.example", "to_email": user.email}
    found, message = told("account/email/email_changed", "oud@klant.example", context)
    assert found == "address_changed"
    assert "d…@firma.example" in text_of(message)


def test_a_removed_address_is_told_to_the_one_that_stays():
    user_who()
    context = WHERE_FROM | {"deleted_email": OTHER}
    found, message = told("account/email/email_deleted", OWN, context)
    assert found == "address_removed"
    assert "d…@firma.example" in text_of(message)


def test_an_address_with_an_account_is_told_so_in_its_owners_language():
    user_who(language="en")
    context = {"password_reset_url": LINK, "signup_url": "x"}
    found, message = told("account/email/account_already_exists", OWN, context)
    assert found == "account_exists"
    assert text_of(message).startswith("Hello Anna,")


def test_an_address_that_somebody_else_only_claimed_learns_no_name():
    user = user_who()
    user.emailaddress_set.create(email=OTHER, verified=False, primary=False)
    context = {"password_reset_url": LINK, "signup_url": "x"}
    with translation.override("en"):
        found, message = told("account/email/account_already_exists", OTHER, context)
    assert found == "account_exists"
    assert text_of(message).startswith("Hello,")
    assert Mail.objects.get().person is None


def test_an_unknown_address_is_told_so():
    found, message = told("account/email/unknown_account", OTHER, {})
    assert found == "unknown_account"
    assert portal_address("account_signup") in text_of(message)


def test_a_reset_leads_to_a_new_password():
    context = {"user": user_who(), "password_reset_url": LINK, "uid": "1", "key": "x"}
    found, message = told("account/email/password_reset_key", OWN, context)
    assert found == "reset_password"
    assert LINK in text_of(message)


@pytest.mark.parametrize("ask", [lambda user: user.email, lambda user: "niemand@klant.example"])
def test_asking_for_a_new_password_posts_one_mail_whoever_asks(
    house: House, participant: User, ask: Callable[[User], str]
):
    email = ask(participant)
    address = house.portal_path("/account/wachtwoord/vergeten/")
    assert house.guest().post(address, {"email": email}).status_code == 302
    assert [mail.recipient for mail in Mail.objects.all()] == [email]
    assert settings.PORTAL_URL in text_of(newest_to(email))
