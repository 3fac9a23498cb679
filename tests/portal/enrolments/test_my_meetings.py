"""One's own meetings, and nobody else's (P13)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.models import Enrolment
from portal.meetings.models import Meeting
from tests.enrolling import assert_adds_up, attendee, enrol, enrol_number, states_in
from tests.houses import House
from tests.planning import AccreditationFactory, MeetingFactory, SpeakerFactory, in_days
from tests.portal.enrolments.filling import FREEK, GERDA, fields_in, soup

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
State = Enrolment.State


def place_of(user: User, meeting: Meeting, *others, **fields) -> Enrolment:
    """The place that somebody who is signed in takes."""
    person = user.person
    own = attendee(
        first_name=person.first_name, last_name=person.last_name, email=user.email, **fields
    )
    return enrol(meeting, own, *others, user=user)[0]


def path_of(house: House, meeting: Meeting, rest: str = "") -> str:
    return house.portal_path(f"/bijeenkomsten/{meeting.code}/{rest}")


def is_over(meeting: Meeting) -> None:
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=2, hours=-3)
    )


# --- The list ------------------------------------------------------------------------------------


@pytest.mark.promise("P13")
def test_my_meetings_are_mine_what_is_to_come_and_what_was(
    house: House, sign_in, participant: User, colleague: User
):
    coming, past, theirs = (MeetingFactory() for _ in range(3))
    for meeting in (coming, past):
        place_of(participant, meeting)
    place_of(colleague, theirs)
    is_over(past)
    page = soup(sign_in(participant).get(house.portal_path("/bijeenkomsten/")))
    links = [str(link["href"]) for link in page.select(".agenda a")]
    assert links == [path_of(house, coming), path_of(house, past)]


def test_a_place_stays_on_the_list_when_its_meeting_loses_its_sessions(
    house: House, sign_in, participant: User
):
    meeting = MeetingFactory()
    place_of(participant, meeting)
    Meeting.objects.update(starts_at=None, ends_at=None)
    page = soup(sign_in(participant).get(house.portal_path("/bijeenkomsten/")))
    assert [str(link["href"]) for link in page.select(".agenda a")] == [path_of(house, meeting)]
    assert sign_in(participant).get(house.portal_path("/")).status_code == 200


def test_what_was_cancelled_is_on_neither_list(house: House, sign_in, participant: User):
    enrolment = place_of(participant, MeetingFactory())
    services.cancel(enrolment_id=enrolment.pk, by=participant)
    page = soup(sign_in(participant).get(house.portal_path("/bijeenkomsten/")))
    assert page.select(".agenda a") == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_no_more_with_more_meetings(
    house: House, sign_in, participant: User, number: int, django_assert_max_num_queries
):
    for _ in range(number):
        place_of(participant, MeetingFactory())
        past = MeetingFactory()
        place_of(participant, past)
        is_over(past)
    browser = sign_in(participant)
    browser.get(house.portal_path("/bijeenkomsten/"))
    with django_assert_max_num_queries(12):
        browser.get(house.portal_path("/bijeenkomsten/"))


# --- One of them ---------------------------------------------------------------------------------


@pytest.mark.promise("P13")
@pytest.mark.parametrize("rest", ["", "agenda.ics"])
def test_a_meeting_in_which_one_has_no_place_does_not_exist(
    house: House, sign_in, participant: User, colleague: User, rest: str
):
    meeting = MeetingFactory()
    place_of(colleague, meeting)
    for path in (path_of(house, meeting, rest), path_of(house, Meeting(code="nergens"), rest)):
        assert sign_in(participant).get(path).status_code == 404
        guest = house.guest().get(path)
        assert guest.status_code == 302
        assert "/inloggen/" in guest["Location"]


def test_everything_one_needs_on_the_day_is_there(house: House, sign_in, participant: User):
    meeting = MeetingFactory(
        practical="Neem je laptop mee.", is_online=True, online_link="https://video.example/peren"
    )
    speaker = SpeakerFactory()
    meeting.speakers.add(speaker)
    AccreditationFactory(meeting=meeting)
    place_of(participant, meeting)
    page = sign_in(participant).get(path_of(house, meeting)).text
    wanted = ["laptop", "https://video.example/peren", speaker.name, "NBA", "Perenlaan 1"]
    assert [word for word in [*wanted, "13.30", "Tien minuten lopen"] if word not in page] == []


def test_in_english_the_programme_and_the_route_are_english(sign_in, participant: User):
    meeting = MeetingFactory(venue__route="Langs de gracht", venue__route_en="Along the canal")
    meeting.sessions.update(title="Theorie", title_en="Theory")
    place_of(participant, meeting)
    with translation.override("en"):
        address = reverse("my_meeting", args=[meeting.code])
    page = sign_in(participant).get(address).text
    assert "Theory" in page
    assert "Along the canal" in page
    assert "Theorie" not in page


def test_the_link_to_join_is_for_who_has_a_place(house: House, sign_in, participant: User):
    meeting = MeetingFactory(capacity=1, is_online=True, online_link="https://video.example/peren")
    enrol_number(meeting, 1)
    place_of(participant, meeting)
    browser = sign_in(participant)
    assert "video.example" not in browser.get(path_of(house, meeting)).text
    assert "video.example" not in browser.get(path_of(house, meeting, "agenda.ics")).text


def test_the_calendar_file_is_a_calendar(house: House, sign_in, participant: User):
    meeting = MeetingFactory()
    place_of(participant, meeting)
    answer = sign_in(participant).get(path_of(house, meeting, "agenda.ics"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="{meeting.code}.ics"' in answer["Content-Disposition"]
    assert answer.content.count(b"BEGIN:VEVENT") == 1


def test_one_cancels_moves_and_sends_somebody_else_there(house: House, sign_in, participant: User):
    meeting = MeetingFactory()
    other = MeetingFactory(course=meeting.course, day=in_days(60))
    browser = sign_in(participant)
    place_of(participant, meeting)
    moved = browser.post(path_of(house, meeting), {"do": "move", "move-to": str(other.pk)})
    assert moved["Location"] == path_of(house, other)
    instead = {f"instead-{name}": value for name, value in GERDA.items()}
    browser.post(path_of(house, other), instead | {"do": "substitute"})
    assert states_in(other) == ["cancelled", "enrolled"]
    third = MeetingFactory()
    place_of(participant, third)
    browser.post(path_of(house, third), {"do": "cancel"})
    assert states_in(third) == ["cancelled"]
    for one in (meeting, other, third):
        assert_adds_up(one)


def test_after_cancelling_and_enrolling_again_one_sees_the_place(
    house: House, sign_in, participant: User
):
    meeting = MeetingFactory()
    services.cancel(enrolment_id=place_of(participant, meeting).pk, by=participant)
    place_of(participant, meeting)
    page = sign_in(participant).get(path_of(house, meeting))
    assert soup(page).select_one('button[value="cancel"]') is not None


def test_an_offer_that_lapsed_has_no_page(house: House, sign_in, participant: User):
    meeting = MeetingFactory()
    place_of(participant, meeting)
    Enrolment.objects.update(state=State.LAPSED)
    assert sign_in(participant).get(path_of(house, meeting)).status_code == 404


# --- Booked for others ---------------------------------------------------------------------------


@pytest.mark.promise("P13")
def test_who_enrolled_colleagues_sees_their_names_and_no_results(
    house: House, sign_in, participant: User, colleague: User, back_office: User
):
    meeting = MeetingFactory()
    freek = attendee(first_name="Freek", last_name="Fijn", email="freek@x.example", is_payer=False)
    place_of(participant, meeting, freek)
    place_of(colleague, meeting)
    is_over(meeting)
    absent = Enrolment.objects.get(last_name="Fijn")
    browser = sign_in(participant)
    before = browser.get(path_of(house, meeting)).text
    services.mark_absent(enrolment_ids=[absent.pk], was_absent=True, by=back_office)
    page = browser.get(path_of(house, meeting)).text
    assert "Freek Fijn" in page
    assert "freek@x.example" not in page
    token = 'name="csrfmiddlewaretoken"'
    assert [line for line in page.splitlines() if token not in line] == [
        line for line in before.splitlines() if token not in line
    ], "whether Freek came is Freek's"
    assert "Coby" not in page
    assert "Freek" not in sign_in(colleague).get(path_of(house, meeting)).text


@pytest.mark.parametrize("number", [1, 3])
def test_a_meeting_costs_no_more_with_more_people(
    house: House, sign_in, participant: User, number: int, django_assert_max_num_queries
):
    meeting = MeetingFactory()
    meeting.speakers.add(*(SpeakerFactory() for _ in range(number)))
    AccreditationFactory(meeting=meeting)
    others = [attendee(n, is_payer=False) for n in range(number)]
    place_of(participant, meeting, *others)
    for n in range(number):
        MeetingFactory(course=meeting.course, day=in_days(60 + n))
    browser = sign_in(participant)
    browser.get(path_of(house, meeting))
    with django_assert_max_num_queries(16):
        browser.get(path_of(house, meeting))


# --- For others ----------------------------------------------------------------------------------


def test_a_payer_who_does_not_come_sees_whom_they_enrolled(
    house: House, sign_in, participant: User
):
    meeting, other = MeetingFactory(), MeetingFactory()
    booked = attendee(1, is_payer=False)
    fields = {"user": participant, "payer_email": participant.email}
    enrol(meeting, booked, **fields)
    enrol_number(other, 2)
    page = sign_in(participant).get(house.portal_path("/bijeenkomsten/")).text
    assert booked.full_name in page
    assert "Gast 2" not in page
    assert booked.email not in page
    assert path_of(house, meeting) not in page
    order = soup(sign_in(participant).get(house.portal_path("/bijeenkomsten/")))
    (link,) = order.select('a[href*="/bestelling/"]')
    assert booked.full_name in sign_in(participant).get(link["href"]).text


@pytest.mark.promise("P13")
def test_a_payer_reads_what_they_typed_not_whom_a_colleague_sent_or_who_was_there(
    house: House, sign_in, participant: User
):
    meeting, fields = MeetingFactory(), {"user": participant, "payer_email": participant.email}
    enrol_number(meeting, 5)  # by a form of their own
    (place,) = enrol(meeting, attendee(1, is_payer=False), **fields)
    enrol(meeting, attendee(5, is_payer=False), **fields)
    services.substitute(enrolment_id=place.pk, attendee=attendee(9), by=None)
    page = sign_in(participant).get(house.portal_path("/bijeenkomsten/")).text
    assert "iemand anders" in page
    assert "Gast 9" not in page
    assert "Gast 5" in page


@pytest.mark.each_database
def test_whoever_has_a_place_enrols_a_colleague_later(house: House, sign_in, participant: User):
    meeting = MeetingFactory(capacity=2)
    own = place_of(participant, meeting)
    browser = sign_in(participant)
    link = soup(browser.get(path_of(house, meeting))).select_one('a[href*="voor=ander"]')["href"]
    form = fields_in(browser.get(link))
    assert form["not_coming"] == "on"
    answer = browser.post(link, form | FREEK)
    assert answer["Location"].endswith(f"{meeting.code}/aanmelden/klaar/")
    people = Enrolment.objects.filter(meeting=meeting).order_by("queue_number")
    assert [(one.last_name, one.state) for one in people] == [
        (own.last_name, State.ENROLLED),
        ("Fijn", State.ENROLLED),
    ]
    assert people[1].booking.payer == participant.person
    assert_adds_up(meeting)


def test_after_enrolling_one_s_own_calendar_file_is_offered_and_never_the_public_one(
    house: House, sign_in, participant: User
):
    meeting = MeetingFactory()
    own = path_of(house, meeting, "agenda.ics")
    for browser, files in ((sign_in(participant), [own]), (house.guest(), [])):
        form = browser.get(path_of(house, meeting, "aanmelden/"))
        typed = {} if files else GERDA
        browser.post(path_of(house, meeting, "aanmelden/"), fields_in(form) | typed)
        done = soup(browser.get(path_of(house, meeting, "aanmelden/klaar/")))
        assert [str(link["href"]) for link in done.select("a[href$='.ics']")] == files
