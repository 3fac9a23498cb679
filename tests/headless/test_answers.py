"""What every answer of the API has: caching, scripts of other sites, limits, problems."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headless.answers import limits, memory
from pluc import counting
from portal.meetings.models import Meeting
from tests.conftest import LimitTo
from tests.home.offers import on_offer
from tests.houses import House

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either_database,
    pytest.mark.usefixtures("fresh_cache"),
]
MEETINGS = "/api/offer/meetings/"
EVERYWHERE = "Access-Control-Allow-Origin"


@pytest.fixture(autouse=True)
def nothing_taken() -> None:
    limits.forget()


def test_whoever_has_an_answer_gets_304(visitor: Client):
    meeting = on_offer()
    first = visitor.get(MEETINGS)
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Vary"] == "Authorization"
    assert not first.cookies
    again = visitor.get(MEETINGS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again[EVERYWHERE] == "*"
    Meeting.objects.filter(pk=meeting.pk).update(taken=3)
    changed = visitor.get(MEETINGS, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_scripts_of_other_sites_may_read_and_nothing_else(visitor: Client):
    on_offer()
    elsewhere = {"Origin": "https://partner.example"}
    for address, status in ((MEETINGS, 200), (f"{MEETINGS}?x=1", 422), ("/api/er/is/niets/", 404)):
        answer = visitor.get(address, headers=elsewhere)
        assert (answer.status_code, answer[EVERYWHERE]) == (status, "*")
        assert "Access-Control-Allow-Credentials" not in answer
    asked = visitor.options(
        MEETINGS, headers={**elsewhere, "Access-Control-Request-Method": "POST"}
    )
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    posted = visitor.post(MEETINGS, headers=elsewhere)
    assert (posted.status_code, posted["Allow"]) == (405, "GET")
    assert EVERYWHERE not in posted
    head = visitor.head(MEETINGS)
    whole = visitor.get(MEETINGS)
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (whole["ETag"], str(len(whole.content)))


def test_the_portals_own_host_has_no_api(two_hosts: House):
    answer = two_hosts.guest().get(MEETINGS)
    assert answer.status_code == 404
    assert EVERYWHERE not in answer
    assert EVERYWHERE not in two_hosts.guest().options(MEETINGS)
    assert two_hosts.visitor().get(MEETINGS)[EVERYWHERE] == "*"


NOWHERE = [
    ("get", "/api/", 404),
    ("get", "/api/offer/nergens/", 404),
    ("get", "/api/offer/certificates/geen-nummer/", 404),
    ("get", "/api/offer/meetings/%00/", 404),
    ("get", "/api/offer/meetings/%F0%9F%8D%91/", 404),
    ("get", f"/api/offer/meetings/{'9' * 2500}/", 404),
    ("post", "/api/offer/courses/", 405),
    ("post", "/api/nergens/", 404),
]


@pytest.mark.each_database
def test_whatever_is_not_there_is_a_problem(visitor: Client):
    for method, address, status in NOWHERE:
        answer = getattr(visitor, method)(address)
        assert answer.status_code == status, address
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"]
        assert answer.json()["status"] == status


def test_a_slash_that_is_missing_is_put_right(visitor: Client):
    answer = visitor.get("/api/offer/meetings?limit=2")
    assert answer.status_code == 301
    assert answer["Location"] == "/api/offer/meetings/?limit=2"


def test_an_address_that_takes_no_get_is_not_led_to(visitor: Client):
    address = f"/api/offer/meetings/{on_offer().code}/enrolments"
    answer = visitor.get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")
    assert visitor.head(address).status_code == 405


NOT_DIGITS = ("1_0", "%2B10", "10%0a", "%2010", "10.0", "-1", "%D9%A1", "")


def test_numbers_are_digits(visitor: Client):
    lists = ("offer/meetings/", "offer/partners/", "v2/pages/", "v2/documents/", "v2/redirects/")
    for address in (
        *(f"{one}?limit=" for one in lists),
        "v2/pages/?child_of=",
        "v2/pages/?offset=",
    ):
        for number in NOT_DIGITS:
            answer = visitor.get(f"/api/{address}{number}")
            assert answer.status_code == 422, (address, number)
    assert visitor.get(f"{MEETINGS}?limit=10").status_code == 200
    assert visitor.get("/api/oembed/?url=x&maxwidth=1_0").status_code == 422
    for number in ("1_0", "+1", "1%0a"):
        assert visitor.get(f"/api/v2/pages/{number}/").status_code == 422


# --- Limits --------------------------------------------------------------------------------------


def test_what_is_left_is_told_and_over_it_one_waits(visitor: Client, limit_to: LimitTo):
    limit_to(limits.READ, "3/m/ip")
    told = [visitor.get(MEETINGS) for _ in range(4)]
    assert [one.status_code for one in told] == [200, 200, 200, 429]
    assert {one["RateLimit-Policy"] for one in told} == {'"network";q=3;w=60'}
    assert [one["RateLimit"].split(";")[1] for one in told] == ["r=2", "r=1", "r=0", "r=0"]
    over = told[-1]
    assert 0 < int(over["Retry-After"]) <= 60
    assert over["RateLimit"] == f'"network";r=0;t={over["Retry-After"]}'
    assert over["Content-Type"] == "application/problem+json"
    assert over[EVERYWHERE] == "*"
    assert over["Cache-Control"] == "no-store"
    elsewhere = visitor.get(MEETINGS, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200, "another network has its own"


@pytest.mark.parametrize("n", [3, 600])
def test_however_a_path_is_spelled_it_is_the_same_limit(visitor: Client, limit_to: LimitTo, n: int):
    limit_to(limits.READ, f"{n}/m/ip")
    spelled = [
        MEETINGS,
        f"{MEETINGS}?limit=2&format=open",
        f"{MEETINGS}?format=open&limit=2",
        "/api/offer/%6Deetings/",
        "/api/offer/meetings/ER-IS-NIETS/",
        "/api/offer/courses/",
    ]
    left = [int(visitor.get(one)["RateLimit"].split(";")[1][2:] or 0) for one in spelled]
    assert left == [max(n - 1 - number, 0) for number in range(len(spelled))]


def test_a_process_takes_a_part_at_a_time_and_never_more_than_there_is(
    visitor: Client, limit_to: LimitTo
):
    limit_to(limits.READ, "60/m/ip")  # so parts of two
    assert visitor.get(MEETINGS)["RateLimit"].startswith('"network";r=59;')
    limits.forget()  # another process
    assert visitor.get(MEETINGS)["RateLimit"].startswith('"network";r=57;')
    statuses = []
    for _ in range(30):
        limits.forget()
        statuses.append(visitor.get(MEETINGS).status_code)
    assert statuses == [200] * 28 + [429] * 2


def test_no_network_stands_in_a_key(visitor: Client, monkeypatch: pytest.MonkeyPatch):
    keys: list[str] = []
    monkeypatch.setattr(
        counting.cache, "set", lambda key, *_, **__: keys.append(key), raising=False
    )
    visitor.get(MEETINGS, REMOTE_ADDR="192.0.2.9")
    assert keys
    assert not any("192.0.2" in key or "meetings" in key for key in keys)


@pytest.mark.each_database
def test_within_a_transaction_nothing_is_remembered(visitor: Client):
    on_offer()
    assert memory.memory_now() is None
    visitor.get(MEETINGS)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(MEETINGS)
    assert len(queries) > 0


@pytest.mark.each_database
def test_the_schema_counts_and_is_kept_as_any_answer(visitor: Client, limit_to: LimitTo):
    first = visitor.get("/api/openapi.json")
    assert first["Cache-Control"] == "public, max-age=60"
    again = visitor.get("/api/openapi.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    limit_to(limits.READ, "2/h/ip")
    limits.forget()
    answers = [visitor.get("/api/openapi.json") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[2]["Content-Type"] == "application/problem+json"


def test_a_wrong_host_is_told_as_any_problem(visitor: Client, caplog: pytest.LogCaptureFixture):
    answer = visitor.get(MEETINGS, headers={"Host": "elders.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert not [one for one in caplog.records if one.exc_info], "whoever asks fills no log"
