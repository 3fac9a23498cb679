"""An address counts once it is proven (docs/decisions/0015; P01, P13, P17, P25; STANDARDS 6.9).

Partner asks for a change to an address and mistypes it. Elders has the mailbox that was typed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from legal.rights.services import purge
from pluc.outbox.models import Mail
from portal.accounts.adapters import FactorAdapter
from portal.accounts.models import AddressChange, Person, User
from portal.accounts.queries import claimable_by, login_at, may_be_proven
from portal.enrolments import services
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from portal.organisations.forms import who_signs_in_with
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.mails import links_in, newest_to, text_of
from tests.planning import MeetingFactory
from tests.portal.enrolments.letters import FREEK, calendars_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

HOUSE = House("one host")
PASSWORD = "acht abrikozen op een rij"
OTHERS = "negen nectarines op een rij"
OLD, TYPED = "partner@kantoor.example", "elders@kantoor.example"
RESET = "/account/wachtwoord/vergeten/"


@pytest.fixture
def partner(db: None) -> User:
    return UserFactory(person__email=OLD, person__first_name="Pieternel", password=PASSWORD)


def send(path: str, browser: Client | None = None, **form: str) -> tuple[Client, int]:
    browser = browser or HOUSE.guest()
    return browser, browser.post(HOUSE.portal_path(path), form).status_code


def sign_in(email: str, password: str = PASSWORD) -> Client:
    return send("/inloggen/", login=email, password=password)[0]


def is_in(browser: Client) -> bool:
    return browser.get(HOUSE.portal_path("/account/")).status_code == 200


def page(browser: Client, path: str) -> str:
    return browser.get(HOUSE.portal_path(path)).text


def link_to(email: str) -> str:
    return "/" + links_in(newest_to(email))[0].split("/", 3)[3]


def ask_for(browser: Client, email: str) -> str:
    """Asks for another address; returns the link in the mail to it."""
    send("/account/opnieuw-inloggen/", browser, password=PASSWORD)
    assert send("/account/adres/", browser, email=email, action_add="1")[1] == 302
    return link_to(email)


def register(email: str = TYPED, password: str = OTHERS, first_name: str = "Elske") -> Client:
    form = {"first_name": first_name, "last_name": "Elders", "password1": password}
    browser, status = send("/registreren/", email=email, **form)
    assert status == 302
    return browser


def newest_template(email: str) -> str:
    mail = Mail.objects.filter(recipient=email).latest("created_at")
    return mail.template.removeprefix("accounts/")


# --- The attack, step by step --------------------------------------------------------------------


@pytest.mark.each_database
@pytest.mark.promise("P17")
@pytest.mark.parametrize("has_factor", [False, True])
def test_whoever_has_a_mistyped_mailbox_gets_nothing_of_the_account(
    partner: User, has_factor: bool
):
    browser = sign_in(OLD)
    if has_factor:
        data = {"secret": FactorAdapter().encrypt("x" * 32)}
        Authenticator.objects.create(user=partner, type="totp", data=data)
    link = ask_for(browser, TYPED)
    told = newest_to(TYPED).as_string() + text_of(newest_to(TYPED))
    assert "Pieternel" not in told
    assert OLD not in told

    send(RESET, email=TYPED)
    assert newest_template(TYPED) == "unknown_account"
    assert not any("/nieuw/" in link for link in links_in(newest_to(TYPED)))
    assert not is_in(sign_in(TYPED)), "not with the right password either"
    mails = Mail.objects.count()
    sign_in(TYPED)
    assert Mail.objects.count() == mails, "and signing in posts no link there"
    stranger = HOUSE.guest()
    assert "Pieternel" not in stranger.get(link).text
    tries = [stranger.post(link, {"password": "geraden"}).status_code for _ in range(6)]
    assert {*tries} == {422, 429}
    assert tries[-1] == 429

    partner.refresh_from_db()
    assert (partner.email, partner.person.email) == (OLD, OLD)
    assert partner.check_password(PASSWORD)
    again = sign_in(OLD)
    if has_factor:
        assert again.session["account_login"]["state"]["stages"]["current"] == "mfa_authenticate"
    else:
        assert is_in(again), "guessing at the link did not close the door either"


@pytest.mark.each_database
@pytest.mark.promise("P01")
def test_a_waiting_change_keeps_nobody_from_registering_and_ends_when_they_prove(partner: User):
    mistyped = sign_in(OLD)
    old_link = ask_for(mistyped, TYPED)
    elders = register()
    assert newest_template(TYPED) == "verify_address", "at once, within the same minute"
    elders.post(link_to(TYPED))
    assert login_at(email=TYPED).person.first_name == "Elske"
    assert is_in(sign_in(TYPED, OTHERS))
    assert not AddressChange.objects.exists()
    assert "werkt niet" in mistyped.get(old_link).text
    assert "werkt niet" in mistyped.post(old_link).text
    assert TYPED not in page(mistyped, "/account/beveiliging/")
    assert is_in(sign_in(OLD))
    send(RESET, email=TYPED)
    assert newest_template(TYPED) == "reset_password"


@pytest.mark.each_database
def test_whoever_asked_first_keeps_the_address_and_the_later_registration_ends(partner: User):
    mistyped = sign_in(OLD)
    link = ask_for(mistyped, TYPED)
    elders = register()
    later = link_to(TYPED)
    assert mistyped.post(link).status_code == 302
    assert login_at(email=TYPED) == partner
    assert "werkt niet" in elders.post(later).text
    assert not User.objects.filter(person__first_name="Elske").exists()


# --- A change that waits -------------------------------------------------------------------------


@pytest.mark.promise("P25")
def test_a_change_ends_after_a_day(partner: User):
    browser = sign_in(OLD)
    with time_machine.travel("2026-05-11 12:00+02:00", tick=False):
        link = ask_for(browser, TYPED)
        assert "12 mei 2026" in page(browser, "/account/adres/")
        assert "12 mei 2026" in page(browser, "/account/beveiliging/")
        assert "één dag" in text_of(newest_to(TYPED))
    with time_machine.travel("2026-05-12 11:59+02:00", tick=False):
        assert "werkt niet" not in browser.get(link).text
        purge(short_lived=True)
        assert EmailAddress.objects.filter(email=TYPED).exists()
    with time_machine.travel("2026-05-12 12:01+02:00", tick=False):
        assert TYPED not in page(browser, "/account/adres/")
        assert "werkt niet" in browser.post(link).text
        purge(short_lived=True)
        purge(short_lived=True)
    assert [row.email for row in EmailAddress.objects.all()] == [OLD]


def test_a_change_is_called_off_and_asked_for_anew(partner: User):
    browser = sign_in(OLD)
    link = ask_for(browser, TYPED)
    send("/account/adres/", browser, email=TYPED, action_primary="1")
    partner.refresh_from_db()
    assert partner.email == OLD, "what is not proven is not made the first"
    send("/account/adres/", browser, email=TYPED, action_remove="1")
    assert "werkt niet" in browser.get(link).text
    first, second = ask_for(browser, TYPED), ask_for(browser, TYPED)
    assert "werkt niet" in browser.post(first).text
    browser.post(second)
    partner.refresh_from_db()
    assert partner.email == TYPED


def test_a_link_is_sent_again_once_a_minute_whoever_else_asks_for_the_address(partner: User):
    browser = sign_in(OLD)
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        ask_for(browser, TYPED)
        send("/account/adres/", browser, email=TYPED, action_send="1")
        assert Mail.objects.filter(recipient=TYPED).count() == 1
        register()
        assert Mail.objects.filter(recipient=TYPED).count() == 2
    with time_machine.travel(moment + timedelta(seconds=61), tick=False):
        send("/account/adres/", browser, email=TYPED, action_send="1")
    assert newest_template(TYPED) == "verify_new_address"


@pytest.mark.each_database
def test_a_new_password_by_mail_ends_a_change_and_leaves_others_counters_alone(partner: User):
    """allauth clears the failed tries of every address of the login, the unproven ones too."""
    victim = UserFactory(person__email=TYPED, password=OTHERS)
    ask_for(sign_in(OLD), TYPED)
    for _ in range(5):
        sign_in(TYPED, "geraden wachtwoord")
    send(RESET, email=OLD)
    browser = HOUSE.guest()
    browser.post(browser.get(link_to(OLD))["Location"], {"password1": OTHERS})
    assert is_in(sign_in(OLD, OTHERS))
    assert not AddressChange.objects.exists()
    assert not is_in(sign_in(TYPED, OTHERS)), "five tries were five tries"
    assert login_at(email=TYPED) == victim


def test_a_proven_new_address_ends_the_other_sessions(partner: User):
    here, there = sign_in(OLD), sign_in(OLD)
    here.post(ask_for(here, TYPED))
    assert (is_in(here), is_in(there)) == (True, False)
    assert UserSession.objects.count() == 1
    assert newest_template(OLD) == "address_changed"


def test_of_two_logins_that_ask_for_one_address_the_first_to_prove_it_has_it(partner: User):
    other = UserFactory(person__email="tweede@kantoor.example", password=PASSWORD)
    browsers = [sign_in(OLD), sign_in(other.email)]
    links = [ask_for(browser, TYPED) for browser in browsers]
    assert browsers[1].post(links[1]).status_code == 302
    assert "werkt niet" in browsers[0].post(links[0]).text
    assert [login_at(email=email) for email in (TYPED, OLD)] == [other, partner]


# --- A registration that nobody has proven -------------------------------------------------------


@pytest.mark.each_database
def test_a_strangers_registration_neither_blocks_nor_outlives_the_owners(partner: User):
    stranger = register(password=PASSWORD, first_name="Stien")
    strangers_link = link_to(TYPED)
    send(RESET, email=TYPED)
    assert newest_template(TYPED) == "unknown_account"
    owner = register(first_name="Stien")
    assert newest_template(TYPED) == "verify_address", "the same name, another password"
    link = link_to(TYPED)
    assert link != strangers_link
    assert stranger.post(link).status_code == 422, "its password, or the browser that registered"
    owner.post(link)
    assert not is_in(sign_in(TYPED)), "the stranger's password is gone with their login"
    assert is_in(sign_in(TYPED, OTHERS))
    assert User.objects.filter(email=TYPED).count() == 1
    assert "werkt niet" in stranger.post(strangers_link).text


def test_a_colleague_at_a_mistyped_address_is_given_away_to_nobody(superuser: User):
    colleague = UserFactory(
        person__email=TYPED, password=PASSWORD, proven=False, is_staff=True, is_superuser=True
    )
    send(RESET, email=TYPED)
    assert newest_template(TYPED) == "unknown_account"
    owner = register()
    owner.post(link_to(TYPED))
    assert login_at(email=TYPED).is_staff is False
    assert not is_in(sign_in(TYPED)), "the colleague's password opens nothing there"
    colleague.refresh_from_db()
    assert colleague.check_password(PASSWORD), "staff correct the address"


@pytest.mark.each_database
def test_a_login_of_the_command_line_gets_its_link_at_sign_in(db: None):
    User.objects.create_superuser(TYPED, PASSWORD)
    assert not is_in(sign_in(TYPED))
    assert HOUSE.guest().post(link_to(TYPED), {"password": PASSWORD}).status_code == 302
    assert is_in(sign_in(TYPED))
    assert User.objects.get_by_natural_key(TYPED.upper()).email == TYPED


# --- Roles, records, look-alikes -----------------------------------------------------------------


@pytest.mark.each_database
@pytest.mark.promise("P13")
def test_an_unproven_address_finds_no_records_and_gets_no_role(partner: User):
    PersonFactory(email=TYPED)
    ask_for(sign_in(OLD), TYPED)
    register()
    for user in User.objects.all():
        assert not claimable_by(user=user).exists()
    with pytest.raises(ValidationError):
        who_signs_in_with(TYPED)
    assert who_signs_in_with(OLD.upper()) == partner.person


@pytest.mark.each_database
def test_an_address_that_looks_like_anothers_is_not_that_one(db: None):
    mark = UserFactory(person__email="mik@kantoor.example", password=PASSWORD)
    kelvin, dotless = "mi\u212a@kantoor.example", "m\u0131k@kantoor.example"
    for email in (kelvin, dotless):
        assert send(RESET, email=email)[1] == 200, "refused"
        with pytest.raises(ValidationError):
            Person(last_name="M", email=email).full_clean()
    assert not Mail.objects.exists()
    assert not Person.objects.with_address(dotless).exists()
    assert login_at(email=dotless) is None
    send(RESET, email="mik@\uff4bantoor.example")
    assert {mail.recipient for mail in Mail.objects.all()} == {mark.email}, "a wide letter is one"


# --- The same work -------------------------------------------------------------------------------


def states(partner: User) -> dict[str, str]:
    """An address of each kind: proven, only asked for in two ways, and of nobody."""
    ask_for(sign_in(OLD), TYPED)
    register(email="nooit@kantoor.example")
    return {
        "proven": OLD,
        "change": TYPED,
        "registration": "nooit@kantoor.example",
        "nobody": "niemand@kantoor.example",
    }


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (RESET, lambda email: {"email": email}),
        ("/inloggen/", lambda email: {"login": email, "password": "iets heel anders"}),
    ],
)
def test_an_unproven_address_costs_as_many_queries_as_one_of_nobody(
    partner: User, path: str, form: Callable[[str], dict[str, str]]
):
    counts = {}
    send(path, **form("warm@kantoor.example"))
    for kind, email in states(partner).items():
        with CaptureQueriesContext(connection) as queries:
            send(path, **form(email))
        counts[kind] = len(queries)
    assert len(set(counts.values())) == 1, counts


def test_a_change_without_its_moment_has_ended(partner: User):
    """Rows from before this rule."""
    row = EmailAddress.objects.create(user=partner, email=TYPED)
    assert not may_be_proven(address=row)
    assert [str(purged) for purged in purge(short_lived=True)] == ["account.EmailAddress 1"]


# --- Mail about places that one already has ------------------------------------------------------


@pytest.fixture
def places(partner: User) -> dict[str, Enrolment]:
    """Partner's places: at the old address, at an assistant's, and in what is over."""
    person = partner.person
    own = attendee(first_name=person.first_name, last_name=person.last_name, email=OLD)
    coming, shared, over = MeetingFactory(), MeetingFactory(), MeetingFactory()
    found = {
        "own": enrol(coming, own, FREEK, user=partner)[0],
        "shared": enrol(shared, replace(own, email="assistent@kantoor.example"))[0],
        "over": enrol(over, own, user=partner)[0],
    }
    Enrolment.objects.filter(pk=found["shared"].pk).update(person=person)
    now = timezone.now()
    Meeting.objects.filter(pk=over.pk).update(starts_at=now - timedelta(days=2), ends_at=now)
    return found


def test_mail_about_a_place_goes_to_the_address_that_was_proven_since(
    partner: User, places: dict[str, Enrolment]
):
    browser = sign_in(OLD)
    link = ask_for(browser, TYPED)
    assert Enrolment.objects.get(pk=places["own"].pk).email == OLD, "not before it is proven"
    browser.post(link)
    addresses = {name: Enrolment.objects.get(pk=one.pk).email for name, one in places.items()}
    assert addresses == {"own": TYPED, "shared": "assistent@kantoor.example", "over": OLD}
    booking = places["own"].booking
    booking.refresh_from_db()
    assert booking.email == TYPED
    services.cancel(enrolment_id=places["own"].pk, by=partner)
    mail = Mail.objects.get(template="enrolments/cancelled")
    assert mail.recipient == TYPED
    (event,) = next(calendars_in(newest_to(TYPED))).walk("VEVENT")
    assert str(event["ATTENDEE"]) == f"mailto:{TYPED}"
    assert str(event["UID"]).startswith(str(places["own"].pk)), "the entry that is there already"
    assert Enrolment.objects.get(last_name=FREEK.last_name).email == FREEK.email


def test_a_form_with_the_new_address_is_not_a_second_place(
    partner: User, places: dict[str, Enrolment]
):
    browser = sign_in(OLD)
    browser.post(ask_for(browser, TYPED))
    person, meeting = partner.person, places["own"].meeting
    enrol(meeting, attendee(first_name=person.first_name, last_name=person.last_name, email=TYPED))
    assert Enrolment.objects.filter(meeting=meeting, last_name=person.last_name).count() == 1
    assert Mail.objects.filter(template="enrolments/already", recipient=TYPED).exists()


def test_where_the_new_mailbox_has_a_place_already_the_change_still_goes_through(
    partner: User, places: dict[str, Enrolment]
):
    person, meeting = partner.person, places["own"].meeting
    enrol(meeting, attendee(first_name=person.first_name, last_name=person.last_name, email=TYPED))
    browser = sign_in(OLD)
    browser.post(ask_for(browser, TYPED))
    both = Enrolment.objects.filter(meeting=meeting, last_name=person.last_name)
    assert [one.email for one in both] == [TYPED, TYPED]
