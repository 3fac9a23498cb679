"""Requests at the same moment with one key are done once (docs/decisions/0050)."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from pluc.outbox.models import Mail
from portal.enrolments.models import Booking, Enrolment
from portal.meetings.models import Meeting
from tests.conftest import LimitTo
from tests.intakes import enrol_by_api, somebody, token_of
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.promise("P02")]
REPLAYED = "Idempotency-Replayed"


def at_once(meeting: Meeting, *people: dict[str, Any]) -> list[HttpResponse]:
    """The answers to a request for each of them, all with one key, sent at the same moment."""
    token, gate, answers = token_of(), threading.Barrier(len(people)), []

    def press(person: dict[str, Any]) -> None:
        gate.wait()
        answers.append(enrol_by_api(meeting, person, token=token, key="een"))
        connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Booking.objects.count(), Enrolment.objects.count(), Mail.objects.count()) == (1, 1, 1)
    return answers


def test_ten_at_once_with_one_key_are_one_enrolment(limit_to: LimitTo) -> None:
    """They count once against the limits, too."""
    limit_to("vouched", "1/d/key")
    answers = at_once(MeetingFactory(capacity=30), *[somebody()] * 10)
    assert [one.status_code for one in answers] == [201] * 10, [one.text for one in answers]
    assert len({one.text for one in answers}) == 1
    assert sum(one.has_header(REPLAYED) for one in answers) == 9


def test_of_two_requests_with_one_key_the_first_is_done() -> None:
    answers = at_once(MeetingFactory(capacity=30), *[somebody(1), somebody(2)] * 3)
    done = [one for one in answers if one.status_code == 201]
    assert sorted(one.status_code for one in answers) == [201] * 3 + [422] * 3
    assert sum(one.has_header(REPLAYED) for one in done) == 2
