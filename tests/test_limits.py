"""Every limit of `docs/limits.md` equals the one in the code, and is exceeded once."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory

from pluc import counting
from pluc.counting import Deed, count, network_of, take_back
from pluc.limits import ALLAUTH, LIMITS
from pluc.mailboxes import mailbox_of
from portal.accounts.models import User
from portal.enrolments import order_links
from portal.enrolments.links import token_of
from portal.newsletter.models import Subscription
from tests.conftest import LimitTo
from tests.enrolling import enrol_number
from tests.factories import ContactPageFactory
from tests.houses import House
from tests.legal.browsers import SAME_ORIGIN
from tests.matrix import PORTAL, PUBLIC
from tests.planning import MeetingFactory
from tests.portal.newsletter.subscribers import fill_in, subscriber
from tests.run import ROOT
from tests.test_matrix import is_wagtails, views_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

TEXT = (ROOT / "docs" / "limits.md").read_text()
CODE = re.compile(r"`([^`]+)`")
# What says in each language that it was too much, and what then.
SENTENCES = {
    "nl": re.compile(r"Probeer het (over|na)|Wacht (een paar|vijf) minuten|wacht even|[Bb]el ons"),
    "en": re.compile(r"Try again in|Wait (a few|five) minutes|wait a while|call us|give us a call"),
}


def table(heading: str) -> list[list[str]]:
    """The rows of the table below a heading of the document."""
    part = TEXT.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@dataclass(frozen=True)
class Written:
    """An address that writes, with one of its limits."""

    address: str
    method: str
    limit: str
    over: str

    def __str__(self) -> str:
        return f"{self.method} {self.address} {self.limit}"


ADDRESSES = [
    Written(CODE.findall(address)[0], method, limit, over.strip("| "))
    for address, method, limits, over in table("Addresses that write without signing in")
    for limit in CODE.findall(limits)
]
REFUSING = [one for one in ADDRESSES if one.over == "429"]
READ_ONLY = set(CODE.findall(TEXT.split("write nothing\n")[1]))


LISTED = table("The limits")


def test_the_document_has_the_numbers_of_the_code():
    told = {CODE.findall(row[0])[0]: (row[2].strip("`"), row[3].strip("`")) for row in LISTED}
    assert told == {name: (limit.production, limit.loopback) for name, limit in LIMITS.items()}
    assert {one.limit for one in ADDRESSES} <= LIMITS.keys()


def test_every_address_that_takes_a_post_has_a_limit(house_of_one: House):
    """Posts an empty form to every address of the matrix, without signing in."""
    rows = {row.pattern: row for row in [*PUBLIC, *PORTAL]}
    views = list(views_in(import_module("pluc.urls.one_host").urlpatterns))
    ours = {address for address, view in views if not is_wagtails(address, view)}
    known = {one.address for one in REFUSING} | READ_ONLY
    assert known <= ours, "the document names no address that is gone"
    open_to_all = set()
    for pattern in ours & rows.keys():
        row = rows[pattern]
        path = "/mijn/" if row in PORTAL else "/"
        address = re.sub(r"\{\w+\}", str(uuid.UUID(int=1)), row.address)
        answer = house_of_one.guest().post(path + address, {}, headers=SAME_ORIGIN)
        goes_to_sign_in = answer.get("Location", "").startswith("/mijn/inloggen/")
        if answer.status_code not in {401, 403, 404, 405} and not goes_to_sign_in:
            open_to_all.add(pattern)
    assert open_to_all - known == set()


@pytest.fixture
def house_of_one() -> House:
    ContactPageFactory()
    return House("one host")


# --- Going over each ---------------------------------------------------------------------------


@pytest.fixture
def someone(participant: User) -> User:
    """Dirk, with a password."""
    participant.set_password("acht abrikozen op een rij")
    participant.save()
    return participant


GUEST = {"first_name": "Gerda", "last_name": "Gast", "email": "gerda@kantoor.example"}


def enrolling(browser: Client, prefix: str, **typed: str) -> HttpResponse:
    """A guest on a form for a meeting; each time another one, unless `code` names it."""
    code = typed.pop("code", "") or MeetingFactory().code
    return browser.post(f"{prefix}/mijn/bijeenkomsten/{code}/aanmelden/", GUEST | typed)


def a_name() -> str:
    """Of eight letters: a telephone number is no name."""
    return uuid.uuid4().hex[:8].translate(str.maketrans("0123456789", "ghijklmnop"))


def in_one_meeting(browser: Client, prefix: str) -> HttpResponse:
    name = a_name()
    typed = {"last_name": name, "email": f"{name}@kantoor.example", "code": "vaste-bijeenkomst"}
    return enrolling(browser, prefix, **typed)


def for_another(browser: Client, prefix: str) -> HttpResponse:
    name = a_name()
    other = {"first_name_2": "Freek", "last_name_2": name, "email_2": f"{name}@kantoor.example"}
    typed = {"people": "2", "not_coming": "on", "code": "vaste-bijeenkomst"} | other
    return enrolling(browser, prefix, **typed)


def place_by_link(browser: Client, prefix: str) -> HttpResponse:
    meeting = MeetingFactory()
    token = token_of(enrol_number(meeting, 1))
    return browser.post(f"{prefix}/mijn/inschrijving/{token}/", {"do": "x"})


def place_to_another(browser: Client, prefix: str) -> HttpResponse:
    meeting = MeetingFactory()
    token = token_of(enrol_number(meeting, 1))
    return browser.post(
        f"{prefix}/mijn/inschrijving/{token}/", {"do": "x", "instead-email": "x@x.example"}
    )


def order_by_link(browser: Client, prefix: str) -> HttpResponse:
    booking = enrol_number(MeetingFactory(), 1).booking
    return browser.post(f"{prefix}/mijn/bestelling/{order_links.token_of(booking)}/", {"do": "x"})


def posting(path: str, **typed: str) -> Callable[[Client, str], HttpResponse]:
    return lambda browser, prefix: browser.post(prefix + path, typed, headers=SAME_ORIGIN)


def contact(browser: Client, prefix: str) -> HttpResponse:
    typed = {"name": "Gerda", "email": GUEST["email"], "text": f"Vraag {uuid.uuid4()}"}
    return browser.post(f"{prefix}/contact/", typed, headers=SAME_ORIGIN)


def filling_in(browser: Client, prefix: str) -> HttpResponse:
    return fill_in(GUEST["email"], language="en" if prefix else "nl")


NEWSLETTER_LINKS = {"nl": "/nieuwsbrief/afmelden/", "en": "/en/newsletter/unsubscribe/"}


def by_the_newsletters_link(browser: Client, prefix: str) -> HttpResponse:
    token = (Subscription.objects.first() or subscriber(GUEST["email"])).token
    path = NEWSLETTER_LINKS["en" if prefix else "nl"]
    return browser.post(f"{path}{token}/", {"do": "language"}, headers=SAME_ORIGIN)


def choosing(browser: Client, prefix: str) -> HttpResponse:
    browser.cookies.clear()
    return browser.post(f"{prefix}/cookies/", {"all": "accept"}, headers=SAME_ORIGIN)


NOBODY = {"login": "niemand@nergens.example", "password": "onbekend"}
DOING: dict[str, Callable[[Client, str], HttpResponse]] = {
    "choice": choosing,
    "signup": posting("/mijn/registreren/", email="geen-adres"),
    "register": posting("/mijn/registreren/", email="gerda@kantoor.example"),
    "prove": posting("/mijn/bevestigen/verlopen/"),
    "login": posting("/mijn/inloggen/", **NOBODY),
    "login_failed": posting("/mijn/inloggen/", **NOBODY),
    "logout": posting("/mijn/uitloggen/"),
    "reset_password": posting("/mijn/account/wachtwoord/vergeten/", email=NOBODY["login"]),
    "reset_password_from_key": posting("/mijn/account/wachtwoord/nieuw/1-verlopen/", password1="x"),
    "second_step": posting("/mijn/account/tweede-stap/bevestigen/", code="000000"),
    "webauthn_login": posting("/mijn/account/tweede-stap/sleutels/inloggen/", credential="{}"),
    "form": lambda browser, prefix: enrolling(browser, prefix, do="add"),
    "away": lambda browser, prefix: enrolling(browser, prefix, do="sign-in"),
    "enrol": lambda browser, prefix: enrolling(browser, prefix),
    "named": lambda browser, prefix: enrolling(browser, prefix),
    "unproven": in_one_meeting,
    "vouched": for_another,
    "place": place_by_link,
    "contact": contact,
    "newsletter": filling_in,
    "newsletter_link": by_the_newsletters_link,
    "returns": posting("/mail/terug/"),
}


def make_small(name: str, limit_to: LimitTo, settings) -> None:
    """Sets a limit to one deed."""
    rates = [rate.rpartition("/") for rate in LIMITS[name].production.split(",")]
    small = ",".join(f"1/h/{whom}" for _, _, whom in rates)
    limit_to(name, small)
    if name in ALLAUTH:
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {name: small}
    if name == "webauthn_login":
        settings.MFA_RATE_LIMITS = {name: small}


@pytest.mark.parametrize("one", REFUSING, ids=str)
def test_over_a_limit_one_is_told_to_wait(
    one: Written, limit_to: LimitTo, settings, someone, sign_in
):
    for language in ("nl", "en"):
        ContactPageFactory(language=language)
    make_small(one.limit, limit_to, settings)
    MeetingFactory(code="vaste-bijeenkomst", capacity=12)
    do = DOING[one.limit]
    if one.address.startswith("inschrijving") and one.limit == "named":
        do = place_to_another
    if one.address.startswith("bestelling"):
        do = order_by_link
    for language, prefix in (("nl", ""), ("en", "/en")):
        cache.clear()
        browser = sign_in(someone) if one.limit == "vouched" else House("one host").guest()
        first, second = do(browser, prefix), do(browser, prefix)
        assert first.status_code != 429, language
        assert second.status_code == 429, language
        assert int(second["Retry-After"]) > 0
        assert f'lang="{language}"' in second.text
        assert SENTENCES[language].search(second.text), second.text


# --- Counting ------------------------------------------------------------------------------------


def asked_from(address: str):
    return RequestFactory().post("/", REMOTE_ADDR=address)


def test_a_network_is_an_address_or_the_first_half_of_a_long_one():
    networks = ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6"]
    told = [network_of(asked_from(address)) for address in networks]
    assert told == ["192.0.2.1", "192.0.2.1", "2001:db8:1:2::/64", "2001:db8:1:2::/64"]
    assert network_of(asked_from("2001:db8:1:3::1")) != told[2]


def test_one_mailbox_is_one_however_it_is_written():
    written = ["Gerda+x@Kantoor.example", " gerda@kantoor.example", "gerda+y+z@kantoor.example"]
    assert {mailbox_of(address) for address in written} == {"gerda@kantoor.example"}
    assert mailbox_of("+x@kantoor.example") == "+x@kantoor.example"


def test_what_something_costs_is_counted_whole_or_not_at_all(limit_to: LimitTo):
    limit_to("enrol", "10/h/ip")
    limit_to("named", "3/h/key")
    request = asked_from("192.0.2.1")
    two = Deed(name="named", keys={"a": 2, "b": 1}, mark="x")
    assert count(request, Deed(name="enrol", cost=9, mark="x"), two) is None
    assert count(request, Deed(name="enrol", cost=9, mark="x"), two) is None, "the same form"
    refusal = count(request, Deed(name="enrol"), Deed(name="named", keys={"c": 1, "a": 2}))
    assert refusal is not None
    assert (refusal.name, 3590 < refusal.seconds <= 3600) == ("named", True)
    assert count(request, Deed(name="enrol"), Deed(name="named", keys={"c": 3})) is None
    assert count(request, Deed(name="enrol")).name == "enrol"
    take_back(request, Deed(name="enrol", cost=9, mark="x"))
    assert count(request, Deed(name="enrol", cost=9)) is None
    assert count(asked_from("192.0.2.2"), Deed(name="enrol", cost=11)).seconds == 3600


def test_a_counter_names_nobody(limit_to: LimitTo, monkeypatch):
    keys = []
    monkeypatch.setattr(counting.cache, "set", lambda key, *_: keys.append(key), raising=False)
    count(asked_from("192.0.2.1"), Deed(name="named", keys={"gerda@kantoor.example": 1}))
    count(asked_from("192.0.2.1"), Deed(name="enrol"))
    assert len(keys) == 2
    assert not any("192.0.2" in key or "gerda" in key for key in keys)
