"""Nobody turns our forms on others, within the limits of production (docs/limits.md)."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from legal.consent.models import Choice
from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.enrolments.browser_memory import MOST_TYPED
from portal.enrolments.forms.enrolling import name_of
from portal.enrolments.links import token_of
from portal.enrolments.models import Enrolment, Hold
from portal.meetings.models import Meeting
from tests.enrolling import enrol_number
from tests.houses import OPENED, House
from tests.legal.browsers import SAME_ORIGIN
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import fields_in, form_of, send

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("production_limits"),
    pytest.mark.either_database,
]
HOUSE = House("one host")
STRANGER = "vreemde@elders.example"


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(capacity=60)


def people(number: int, form: int = 0, email: str = STRANGER) -> dict[str, str]:
    """A form for so many people, whose mailbox is one, or `{}` for one of each."""
    typed = {"people": str(number)}
    for one in range(1, number + 1):
        name = f"{form}x{one}"
        fields = {"first_name": "X", "last_name": name, "email": email.format(name)}
        typed |= {name_of(field, one): value for field, value in fields.items()}
    return typed


def post(browser: Client, meeting: Meeting, typed: dict[str, str], **extra: str) -> HttpResponse:
    return browser.post(form_of(HOUSE, meeting), typed, **extra)


def statuses(answers: list[HttpResponse]) -> dict[int, int]:
    return dict(Counter(answer.status_code for answer in answers))


# --- Whom we write to, and whose places they are -------------------------------------------------


@pytest.mark.each_database
def test_one_strangers_mailbox_is_not_filled(meeting: Meeting):
    """Sixty-two forms with nine names each at one mailbox, in meetings of their own."""
    meetings = [MeetingFactory(course=meeting.course, venue=meeting.venue) for _ in range(8)]
    answers = [
        post(HOUSE.guest(), one, people(9, form), REMOTE_ADDR=f"192.0.2.{form}")
        for form, one in enumerate(meetings)
    ]
    assert statuses(answers) == {302: 2, 429: 6}, "whatever networks they come from"
    assert Mail.objects.filter(recipient=STRANGER).count() <= 20
    tagged = people(2, 9, "Vreemde+{}@Elders.example")
    assert post(HOUSE.guest(), meeting, tagged).status_code == 429, "nor under other spellings"


def test_one_network_does_not_fill_a_meeting_without_proving_a_mailbox(meeting: Meeting):
    answers = [
        post(HOUSE.guest(), meeting, people(5, form, "{}@elders.example")) for form in range(4)
    ]
    assert statuses(answers) == {302: 2, 429: 2}
    assert "Log in om verder te gaan" in answers[3].text
    assert fields_in(answers[3])["last_name"] == "3x1", "nothing is lost"
    assert Enrolment.objects.filter(meeting=meeting).count() == 10
    other = post(HOUSE.guest(), meeting, people(5, 9, "{}@x.example"), REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302


def test_an_office_enrols_nine_colleagues_and_who_has_an_account_themselves(
    meeting: Meeting, sign_in, participant: User, colleague: User
):
    own = {"first_name": "Dirk", "last_name": "Deelnemer", "organisation": ""}
    form = people(10, 1, "{}@kantoor.example") | own
    for form_number in (1, 2):
        answer = post(
            sign_in(participant),
            meeting,
            form
            if form_number == 1
            else people(10, 2, "{}@kantoor.example") | {"not_coming": "on"},
        )
        assert answer.status_code == 302
    third = people(10, 3, "{}@kantoor.example") | {"not_coming": "on"}
    assert post(sign_in(participant), meeting, third).status_code == 429
    for form_number in (4, 5):  # the ceiling of guests is another one, one's own place has none
        guest = people(5, form_number, "{}@elders.example")
        assert post(HOUSE.guest(), meeting, guest).status_code == 302
    assert send(sign_in(colleague), form_of(HOUSE, meeting)).status_code == 302


@pytest.mark.each_database
def test_a_form_that_is_refused_or_sent_twice_costs_nothing_more():
    small = MeetingFactory(capacity=6)
    browser, path = HOUSE.guest(), form_of(HOUSE, small)
    form = people(6, 1, "{}@kantoor.example") | {"form_id": fields_in(browser.get(path))["form_id"]}
    enrol_number(small, 1)
    assert browser.post(path, form).status_code == 409, "one place is gone"
    again = form | {"form_id": fields_in(browser.get(path))["form_id"], "expects": "list"}
    assert [browser.post(path, again).status_code for _ in range(3)] == [302] * 3


@pytest.mark.each_database
def test_the_link_of_a_place_writes_to_one_stranger(meeting: Meeting):
    place = HOUSE.portal_path(f"/inschrijving/{token_of(enrol_number(meeting, 1))}/")
    for number in range(21):
        name = {"instead-first_name": "X", "instead-last_name": f"Naam {number}"}
        substitute = {"do": "substitute", "instead-email": STRANGER} | name
        answer = HOUSE.guest().post(place, substitute)
    assert Mail.objects.filter(recipient=STRANGER).count() == 1
    assert answer.status_code == 429


# --- Looking -------------------------------------------------------------------------------------

NOT_OPENED = [
    {"sec-fetch-dest": "image", "sec-fetch-mode": "no-cors", "sec-fetch-site": "cross-site"},
    {"sec-fetch-dest": "iframe"},
    {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    {"sec-fetch-site": "cross-site", "sec-fetch-user": ""},
    {"sec-purpose": "prefetch;prerender"},
    {"purpose": "prefetch"},
    {"x-moz": "prefetch"},
    {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
    {"user-agent": "Mediapartners-Google"},
    {"user-agent": "WhatsApp/2.23"},
    {"user-agent": "Mozilla/5.0 LinkedInBot/1.0"},
    dict.fromkeys(OPENED, ""),
]


def test_who_only_looks_holds_nothing_and_gets_no_session(meeting: Meeting):
    path = form_of(HOUSE, meeting)
    for headers in NOT_OPENED:
        browser = HOUSE.guest()
        assert browser.get(path, headers=headers).status_code == 200, headers
        assert "sessionid" not in browser.cookies, headers
    browser = HOUSE.guest()
    answers = [browser.options(path, headers=OPENED), browser.head(path, headers=OPENED)]
    assert [answer.status_code for answer in answers] == [204, 200]
    assert not Hold.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "cross-site"}],
    ids=["typed", "from our own site", "a link elsewhere"],
)
def test_who_opens_the_form_holds_a_place(meeting: Meeting, headers: dict[str, str]):
    HOUSE.guest().get(form_of(HOUSE, meeting), headers=headers)
    assert Hold.objects.count() == 1


def test_a_hold_counts_as_many_places_as_it_has(meeting: Meeting):
    """Three holds of seven would be twenty-one places."""
    other = MeetingFactory(capacity=60)
    for one in (meeting, meeting, other):
        browser = HOUSE.guest()
        form = fields_in(browser.get(form_of(HOUSE, one)))
        post(browser, one, form | people(6) | {"do": "add"})
    held = {
        one: sum(Hold.objects.filter(meeting=one).values_list("places", flat=True))
        for one in (meeting, other)
    }
    assert held[meeting] <= 10
    assert sum(held.values()) <= 12
    elsewhere = HOUSE.guest()
    elsewhere.get(form_of(HOUSE, meeting), REMOTE_ADDR="192.0.2.9")
    assert Hold.objects.filter(meeting=meeting).count() == 3


# --- What is kept --------------------------------------------------------------------------------


@pytest.mark.each_database
def test_who_goes_away_to_sign_in_leaves_no_more_than_a_form(meeting: Meeting):
    browser = HOUSE.guest()
    junk = {f"rommel{n}": "x" * 300 for n in range(95)}
    typed = people(10, 1, "{}@kantoor.example") | {"do": "sign-in"}
    assert post(browser, meeting, typed | junk).status_code == 302
    (kept,) = browser.session["typed_enrolment"].values()
    assert not [name for name in kept if name.startswith("rommel")]
    assert kept["last_name_10"] == "1x10"
    long = {name: value * 60 for name, value in people(10, 2, "{}@k.example").items()}
    post(browser, meeting, long | {"people": "10", "do": "sign-in"})
    (kept,) = browser.session["typed_enrolment"].values()
    assert sum(len(name) + len(value) for name, value in kept.items()) <= MOST_TYPED
    answers = [post(HOUSE.guest(), meeting, {"do": "sign-in"}) for _ in range(60)]
    assert statuses(answers) == {302: 58, 429: 2}


def test_two_hundred_answers_about_cookies_are_not_all_kept(visitor: Client):
    def answer(value: str) -> int:
        return visitor.post("/cookies/", {"all": value}, headers=SAME_ORIGIN).status_code

    assert {answer("accept") for _ in range(100)} == {303}
    assert Choice.objects.count() == 1, "the same answer of the same browser"
    answers = Counter(answer(("decline", "accept")[n % 2]) for n in range(100))
    assert answers[429] > 20
    assert Choice.objects.count() == 60
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert answer("decline") == 303
