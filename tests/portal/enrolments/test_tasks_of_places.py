"""What the worker does for places: twice is once, and in the order of asking."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from pluc.outbox.models import Mail
from portal.enrolments import services, tasks
from portal.enrolments.models import Enrolment, EnrolmentEvent, Hold
from tests.enrolling import assert_adds_up, enrol_number, states_in
from tests.planning import MeetingFactory

pytestmark = pytest.mark.django_db


def effects() -> tuple[int, int, int]:
    return Mail.objects.count(), EnrolmentEvent.objects.count(), Hold.objects.count()


def test_places_keep_moving_and_twice_is_once():
    small, held = MeetingFactory(capacity=1), MeetingFactory(capacity=1)
    people = [enrol_number(small, number) for number in (1, 2, 3)]
    services.cancel(enrolment_id=people[0].pk, by=None)
    services.hold_places(meeting_id=held.pk)
    enrol_number(held, 4)
    Enrolment.objects.filter(state="offered").update(offered_until=timezone.now())
    Hold.objects.update(expires_at=timezone.now())
    tasks.keep_places_moving()
    after = effects()
    assert states_in(small) == ["cancelled", "lapsed", "offered"]
    assert states_in(held) == ["offered"]
    tasks.keep_places_moving()
    assert effects() == after
    assert_adds_up(small)
    assert_adds_up(held)


def test_with_nothing_to_do_the_tasks_do_nothing():
    enrol_number(MeetingFactory(), 1)
    before = effects()
    tasks.keep_places_moving()
    tasks.post_reminders()
    assert effects() == before


def test_reminders_twice_are_once():
    enrol_number(MeetingFactory(), 1)
    Enrolment.objects.update(asked_at=timezone.now() - timedelta(days=9))
    meeting = Enrolment.objects.get().meeting
    meeting.starts_at = timezone.now() + timedelta(hours=30)
    meeting.ends_at = timezone.now() + timedelta(hours=33)
    meeting.save()
    tasks.post_reminders()
    tasks.post_reminders()
    assert Mail.objects.filter(template="enrolments/reminder").count() == 1


def test_both_are_on_the_schedule():
    from pluc import schedules

    text = str(vars(schedules)) + str(settings.Q_CLUSTER)
    assert "portal.enrolments.tasks.keep_places_moving" in text
    assert "portal.enrolments.tasks.post_reminders" in text
