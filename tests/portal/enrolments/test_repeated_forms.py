"""A form that is sent again for who stands in the meeting already (P13): an assistant enrols three
colleagues at one mailbox, and is answered in the name that each form is for, every time."""

from collections import Counter

import pytest

from pluc.outbox.models import Mail
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol, states_in
from tests.houses import House
from tests.mails import newest_to, text_of
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import fields_in, form_of, send

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

MAILBOX = "secretariaat@kantoor.example"
NAMES = [("Jan", "Appel"), ("Jan", "Peer"), ("Bo", "van Pruimen")]
THREE = [attendee(first_name=first, last_name=last, email=MAILBOX) for first, last in NAMES]


@pytest.fixture
def meeting() -> Meeting:
    meeting = MeetingFactory(capacity=2)
    enrol(meeting, *THREE)
    return meeting


def answer_to(house: House, meeting: Meeting, first_name: str, last_name: str) -> tuple[str, str]:
    """The template and the text of the mail that a form for somebody leads to."""
    known = set(Mail.objects.values_list("pk", flat=True))
    typed = {"first_name": first_name, "last_name": last_name, "email": MAILBOX}
    send(house.guest(), form_of(house, meeting), **typed)
    (mail,) = Mail.objects.exclude(pk__in=known)
    return mail.template, text_of(newest_to(MAILBOX))


@pytest.mark.promise("P13")
def test_each_form_is_answered_in_the_name_it_is_for_every_time(house: House, meeting: Meeting):
    for first, last in [*NAMES, *NAMES]:
        template, text = answer_to(house, meeting, first, last)
        assert template == "enrolments/already"
        told = [line for line in text.splitlines() if line.startswith("Voor: ")]
        assert told == [f"Voor: {first} {last}"]
    assert states_in(meeting) == ["enrolled", "enrolled", "waiting"]
    people = Mail.objects.filter(template="enrolments/already").values_list("person", flat=True)
    assert Counter(people) == dict.fromkeys(Enrolment.objects.values_list("person", flat=True), 2)


def test_it_says_what_each_has(house: House, meeting: Meeting):
    assert "je hebt al een plek" in answer_to(house, meeting, *NAMES[0])[1]
    assert "je staat al op de wachtlijst" in answer_to(house, meeting, *NAMES[2])[1]
    typed_otherwise = answer_to(house, meeting, "JAN", "Appel")[1]
    assert "je zojuist aangemeld" not in typed_otherwise, "nobody else enrolled them"
    place = Enrolment.objects.filter(last_name="Appel")
    assert place.get().state == "enrolled"


def test_the_same_form_again_is_the_same_form(house: House, meeting: Meeting):
    """A double click, or a page that is reloaded: it was answered already."""
    browser, path = house.guest(), form_of(house, meeting)
    typed = {"first_name": "Jan", "last_name": "Peer", "email": MAILBOX}
    form = fields_in(browser.get(path)) | typed
    before = Mail.objects.count()
    browser.post(path, form)
    browser.post(path, form)
    assert Mail.objects.count() == before + 1
