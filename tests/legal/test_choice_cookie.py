"""Reading the choice cookie: a malformed one is no choice (STANDARDS 1.4)."""

from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from legal.consent.decision import Decision
from legal.consent.models import Group, Question
from legal.consent.queries import ANALYTICS, Consent, consent_in, current_question
from legal.consent.services import archive_question
from pluc.hosts import Door

REVISION = "0123456789abcdef"
OLD = "fedcba9876543210"
NO_CHOICE = Consent()


def asked(*optional: str, required: tuple[str, ...] = ("necessary",)) -> Question:
    """A question about groups by these names, not stored."""
    groups: list[dict[str, Any]] = [{"key": name, "required": True} for name in required]
    groups += [{"key": name, "required": False} for name in optional]
    return Question(content={"nl": {"groups": groups}, "en": {"groups": groups}}, revision=REVISION)


ONE = asked(ANALYTICS)
TWO = asked(ANALYTICS, "video")

# What a cookie says, and the groups that it accepts.
CLEAR = [
    (ONE, f"analytics={REVISION}|revision={REVISION}|id=x", {"analytics"}),
    (ONE, f"id=x|revision={REVISION}|analytics={REVISION}", {"analytics"}),
    (ONE, f"analytics=-1|revision={REVISION}|id=x", set()),
    (ONE, f"analytics=-1|revision={REVISION}|id=x|weg={REVISION}", set()),
    (TWO, f"analytics={REVISION}|video=-1|revision={REVISION}", {"analytics"}),
    (TWO, f"analytics=-1|video={REVISION}|revision={REVISION}", {"video"}),
    (TWO, f"analytics={REVISION}|video={REVISION}|revision={REVISION}", {"analytics", "video"}),
]
UNCLEAR = [
    (ONE, ""),
    (ONE, "|"),
    (ONE, "="),
    (ONE, "accept"),
    (ONE, "true"),
    (ONE, "1"),
    (ONE, "analytics=accept"),
    (ONE, f"analytics={REVISION}"),
    (ONE, f"revision={REVISION}"),
    (ONE, f"analytics={REVISION}|revision={OLD}"),
    (ONE, f"analytics={OLD}|revision={OLD}"),
    (ONE, f"analytics={OLD}|revision={REVISION}"),
    (ONE, f"analytics=-1|revision={OLD}"),
    (ONE, f"analytics=|revision={REVISION}"),
    (ONE, f"analytics=accept|revision={REVISION}"),
    (ONE, f"analytics=0|revision={REVISION}"),
    (ONE, f"analytics=2099-01-01|revision={REVISION}"),
    (ONE, f"analytics={REVISION} |revision={REVISION}"),
    (ONE, f"analytics={REVISION.upper()}|revision={REVISION}"),
    (ONE, f"necessary={REVISION}|revision={REVISION}"),
    (ONE, f"Analytics={REVISION}|revision={REVISION}"),
    (ONE, f"analytics={REVISION};revision={REVISION}"),
    (ONE, f"analytics=={REVISION}|revision={REVISION}"),
    (ONE, f"analytics%3D{REVISION}|revision%3D{REVISION}"),
    (TWO, f"analytics={REVISION}|revision={REVISION}"),
    (TWO, f"video=-1|revision={REVISION}"),
    (TWO, f"analytics={REVISION}|video=misschien|revision={REVISION}"),
    (None, f"analytics={REVISION}|revision={REVISION}"),
]


@pytest.mark.parametrize(("question", "cookie", "accepted"), CLEAR)
def test_a_clear_answer_counts(question: Question, cookie: str, accepted: set[str]):
    assert consent_in(cookie, question) == Consent(has_chosen=True, accepted=frozenset(accepted))


@pytest.mark.promise("P36")
@pytest.mark.parametrize(("question", "cookie"), UNCLEAR)
def test_an_unclear_answer_is_no_answer(question: Question | None, cookie: str):
    assert consent_in(cookie, question) == NO_CHOICE


@given(cookie=st.text())
def test_no_malformed_cookie_counts_as_consent(cookie: str):
    assert consent_in(cookie, ONE) == NO_CHOICE


names = st.sampled_from(["analytics", "video", "revision", "id", "necessary", "weg"])
values = st.sampled_from([REVISION, OLD, "-1", "accept", "", "1"])


@given(pairs=st.lists(st.tuples(names, values), max_size=8))
def test_only_a_complete_answer_to_this_question_accepts(pairs: list[tuple[str, str]]):
    said = dict(pairs)
    consent = consent_in("|".join(f"{name}={value}" for name, value in pairs), TWO)
    complete = {said.get("analytics"), said.get("video")} <= {REVISION, "-1"}
    assert consent.has_chosen is (complete and said.get("revision") == REVISION)
    for name in ("analytics", "video"):
        assert (name in consent.accepted) is (consent.has_chosen and said[name] == REVISION)


@given(junk=st.text(max_size=40))
def test_a_cookie_damaged_in_one_place_is_no_consent_to_more(junk: str):
    consent = consent_in(f"analytics=-1|revision={REVISION}|{junk}", ONE)
    assert ANALYTICS not in consent.accepted or f"analytics={REVISION}" in junk


# --- Groups that come and go ---------------------------------------------------------------------


def decision_with(cookie: str) -> Decision:
    request = RequestFactory(headers={"cookie": f"pluc_consent={cookie}"}).get("/")
    request.door, request.user = Door.PUBLIC, type("Nobody", (), {"is_authenticated": False})()
    return Decision(request)


@pytest.mark.django_db
def test_an_answer_from_before_a_group_was_there_asks_again():
    old = current_question()
    Group.objects.create(varname="video", name="Video", description="a", name_en="Video")
    archive_question()
    assert decision_with(f"analytics={old.revision}|revision={old.revision}").asks


@pytest.mark.django_db
def test_consent_to_a_deleted_group_measures_nothing():
    old = current_question()
    Group.objects.filter(varname=ANALYTICS).delete()
    new = archive_question()
    for revision in (old.revision, new.revision):
        decision = decision_with(f"analytics={revision}|revision={revision}")
        assert not decision.consent.measurement_is_accepted
        assert not decision.allowed


@pytest.mark.django_db
def test_before_there_is_a_question_nothing_is_asked_and_nothing_measured(monkeypatch):
    monkeypatch.setattr("legal.consent.decision.current_question", lambda: None)
    decision = decision_with(f"analytics={REVISION}|revision={REVISION}")
    assert not decision.asks
    assert not decision.allowed
    assert decision.texts == {}
