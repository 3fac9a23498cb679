"""A bureau's program supplies participants, as its screen takes a file (docs/decisions/0050)."""

import pytest
from django.test import Client

from headless.offer.models import StoredAnswer
from headless.tokens.models import Scope
from legal.rights.services import restrict
from portal.accounts.models import Person
from portal.enrolments.models import Enrolment, Provenance, Supply
from portal.enrolments.tasks import keep_supplies_moving
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory, UserFactory
from tests.intakes import send, token_of
from tests.planning import MeetingFactory, in_days
from tests.supplying import bureau, supply, take_back

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.promise("P18"),
]
SAAR = {"first_name": "Saar", "last_name": "de Vries", "email": "saar@bureau.example"}
SEM = {"first_name": "Sem", "last_name": "Boer", "email": "sem@bureau.example"}


@pytest.fixture
def meeting() -> Meeting:
    made: Meeting = MeetingFactory(partner=bureau(name="Bureau Bramen"), day=in_days(60))
    return made


@pytest.fixture
def token(meeting: Meeting) -> str:
    return token_of(meeting.partner, Scope.SUPPLY)


def post(meeting: Meeting, *rows: object, token: str, **how: str):
    return send(f"meetings/{meeting.code}/supplied/", {"rows": list(rows)}, token=token, **how)


def fates(answer) -> list[str]:
    return [row["fate"] for row in answer.json()["rows"]]


def progress(answer, token: str):
    path = answer.json()["url"].removeprefix("http://localhost:8000")
    return Client().get(path, headers={"Authorization": f"Bearer {token}"})


def test_a_bureau_looks_first_then_enrols_and_sees_what_became_of_it(meeting, token) -> None:
    wrong = SEM | {"email": "geen adres"}
    looked = post(meeting, SAAR, wrong, token=token, query="?dry_run=true", key="een")
    assert (looked.status_code, fates(looked)) == (200, ["to_enrol", "mistake"])
    assert looked.json()["rows"][1]["why"] == "Dit is geen e-mailadres."
    assert (looked.json()["id"], looked.json()["url"]) == (None, None)
    assert not Supply.objects.exists()
    assert not StoredAnswer.objects.exists()
    sent = post(meeting, SAAR, wrong, token=token, key="een")
    assert (sent.status_code, sent.json()["state"], sent.json()["done"]) == (202, "applying", 0)
    assert post(meeting, SAAR, wrong, token=token, key="een").json() == sent.json()
    assert post(meeting, SAAR, token=token, key="een").status_code == 422
    keep_supplies_moving()
    became = progress(sent, token)
    assert (became.status_code, became["Cache-Control"]) == (200, "no-store")
    assert (fates(became), became.json()["state"]) == (["enrolled", "mistake"], "applied")
    assert (became.json()["enrolled"], became.json()["waiting"]) == (1, 0)
    found = Supply.objects.get()
    assert (found.organisation, found.by, found.size) == (meeting.partner, None, 2)
    assert Enrolment.objects.get().booking.supplied_by == meeting.partner
    assert Provenance.objects.get().supplied_by == "Bureau Bramen"
    assert Person.objects.get(email="saar@bureau.example").source == Person.Source.SUPPLIED


def test_our_back_office_undoes_it(meeting, token) -> None:
    sent = post(meeting, SAAR, token=token)
    keep_supplies_moving()
    take_back(Supply.objects.get())
    became = progress(sent, token)
    assert (fates(became), became.json()["state"]) == (["undone"], "undone")
    assert not Enrolment.objects.exists()


@pytest.mark.promise("P17")
def test_a_bureau_learns_nothing_of_who_else_we_know(meeting, token) -> None:
    account = UserFactory(person__first_name="Dirk", person__last_name="Deelnemer")
    kept = PersonFactory(first_name="Rust", last_name="Roest", email="rust@b.example")
    restrict(person_id=kept.pk, ground="op verzoek", by=None)
    enrol(meeting, attendee(1))
    known = {"first_name": "Dirk", "last_name": "Deelnemer", "email": account.email}
    restricted = {"first_name": "Rust", "last_name": "Roest", "email": "rust@b.example"}
    enrolled = {"first_name": "Guus", "last_name": "Gast 1", "email": "guus1@kantoor.example"}
    answer = post(meeting, SAAR, known, restricted, enrolled, token=token)
    for told in (answer, after(answer, token)):
        rows = [(row["fate"], row["why"]) for row in told.json()["rows"]]
        assert rows[0] == rows[1]
        assert rows[2] == rows[3]
        assert "example" not in told.text


@pytest.mark.promise("P13")
def test_a_dry_run_tells_the_same_of_a_stranger_and_of_who_is_enrolled_by_another(
    meeting, token
) -> None:
    kept = PersonFactory(first_name="Rust", last_name="Roest", email="rust@b.example")
    restrict(person_id=kept.pk, ground="op verzoek", by=None)
    enrol(meeting, attendee(1))
    restricted = {"first_name": "Rust", "last_name": "Roest", "email": "rust@b.example"}
    enrolled = {"first_name": "Guus", "last_name": "Gast 1", "email": "guus1@kantoor.example"}
    looked = post(meeting, SAAR, restricted, enrolled, token=token, query="?dry_run=true")
    rows = [(row["fate"], row["why"]) for row in looked.json()["rows"]]
    assert rows == [("to_enrol", "")] * 3
    sent = post(meeting, SAAR, restricted, enrolled, token=token)
    assert fates(sent) == ["to_enrol", "looked_at", "looked_at"]


def after(answer, token: str):
    keep_supplies_moving()
    return progress(answer, token)


def test_only_meetings_that_are_agreed_with_it_and_lists_of_its_own(meeting, token, back_office):
    others = MeetingFactory(partner=bureau())
    assert post(others, SAAR, token=token).status_code == 404
    assert post(MeetingFactory(), SAAR, token=token).status_code == 404
    assert post(meeting, SAAR, token=token_of(meeting.partner, Scope.ENROL)).status_code == 403
    of_another = supply(back_office, meeting=meeting)  # another bureau's list for this meeting
    path = f"/api/offer/meetings/{meeting.code}/supplied/{of_another.pk}/"
    assert Client().get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 404
    assert Client().get(path).status_code == 401
    closed = MeetingFactory(partner=meeting.partner, day=in_days(-1))
    for query in ("", "?dry_run=true"):
        answer = post(closed, SAAR, token=token, query=query)
        assert (answer.status_code, "Bel ons" in answer.json()["detail"]) == (409, True)
    type(meeting.partner).objects.update(is_bureau=False)
    assert post(meeting, SAAR, token=token).status_code == 404
    assert Supply.objects.count() == 1


def test_only_true_is_a_dry_run_and_all_else_is_refused(meeting, token) -> None:
    for word in ("1", "yes", "on", "True", "t", "true%0a", ""):
        answer = post(meeting, SAAR, token=token, query=f"?dry_run={word}")
        assert answer.status_code == 422, word
    assert not Supply.objects.exists()
    answer = post(meeting, SAAR, token=token, query="?dry_run=false")
    assert answer.status_code == 202


@pytest.mark.promise("P20")
def test_three_fields_a_row_and_nothing_else(meeting, token) -> None:
    for rows in (
        [SAAR | {"birthday": "1990-01-01"}],
        [SAAR | {"email": 1}],
        [SAAR | {"first_name": None}],
        [{"last_name": "de Vries"}],
        [],
        [SAAR] * 1001,
        ["Saar"],
    ):
        answer = post(meeting, *rows, token=token)
        assert (answer.status_code, answer.json()["errors"] != []) == (422, True), rows[:1]
    assert not Supply.objects.exists()
    odd = ["Gu\0us", "Gu\u202eus", "a" * 200, "1" * 25, "x@x.example", "Guus\nBcc: x", ""]
    answer = post(
        meeting,
        *(SAAR | {"last_name": one, "email": f"a{n}@x.example"} for n, one in enumerate(odd)),
        *(SAAR | {"email": one} for one in ("a" * 300 + "@x.example", "a@x\0.example", "")),
        token=token,
    )
    assert (answer.status_code, set(fates(answer))) == (202, {"mistake"})
    assert all(row["why"] for row in answer.json()["rows"])
    keep_supplies_moving()
    assert not Enrolment.objects.exists()
