"""A statement with a past, and the first cookie texts, which every database has."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from legal.consent.models import Question
from legal.consent.queries import current_question
from legal.statements.models import Edition
from tests.legal.browsers import SAME_ORIGIN
from tests.legal.versions import days_from_now, make_editions

OLD = date(2018, 5, 16)


@pytest.fixture
def first(db: None) -> dict[str, Edition]:
    """The version of 16 May 2018, by language."""
    return make_editions(OLD, summary="De eerste versie.")


@pytest.fixture
def second(first: dict[str, Edition]) -> dict[str, Edition]:
    """The version in force since a month, by language."""
    text = {"intro": "Nog steeds van jou.", "summary": "Duidelijker geschreven."}
    return make_editions(days_from_now(-30), **text)


@pytest.fixture
def question(db: None) -> Question:
    """What visitors are asked now."""
    found = current_question()
    assert found is not None
    return found


@pytest.fixture
def chooser(visitor: Client) -> Callable[..., Client]:
    """A browser that has answered; without an answer, one that has accepted."""

    def choose(**answer: str) -> Client:
        visitor.post("/cookies/", answer or {"all": "accept"}, headers=SAME_ORIGIN)
        return visitor

    return choose
