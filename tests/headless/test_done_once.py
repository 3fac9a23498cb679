"""Requests at the same moment with one key are done once (docs/decisions/0050)."""

import threading

import pytest
from django.db import connection

from pluc.outbox.models import Mail
from portal.enrolments.models import Booking, Enrolment
from tests.intakes import enrol_by_api, token_of
from tests.planning import MeetingFactory


@pytest.mark.usefixtures("committed")
@pytest.mark.promise("P02")
def test_ten_at_once_with_one_key_are_one_enrolment() -> None:
    meeting, token = MeetingFactory(capacity=30), token_of()
    gate, answers = threading.Barrier(10), []

    def press() -> None:
        gate.wait()
        answers.append(enrol_by_api(meeting, token=token, key="een"))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.status_code for one in answers] == [201] * 10, [one.text for one in answers]
    assert len({one.text for one in answers}) == 1
    assert sum(one.has_header("Idempotency-Replayed") for one in answers) == 9
    assert (Booking.objects.count(), Enrolment.objects.count()) == (1, 1)
    assert Mail.objects.count() == 1
