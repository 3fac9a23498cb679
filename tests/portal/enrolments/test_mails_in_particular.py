"""What only some mails about a place say, how often they go, and to whom never (P02, P13)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import gettext

from legal.rights.services import lift, restrict
from pluc.outbox import services as outbox
from pluc.outbox.models import Mail
from portal.enrolments import services
from portal.enrolments.models import Enrolment
from portal.meetings.services import cancel_meeting
from tests.enrolling import attendee, enrol, enrol_number
from tests.mails import newest_to, text_of
from tests.planning import MeetingFactory, at, in_days
from tests.portal.enrolments.letters import FREEK, GERDA, calendars_in, changed, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def test_who_cancels_too_late_reads_that_the_invoice_stays():
    meeting = MeetingFactory(price=100, day=in_days(3))
    place = enrol_number(meeting, 1)
    services.cancel(enrolment_id=place.pk, by=None)
    words = gettext("The date for cancelling free of charge had passed, so the invoice stands.")
    assert words in text_of(newest_to(place.email))
    early = enrol_number(MeetingFactory(price=100), 2)
    services.cancel(enrolment_id=early.pk, by=None)
    assert words not in text_of(newest_to(early.email))


def test_who_leaves_the_waiting_list_reads_so_and_gets_no_file():
    meeting = MeetingFactory(capacity=1)
    enrol_number(meeting, 1)
    place = enrol_number(meeting, 2)
    services.cancel(enrolment_id=place.pk, by=None)
    message = newest_to(place.email)
    assert gettext("You are off the waiting list.") in text_of(message)
    assert list(calendars_in(message)) == []


def test_a_session_that_is_gone_is_taken_out_of_the_calendar():
    meeting = MeetingFactory()
    old = meeting.sessions.get().pk
    place = enrol_number(meeting, 1)
    changed(meeting, anew=True)
    files = {str(one["METHOD"]): one for one in calendars_in(newest_to(place.email))}
    uid = f"{place.pk}.{old}@"
    assert str(files["CANCEL"].walk("VEVENT")[0]["UID"]).startswith(uid)
    assert not str(files["REQUEST"].walk("VEVENT")[0]["UID"]).startswith(uid)


def test_a_change_is_told_to_all_who_have_a_place_and_to_nobody_else():
    meeting = MeetingFactory(capacity=2)
    for number in (1, 2, 3):
        enrol_number(meeting, number)
    gone = Enrolment.objects.get(email="guus1@kantoor.example")
    services.cancel(enrolment_id=gone.pk, by=None)
    changed(meeting)
    told = Mail.objects.filter(template="enrolments/meeting_changed")
    assert [mail.recipient for mail in told] == ["guus2@kantoor.example"]
    changed(meeting)
    assert told.all().count() == 2, "each change is told"


def test_who_waits_hears_of_a_cancelled_meeting_without_a_file():
    meeting = MeetingFactory(capacity=1)
    enrol_number(meeting, 1)
    waiting_one = enrol_number(meeting, 2)
    cancel_meeting(meeting_id=meeting.pk, because="De spreker is ziek.", by=None)
    message = newest_to(waiting_one.email)
    assert "De spreker is ziek." in text_of(message)
    assert list(calendars_in(message)) == []


def test_the_overview_names_the_sum_and_the_reference():
    meeting = MeetingFactory(price=195)
    enrol(meeting, GERDA, FREEK, reference="PO 2026-17")
    mail = Mail.objects.get(template="enrolments/overview")
    text = text_of(newest_to(mail.recipient))
    assert "Gerda Gast, Freek Fijn" in text
    assert "€ 390,00" in text
    assert "PO 2026-17" in text


def test_a_link_to_join_stands_only_in_mails_to_who_has_a_place():
    meeting = MeetingFactory(
        capacity=1, venue=None, is_online=True, online_link="https://video.example/peren"
    )
    place, waits = enrol_number(meeting, 1), enrol_number(meeting, 2)
    assert "video.example" in text_of(newest_to(place.email))
    assert "video.example" not in str(newest_to(waits.email))


# --- Never more than once, and not to whom it must not go ----------------------------------------


@pytest.mark.parametrize("again", [timedelta(hours=1), timedelta(hours=30)])
def test_a_reminder_goes_exactly_once(again: timedelta):
    place = enrol_number(MeetingFactory(), 1)
    moment = at(in_days(28), 16)
    with time_machine.travel(moment):
        assert services.post_reminders() == 1
    with time_machine.travel(moment + again):
        assert services.post_reminders() == 0
    assert Mail.objects.filter(template="enrolments/reminder").get().recipient == place.email


@pytest.mark.parametrize(("hours", "number"), [(49, 0), (47, 1), (-1, 0)])
def test_a_reminder_goes_two_days_before_and_never_after_it_began(hours: int, number: int):
    meeting = MeetingFactory()
    enrol_number(meeting, 1)
    assert meeting.starts_at is not None
    with time_machine.travel(meeting.starts_at - timedelta(hours=hours)):
        assert services.post_reminders() == number


def test_who_waits_cancelled_or_has_just_enrolled_is_not_reminded():
    meeting = MeetingFactory(capacity=2)
    gone = enrol_number(meeting, 1)
    services.cancel(enrolment_id=gone.pk, by=None)
    with time_machine.travel(at(in_days(29), 9)):
        enrol_number(meeting, 2)
        enrol_number(meeting, 3)
        enrol_number(meeting, 4)
        assert services.post_reminders() == 0


def test_a_restricted_person_gets_no_mail_about_a_place_until_it_is_lifted(settings, tmp_path):
    """Service mail is withheld from whoever asked that we keep their data and do not use it."""
    settings.MAIL_SERVER, settings.MAIL_DIR = None, tmp_path
    meeting = MeetingFactory()
    place = enrol_number(meeting, 1)
    restrict(person_id=place.person_id, ground="P26", by=None)
    outbox.send(mail_id=Mail.objects.get().pk)
    assert Mail.objects.get().state == Mail.State.WITHHELD
    lift(person_id=place.person_id, by=None)
    services.cancel(enrolment_id=place.pk, by=None)
    mail = Mail.objects.get(template="enrolments/cancelled")
    outbox.send(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.state == Mail.State.SENT


# --- Hostile words -------------------------------------------------------------------------------


def test_a_name_with_a_line_break_stays_out_of_mail_and_calendar():
    hostile = attendee(first_name="Gerda\r\nATTACH:http://elders.example", email="g@x.example")
    (place,) = enrol(MeetingFactory(), hostile)
    message = newest_to(place.email)
    assert "elders.example" not in text_of(message) + html_of(message)
    (event,) = next(calendars_in(message)).walk("VEVENT")
    assert "ATTACH" not in event


def test_words_that_look_like_a_link_are_not_mailed_to_strangers():
    hostile = attendee(first_name="Win op www.elders.example", email="slachtoffer@x.example")
    (place,) = enrol(MeetingFactory(), hostile)
    message = newest_to(place.email)
    assert "www.elders.example" not in text_of(message) + html_of(message)
