"""An offer that nobody took in time: what its mail and its pages say, before and after the worker
has come by."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.links import token_of
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import assert_adds_up, attendee, enrol, enrol_number, states_in
from tests.houses import House
from tests.mails import links_in, newest_to, text_of
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import form_of, send, soup
from tests.portal.enrolments.letters import html_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
OVER = "De tijd om deze plek aan te nemen is om"


@pytest.fixture
def missed(participant: User) -> Enrolment:
    """An offer to who is signed in, whose time is over; the worker does not know yet."""
    meeting = MeetingFactory(capacity=1)
    first, person = enrol_number(meeting, 1), participant.person
    own = attendee(
        first_name=person.first_name, last_name=person.last_name, email=participant.email
    )
    (place,) = enrol(meeting, own, user=participant)
    services.cancel(enrolment_id=first.pk, by=None)
    Enrolment.objects.filter(pk=place.pk).update(offered_until=timezone.now())
    place.refresh_from_db()
    return place


def close(meeting: Meeting) -> None:
    """Enrolment has closed: the meeting is later today."""
    start = timezone.now() + timedelta(minutes=5)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=start, ends_at=start + timedelta(hours=1)
    )


def by_link(house: House, place: Enrolment) -> str:
    """The link that the offer's mail leads to."""
    return house.portal_path(f"/inschrijving/{token_of(place)}/")


def test_between_its_end_and_the_worker_the_page_says_so(
    house: House, sign_in, participant: User, missed: Enrolment
):
    browser = sign_in(participant)
    own = house.portal_path(f"/bijeenkomsten/{missed.meeting.code}/")
    for page in (house.guest().get(by_link(house, missed)), browser.get(own)):
        assert OVER in page.text
        assert "plek aangeboden" not in page.text
        assert not soup(page).select("button[name=do]"), "there is nothing left to give up"
        assert form_of(house, missed.meeting) in page.text
    listed = browser.get(house.portal_path("/bijeenkomsten/")).text
    assert str(Enrolment.State.LAPSED.label).capitalize() in listed
    services.lapse_offers()
    assert OVER in house.guest().get(by_link(house, missed)).text


def test_who_enrols_again_before_the_worker_comes_by_gets_the_place(
    house: House, sign_in, participant: User, missed: Enrolment
):
    answer = send(sign_in(participant), form_of(house, missed.meeting))
    assert answer.status_code == 302
    assert states_in(missed.meeting) == ["cancelled", "lapsed", "enrolled"]
    assert_adds_up(missed.meeting)


def test_who_waits_goes_before_who_missed_the_offer(missed: Enrolment):
    waiting = enrol_number(missed.meeting, 3)
    assert waiting.state == Enrolment.State.ENROLLED, "nobody waited any more"
    late = enrol_number(missed.meeting, 4)
    assert late.state == Enrolment.State.WAITING
    assert_adds_up(missed.meeting)


def test_its_mail_is_true_and_leads_to_the_form(house: House, missed: Enrolment):
    services.lapse_offers()
    message = newest_to(missed.email)
    for body in (text_of(message), html_of(message)):
        assert "volgende" not in body, "perhaps there was nobody"
    (link, *_) = links_in(message)
    assert link.endswith(form_of(house, missed.meeting))
    assert "of er een plek is of een wachtlijst" in text_of(message)


def test_once_enrolment_has_closed_its_mail_leads_to_other_dates(house: House, missed: Enrolment):
    close(missed.meeting)
    services.lapse_offers()
    message = newest_to(missed.email)
    (link, *_) = links_in(message)
    assert link.endswith(f"/bijeenkomsten/{missed.meeting.course.slug}/")
    assert "je kunt je niet meer aanmelden" in text_of(message)
    page = house.guest().get(by_link(house, missed)).text
    assert "je kunt je niet meer aanmelden" in page
    assert form_of(house, missed.meeting) not in page
