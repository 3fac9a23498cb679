"""Wishes about food and access: special data, for one purpose and the back office alone (AVG 9)."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone
from openpyxl import load_workbook

from legal.rights.services import purge
from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.exports import people_list
from portal.enrolments.models import Enrolment, EnrolmentEvent, Wishes
from portal.enrolments.orders import TypedWishes
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol
from tests.houses import House
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import GERDA, form_of, send, soup, visible_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

HOUSE = House("one host")
SECRET = "coeliakie-xq7"
LIFT = "rolstoel-xq8"
WISHES = TypedWishes(diet=SECRET, access=LIFT)


@pytest.fixture
def dinner() -> Meeting:
    """A meeting with a meal, in a place that asks what people need."""
    meeting = MeetingFactory(capacity=4, has_meal=True)
    meeting.venue.asks_access = True
    meeting.venue.save()
    return meeting


def told_in(meeting: Meeting) -> list[tuple[str, str]]:
    wishes = Wishes.objects.filter(enrolment__meeting=meeting)
    return list(wishes.values_list("diet", "access"))


def test_they_are_asked_only_where_a_meal_or_a_place_asks(dinner: Meeting):
    browser = HOUSE.guest()
    asked = visible_in(browser.get(form_of(HOUSE, dinner)))
    assert {"diet", "access", "wishes_consent"} <= asked
    other = MeetingFactory()
    assert not {"diet", "access", "wishes_consent"} & visible_in(browser.get(form_of(HOUSE, other)))
    send(browser, form_of(HOUSE, other), **GERDA, diet=SECRET, wishes_consent="on")
    assert not Wishes.objects.exists()


@pytest.mark.promise("P10")
def test_without_explicit_consent_nothing_is_kept(dinner: Meeting):
    answer = send(HOUSE.guest(), form_of(HOUSE, dinner), **GERDA, diet=SECRET)
    assert answer.status_code == 422
    wrong = [link["href"] for link in soup(answer).select(".alert-wrong a")]
    assert wrong == ["#id_wishes_consent"]
    assert not Enrolment.objects.exists()
    send(HOUSE.guest(), form_of(HOUSE, dinner), **GERDA, diet=SECRET, wishes_consent="on")
    assert told_in(dinner) == [(SECRET, "")]


@pytest.mark.promise("P13")
@pytest.mark.promise("P17")
def test_the_back_office_alone_reads_them(
    dinner: Meeting, sign_in, back_office: User, editor: User, participant: User, caplog
):
    """Not in a mail, a list, an event, a session, a log, or on a screen of anybody else."""
    path, guest = form_of(HOUSE, dinner), HOUSE.guest()
    typed = {"diet": SECRET, "access": LIFT, "wishes_consent": "on"}
    send(guest, path, **GERDA, **typed, do="sign-in")
    away = [str(row.get_decoded()) for row in Session.objects.all()]
    send(guest, path, **GERDA, **typed)
    page = guest.get(f"{path}klaar/").text
    screens = f"/beheer/bijeenkomsten/{dinner.pk}/"
    reader = sign_in(back_office)
    assert SECRET in reader.get(f"{screens}wensen/").text
    book = load_workbook(BytesIO(people_list(dinner)))
    seen = [*away, page, reader.get(screens).text, caplog.text]
    seen += [str([cell.value for row in sheet for cell in row]) for sheet in book]
    seen += [str(row) for row in Mail.objects.values()]
    seen += [str(row) for row in EnrolmentEvent.objects.values()]
    seen += [str(row.get_decoded()) for row in Session.objects.all()]
    seen.append(reader.get(f"/beheer/inschrijvingen/{Enrolment.objects.get().pk}/").text)
    assert not any(SECRET in text or LIFT in text for text in seen)
    for user in (editor, participant):
        assert sign_in(user).get(f"{screens}wensen/").status_code in (302, 403, 404)


@pytest.mark.each_database
@pytest.mark.promise("P24")
@pytest.mark.promise("P25")
def test_who_told_them_sees_changes_and_takes_them_back(
    dinner: Meeting, sign_in, participant: User
):
    place = enrol(dinner, attendee(wishes=WISHES), user=participant)[0]
    browser, path = sign_in(participant), HOUSE.portal_path(f"/bijeenkomsten/{dinner.code}/")
    assert SECRET in browser.get(HOUSE.portal_path("/gegevens/")).text
    assert SECRET in browser.get(path).text
    change = {"do": "wishes", "wishes-diet": "vegan", "wishes-wishes_consent": "on"}
    assert browser.post(path, change).status_code == 302
    assert told_in(dinner) == [("vegan", "")]
    assert browser.post(path, {"do": "wishes", "wishes-diet": ""}).status_code == 302
    assert not Wishes.objects.exists()
    assert Enrolment.objects.get(pk=place.pk).has_place


@pytest.mark.promise("P10")
def test_they_end_the_day_after_the_meeting_and_with_the_place(dinner: Meeting):
    kept, gone = enrol(dinner, attendee(1, wishes=WISHES), attendee(2, is_payer=False))
    services.set_wishes(enrolment_id=gone.pk, wishes=WISHES)
    services.cancel(enrolment_id=gone.pk, by=None)
    assert list(Wishes.objects.values_list("pk", flat=True)) == [kept.pk]
    end = dinner.ends_at
    assert end
    for late, left in ((timedelta(hours=23), 1), (timedelta(hours=25), 0)):
        with time_machine.travel(end + late, tick=False):
            purge(short_lived=True)
        assert Wishes.objects.count() == left


def test_they_follow_to_another_date_that_asks_and_not_to_somebody_else(dinner: Meeting):
    later = MeetingFactory(course=dinner.course, has_meal=True, venue=None, is_online=True)
    one, two = enrol(dinner, attendee(1, wishes=WISHES), attendee(2, is_payer=False))
    services.set_wishes(enrolment_id=two.pk, wishes=WISHES)
    moved = services.move(enrolment_id=one.pk, to_meeting_id=later.pk, by=None)
    assert told_in(later) == [(SECRET, "")], "it asks nothing about access"
    assert moved.wishes.consented_at <= timezone.now()
    services.substitute(enrolment_id=two.pk, attendee=attendee(3), by=None)
    assert told_in(dinner) == []


@pytest.mark.promise("P10")
def test_who_repeats_a_form_changes_nothing_of_somebody_elses(dinner: Meeting):
    enrol(dinner, attendee(1, wishes=WISHES))
    enrol(dinner, attendee(1, wishes=TypedWishes(diet="niets")))
    assert told_in(dinner) == [(SECRET, LIFT)]
