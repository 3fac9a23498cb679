"""Partners enrol people by token: the form's rules, done once (docs/decisions/0050)."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from headless.offer.models import StoredAnswer
from headless.offer.orders import EnrolmentIn, Invoice
from headless.tokens.models import Scope
from legal.rights.queries import plan
from legal.rights.services import carry_out
from pluc.outbox.models import Mail
from portal.accounts.models import Person
from portal.enrolments.models import Booking, Enrolment
from portal.enrolments.services import cancel
from tests.conftest import LimitTo
from tests.enrolling import attendee, enrol, states_in
from tests.intakes import INVOICE, enrol_by_api, order, send, somebody, token_of
from tests.planning import MeetingFactory, OrganisationFactory, in_days
from tests.run import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


def places_of(meeting) -> str:
    return f"meetings/{meeting.code}/enrolments/"


def told(answer) -> list[str]:
    """Where in the request the errors of a problem are."""
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"].endswith((".", "…")), answer.json()
    return [one["where"] for one in answer.json()["errors"]]


@pytest.mark.promise("P02")
def test_a_partner_enrols_people_as_the_form_does() -> None:
    meeting, partner = MeetingFactory(price=195, capacity=2), OrganisationFactory(is_partner=True)
    people = [somebody(1, titles=["RA"], organisation="Perenhof"), somebody(2), somebody(3)]
    answer = enrol_by_api(meeting, *people, token=token_of(partner), if_full="waiting_list")
    assert answer.status_code == 201, answer.json()
    assert answer.json() == {
        "meeting": meeting.code,
        "places": 2,
        "waiting": 1,
        "people": [
            {"state": "enrolled", "place_in_line": None},
            {"state": "enrolled", "place_in_line": None},
            {"state": "waiting", "place_in_line": 1},
        ],
        "url": f"http://localhost:8000/bijeenkomsten/{meeting.course.slug}/{meeting.code}/",
    }
    booking = Booking.objects.get()
    assert booking.came_from == partner
    assert (int(booking.price), booking.invoice_city) == (195, "Utrecht")
    assert booking.invoice_country == "Nederland"
    first = Enrolment.objects.get(queue_number=1)
    assert (first.titles, first.organisation) == ("RA", "Perenhof")
    assert sorted(Mail.objects.values_list("template", flat=True)) == [
        "enrolments/confirmed",
        "enrolments/confirmed",
        "enrolments/overview",
        "enrolments/waiting",
    ]
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.either_database
def test_the_example_of_the_documentation_is_taken() -> None:
    document = (ROOT / "docs" / "api.md").read_text()
    shown = re.search(r"/enrolments/.*?-d '(.*?)'\n", document, re.DOTALL)[1]
    meeting = MeetingFactory(price=195)
    answer = send(places_of(meeting), shown.encode(), token=token_of())
    assert (answer.status_code, answer.json()["places"]) == (201, 2), answer.json()
    body = json.loads(shown)
    assert body.keys() == EnrolmentIn.model_fields.keys()
    assert body["invoice"].keys() == Invoice.model_fields.keys()


@pytest.mark.either_database
def test_a_booker_need_not_come() -> None:
    meeting = MeetingFactory()
    answer = enrol_by_api(meeting, somebody(2), booker=somebody(1), token=token_of())
    assert answer.status_code == 201, answer.json()
    booking = Booking.objects.get()
    assert (booking.email, Enrolment.objects.get().email) == (
        "guus1@kantoor.example",
        "guus2@kantoor.example",
    )


@pytest.mark.either_database
@pytest.mark.promise("P13")
def test_nobody_learns_who_is_enrolled() -> None:
    meeting = MeetingFactory()
    token = token_of()
    enrol(meeting, attendee(1))
    known = somebody(1, first_name="Guus", last_name="Gast 1")
    answers = [
        enrol_by_api(meeting, one, token=token).json() for one in (known, somebody(2), somebody(3))
    ]
    assert answers[0] == answers[1] == answers[2]
    assert Enrolment.objects.count() == 3


def test_what_changed_meanwhile_is_told_and_nothing_is_done() -> None:
    meeting, token = MeetingFactory(price=195, capacity=1), token_of()
    for fields, status, where in (
        ({"price": "190.00"}, 409, ["body.price"]),
        ({"invoice": None}, 409, ["body.invoice"]),
        ({"agrees_to_terms": False}, 422, ["body.agrees_to_terms"]),
    ):
        answer = enrol_by_api(meeting, token=token, **fields)
        assert (answer.status_code, told(answer)) == (status, where)
    stale = order(meeting, price="190.00")
    for query, words in (("", "nu € 195,00. "), ("?locale=en", "costs € 195.00 now.")):
        answer = send(places_of(meeting), stale, token=token, query=query)
        assert words in answer.json()["detail"]
        assert "“195.00”" in answer.json()["errors"][0]["detail"]
    two = [somebody(1), somebody(2)]
    answer = enrol_by_api(meeting, *two, token=token)
    assert (answer.status_code, told(answer)) == (409, ["body.if_full"])
    closed = MeetingFactory(day=in_days(-1))
    answer = enrol_by_api(closed, token=token)
    assert (answer.status_code, told(answer)) == (409, ["path.code"])
    hidden = enrol_by_api(MeetingFactory(is_listed=False), token=token)
    nowhere = send("meetings/nope/enrolments/", order(meeting), token=token)
    assert (hidden.status_code, hidden.json()) == (404, nowhere.json())
    assert nowhere.json()["detail"] == "Deze bijeenkomst is er niet, of je kunt er hier niet bij."
    assert not Booking.objects.exists()
    assert not StoredAnswer.objects.exists()


# --- Once ----------------------------------------------------------------------------------------


def test_sent_again_it_is_answered_alike_and_done_once() -> None:
    meeting, token = MeetingFactory(), token_of()
    first = enrol_by_api(meeting, token=token, key="een")
    again = enrol_by_api(meeting, token=token, key="een")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (first.has_header("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (
        False,
        "true",
    )
    assert Booking.objects.count() == 1
    other = enrol_by_api(meeting, somebody(2), token=token, key="een")
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["detail"]
    assert Enrolment.objects.count() == 1


def test_a_key_counts_per_token_and_path() -> None:
    one, other, token = MeetingFactory(), MeetingFactory(), token_of()
    for meeting, whose, number in ((one, token, 1), (other, token, 2), (one, token_of(), 3)):
        answer = enrol_by_api(meeting, somebody(number), token=whose, key="een")
        assert (answer.status_code, answer.has_header("Idempotency-Replayed")) == (201, False)
    assert Enrolment.objects.count() == 3


def test_what_was_refused_may_be_tried_again_with_its_key() -> None:
    meeting, token = MeetingFactory(capacity=0), token_of()
    assert enrol_by_api(meeting, token=token, key="een").status_code == 409
    type(meeting).objects.update(capacity=1)
    assert enrol_by_api(meeting, token=token, key="een").status_code == 201


@pytest.mark.promise("P10")
def test_a_stored_answer_says_nothing_of_anybody_and_ends_after_a_day() -> None:
    meeting, token = MeetingFactory(day=in_days(60)), token_of()
    enrol_by_api(meeting, token=token, key="een")
    row = StoredAnswer.objects.values().get()
    assert not [text for text in map(str, row.values()) if "uus" in text or "een" in text]
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1), tick=False):
        answer = enrol_by_api(meeting, somebody(2), token=token, key="een")
    assert (answer.status_code, answer.has_header("Idempotency-Replayed")) == (201, False)
    assert Enrolment.objects.count() == 2
    assert StoredAnswer.objects.count() == 1


@pytest.mark.promise("P23")
def test_a_stored_answer_goes_with_whoever_is_in_it() -> None:
    meeting, token = MeetingFactory(), token_of()
    enrol_by_api(meeting, somebody(1), somebody(2), token=token, key="een")
    guest = Person.objects.get(email="guus2@kantoor.example")
    cancel(enrolment_id=Enrolment.objects.get(person=guest).pk, by=None)
    carry_out(agreed=plan(person_id=guest.pk), by=None)
    assert not StoredAnswer.objects.exists()


# --- Limits --------------------------------------------------------------------------------------


def test_the_limits_are_the_forms_and_a_replay_costs_nothing(limit_to: LimitTo) -> None:
    limit_to("vouched", "2/d/key")
    meeting, token = MeetingFactory(), token_of()
    for _ in range(3):
        assert enrol_by_api(meeting, somebody(1), token=token, key="een").status_code == 201
    assert enrol_by_api(meeting, price="1", token=token).status_code == 409
    assert enrol_by_api(meeting, somebody(2), token=token).status_code == 201
    over = enrol_by_api(meeting, somebody(3), token=token)
    assert over.status_code == 429
    assert int(over["Retry-After"]) > 0
    assert told(over) == []
    assert Enrolment.objects.count() == 2


# --- Bad input -----------------------------------------------------------------------------------

LONG, BIDI, DIGITS = "a" * 200, "Gu\u202eus", "1" * 25
FIELDS = ("first_name", "last_name", "email", "organisation")
ODD = {
    "nul": "Gu\0us",
    "bidi": BIDI,
    "two lines": "Guus\nBcc: x@x.example",
    "200 letters": LONG,
    "a link": "www.elders.example/hier",
}


@pytest.mark.either_database
def test_what_is_no_name_or_address_is_told_where_it_stands() -> None:
    meeting, token = MeetingFactory(price=195), token_of()
    for name, odd in ODD.items():
        for field in FIELDS:
            if field == "organisation" and name == "a link":
                continue  # some are called so
            answer = enrol_by_api(meeting, somebody(1), somebody(2, **{field: odd}), token=token)
            assert answer.status_code == 422, (name, field, answer.text)
            assert all(f"people.1.{field}" in where for where in told(answer)), answer.text
        answer = enrol_by_api(meeting, invoice=INVOICE | {"city": odd}, token=token)
        assert answer.status_code in {201, 422} if name == "a link" else answer.status_code == 422
    for price in (DIGITS, int(DIGITS), "NaN", -1, 195.0, "195,00", "", None):
        answer = enrol_by_api(meeting, token=token, price=price)
        assert (answer.status_code, told(answer)) == (422, ["body.price"]), price
    for fields in (
        {"people": [somebody(1), somebody(1)]},
        {"people": [somebody(1, titles=["KEIZER"])]},
    ):
        answer = enrol_by_api(meeting, token=token, **fields)
        assert (answer.status_code, len(told(answer))) == (409, 1), answer.text
    wrong: list[dict[str, Any]] = [
        {"people": []},
        {"people": [somebody(n) for n in range(1, 12)]},
        {"people": [somebody(n) for n in range(2, 12)], "booker": somebody(1)},
        {"people": [somebody(1, geboren="1990-01-01")]},
        {"geheim": 1},
        {"people": "Guus"},
        {"people": [somebody(1, email=1)]},
        *({"agrees_to_terms": one} for one in (1, 1.0, "true", None)),
    ]
    for fields in wrong:
        answer = enrol_by_api(meeting, token=token, **fields)
        assert answer.status_code == 422, (fields, answer.text)
        assert told(answer)


@pytest.mark.either_database
def test_so_many_errors_are_told_and_no_more() -> None:
    meeting, token = MeetingFactory(), token_of()
    unknown = {f"{'x' * 300}{number}": number for number in range(1000)}
    for answer in (
        enrol_by_api(meeting, token=token, **unknown),
        send(
            f"meetings/{meeting.code}/supplied/",
            {"rows": [{"email": 1}] * 1000},
            token=token_of(None, Scope.SUPPLY),
        ),
    ):
        assert (answer.status_code, len(told(answer))) == (422, 20)
        assert len(answer.content) < 10_000
    assert (
        enrol_by_api(meeting, token=token, **unknown)
        .json()["detail"]
        .endswith("Er zijn nog 980 andere fouten.")
    )


@pytest.mark.either_database
def test_a_body_is_json_and_no_more_than_a_megabyte() -> None:
    meeting, token = MeetingFactory(), token_of()
    path = places_of(meeting)
    deep = b'{"people":' + b"[" * 100_000
    for content, status in (
        (b"", 422),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"price": NaN}', 400),
        (b'{"price": 1, "price": 2}', 400),
        (deep, 400),
        (b'{"price": ' + b"9" * 5000 + b"}", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"people": [{"last_name": "\\ud800"}]}', 400),
        (b'{"x": "' + b"a" * 1_100_000 + b'"}', 413),
        (b'{"x": "' + b"a" * 3_000_000 + b'"}', 413),
    ):
        answer = send(path, content, token=token)
        assert answer.status_code == status, (content[:40], answer.text[:300])
        told(answer)
    for headers in (
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "multipart/form-data"},
        {"Content_Type": "application/json; charset=utf-16"},
        {"Content_Encoding": "gzip"},
    ):
        answer = send(path, order(meeting), token=token, **headers)
        assert (answer.status_code, told(answer)) == (415, []), headers
    assert not Booking.objects.exists()


@pytest.mark.either_database
def test_a_token_with_its_scope_and_a_key_are_asked_for() -> None:
    meeting, token = MeetingFactory(), token_of()
    path, body = places_of(meeting), order(meeting)
    assert send(path, body, token="pluc_" + "x" * 43).status_code == 401
    assert send(path, body, token=token_of(None, "read")).status_code == 403
    for key in ("-", "x" * 201, "één"):
        answer = send(path, body, token=token, key=key)
        assert (answer.status_code, len(told(answer))) == (422, 1), key
    assert send(path, body, token=token, query="?prijs=1").status_code == 422
    assert send(path, body, token=token, query="?locale=fr").status_code == 422
    assert send("meetings/nergens/enrolments/", body, token=token).status_code == 404
    assert not Booking.objects.exists()
    assert states_in(meeting) == []


@pytest.mark.either_database
def test_mails_and_answer_speak_the_language_that_was_asked_for() -> None:
    meeting, token = MeetingFactory(), token_of()
    answer = send(places_of(meeting), order(meeting), token=token, query="?locale=en")
    assert (answer.status_code, answer["Content-Language"]) == (201, "en")
    assert "/en/meetings/" in answer.json()["url"]
    assert Booking.objects.get().language == "en"
