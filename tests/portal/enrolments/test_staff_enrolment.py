"""One place, and all of them, in the staff screens."""

from datetime import timedelta
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.utils import timezone

from pluc.paging import beyond
from portal.accounts.models import Person, User
from portal.enrolments import services
from portal.enrolments.models import Enrolment, EnrolmentEvent
from portal.meetings.models import Meeting
from tests.enrolling import attendee, enrol, enrol_number, states_in
from tests.planning import MeetingFactory
from tests.portal.enrolments.filling import GERDA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
ALL = "/beheer/inschrijvingen/"


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(capacity=5)


@pytest.fixture
def desk(sign_in, back_office: User) -> Client:
    """The browser of the back office."""
    browser: Client = sign_in(back_office)
    return browser


def page_of(place: Enrolment) -> str:
    return f"{ALL}{place.pk}/"


def names_on(answer) -> list[str]:
    page = BeautifulSoup(answer.content, "lxml")
    return [link.text for link in page.select("table.listing td:first-child a")]


# --- One -----------------------------------------------------------------------------------------


@pytest.mark.either_database
def test_details_are_put_right_and_that_is_noted(desk: Client, meeting: Meeting, back_office: User):
    place = enrol_number(meeting, 1)
    form = GERDA | {"organisation": "Perenhof", "titles": "RA"}
    assert desk.post(page_of(place), form).status_code == 302
    place.refresh_from_db()
    assert (place.full_name, place.email) == ("Gerda Gast", GERDA["email"])
    assert (place.organisation, place.titles) == ("Perenhof", "RA")
    event = EnrolmentEvent.objects.get(kind="corrected")
    assert (event.enrolment, event.by) == (place, back_office)
    assert states_in(meeting) == ["enrolled"]


@pytest.mark.either_database
def test_nobody_becomes_somebody_who_is_there_already(desk: Client, meeting: Meeting):
    enrol(meeting, attendee(**GERDA))
    place = enrol_number(meeting, 1)
    for deed in ("", "vervang/"):
        assert desk.post(page_of(place) + deed, GERDA).status_code == 422
    place.refresh_from_db()
    assert place.full_name == "Guus Gast 1"
    assert states_in(meeting) == ["enrolled", "enrolled"]


def test_somebody_else_comes_and_both_histories_say_so(desk: Client, meeting: Meeting):
    place = enrol_number(meeting, 1)
    shown = {"telling": "mail", "telling_shown": "2"}
    answer = desk.post(f"{page_of(place)}vervang/", GERDA | shown)
    new = Enrolment.objects.get(state="enrolled")
    assert new.full_name == "Gerda Gast"
    assert answer["Location"] == page_of(new), "on to who comes now"
    events = EnrolmentEvent.objects.order_by("id").values_list("kind", "enrolment", "other")
    assert list(events)[1:] == [("replaced", place.pk, new.pk), ("replaces", new.pk, place.pk)]


def test_history_is_told_from_first_to_last_with_who_did_it(
    desk: Client, meeting: Meeting, back_office: User
):
    place = enrol_number(meeting, 1)
    services.correct(enrolment_id=place.pk, attendee=attendee(2), by=back_office)
    services.cancel(enrolment_id=place.pk, by=None)
    page = BeautifulSoup(desk.get(page_of(place)).content, "lxml")
    rows = [row.select("td") for row in page.select("table.listing tbody tr")]
    assert [row[1].text for row in rows] == ["–", "Bas Backoffice", "–"]
    assert len({row[2].text for row in rows}) == 3


@pytest.mark.either_database
def test_what_is_gone_is_shown_and_not_passed_on(desk: Client, meeting: Meeting):
    place = enrol_number(meeting, 1)
    services.cancel(enrolment_id=place.pk, by=None)
    assert desk.get(page_of(place)).status_code == 200
    assert desk.post(f"{page_of(place)}vervang/", GERDA).status_code == 422
    assert states_in(meeting) == ["cancelled"]


@pytest.mark.either_database
@pytest.mark.parametrize(
    "wrong", [{"last_name": ""}, {"email": "x"}, {"first_name": "G\r\nX"}, {"titles": "a" * 61}]
)
def test_a_wrong_correction_is_refused(desk: Client, meeting: Meeting, wrong: dict[str, str]):
    place = enrol_number(meeting, 1)
    answer = desk.post(page_of(place), GERDA | wrong)
    assert answer.status_code == 422
    assert not EnrolmentEvent.objects.filter(kind="corrected").exists()


@pytest.mark.either_database
def test_names_are_only_text_there(desk: Client, meeting: Meeting):
    (place,) = enrol(meeting, attendee(first_name="<script>x</script>", organisation="<b>y</b>"))
    for path in (page_of(place), ALL, f"/beheer/bijeenkomsten/{meeting.pk}/"):
        page = desk.get(path).text
        assert "<script>x" not in page
        assert "<b>y</b>" not in page


@pytest.mark.either_database
@pytest.mark.parametrize("number", [1, 3])
def test_one_place_costs_no_more_with_more_history(
    desk: Client, meeting: Meeting, number: int, back_office: User, django_assert_max_num_queries
):
    place = enrol_number(meeting, 1)
    for n in range(number):
        services.correct(enrolment_id=place.pk, attendee=attendee(n + 2), by=back_office)
    desk.get(page_of(place))
    with django_assert_max_num_queries(13):
        desk.get(page_of(place))


# --- All of them ---------------------------------------------------------------------------------


def test_all_are_listed_the_newest_first_and_paged_by_key(
    desk: Client, meeting: Meeting, monkeypatch
):
    screens = import_module("portal.enrolments.staff_views.enrolments")
    monkeypatch.setattr(screens, "A_PAGE", 2)
    people = [enrol_number(meeting, number) for number in range(5)]
    now = timezone.now()
    for number, place in enumerate(people):  # two of them at the same moment
        moment = now + timedelta(seconds=number // 2)
        Enrolment.objects.filter(pk=place.pk).update(asked_at=moment)
    seen, address = [], ALL
    while address:
        answer = desk.get(address)
        seen.append(names_on(answer))
        after = answer.context["shown"].next
        address = f"{ALL}?after={after}" if after else ""
    assert [len(page) for page in seen] == [2, 2, 1]
    names = [name for page in seen for name in page]
    assert sorted(names) == sorted(place.full_name for place in people)
    assert names[0] == "Guus Gast 4"


@pytest.mark.parametrize("after", ["zomaar", "1", "00000000-0000-0000-0000-000000000000", "'"])
def test_a_cursor_that_is_none_leads_to_the_first_page(desk: Client, meeting: Meeting, after: str):
    enrol_number(meeting, 1)
    answer = desk.get(ALL, {"after": after, "q": "Guus"})
    assert answer.status_code == 404
    way_on = BeautifulSoup(answer.text, "lxml").select_one(f'main a[href="{ALL}?q=Guus"]')
    assert way_on is not None


@pytest.mark.parametrize("q", ["fij", "FREEK", "freek@kan", " fijn "])
def test_people_are_found_by_how_name_or_address_begins(desk: Client, meeting: Meeting, q: str):
    enrol_number(meeting, 1)
    enrol(meeting, attendee(first_name="Freek", last_name="Fijn", email="freek@kantoor.example"))
    assert names_on(desk.get(ALL, {"q": q})) == ["Freek Fijn"]


@pytest.mark.parametrize("q", ["eek", "g%t", "'; DROP", "x" * 5000])
def test_a_search_that_finds_nobody_says_so(desk: Client, meeting: Meeting, q: str):
    enrol(meeting, attendee(first_name="Freek"))
    answer = desk.get(ALL, {"q": q})
    assert answer.status_code == 200
    assert names_on(answer) == []


@pytest.mark.either_database
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_no_more_with_more_people(
    desk: Client, number: int, django_assert_max_num_queries
):
    for n in range(number):
        enrol_number(MeetingFactory(), n)
    desk.get(ALL)
    with django_assert_max_num_queries(12):
        desk.get(ALL)


def test_a_page_far_down_is_looked_up_and_not_counted_to(meeting: Meeting):
    place = enrol_number(meeting, 1)
    rows = Enrolment.objects.filter(beyond(("-asked_at", "-id"), (place.asked_at, place.pk)))
    plan = rows.order_by("-asked_at", "-id")[:50].explain()
    if connection.vendor == "sqlite":  # PostgreSQL scans a table that fits in one page
        assert "SEARCH" in plan
        assert "asked_at<?" in plan


# --- The record behind a place -------------------------------------------------------------------


def corrected(enrolment: Enrolment, **fields) -> Enrolment:
    return services.correct(enrolment_id=enrolment.pk, attendee=attendee(1, **fields), by=None)


@pytest.mark.either_database
@pytest.mark.promise("P13")
def test_a_wrong_address_put_right_is_claimable_by_its_owner_alone():
    enrolment = enrol_number(MeetingFactory(), 1)
    corrected(enrolment, email="goed@kantoor.example")
    enrolment.refresh_from_db()
    assert enrolment.person.email == "goed@kantoor.example"
    assert not Person.objects.with_address("guus1@kantoor.example").exists()


@pytest.mark.either_database
def test_other_places_of_the_record_stay_as_they_are():
    first, second = enrol_number(MeetingFactory(), 1), enrol_number(MeetingFactory(), 1)
    assert first.person == second.person
    corrected(first, email="goed@kantoor.example")
    first.refresh_from_db()
    assert first.person != second.person
    assert Person.objects.get(pk=second.person_id).email == "guus1@kantoor.example"


@pytest.mark.either_database
def test_a_members_own_data_is_not_touched(participant: User):
    own = attendee(1, email=participant.email)
    (enrolment,) = enrol(MeetingFactory(), own, user=participant)
    corrected(enrolment, first_name="Anders", email="anders@kantoor.example")
    participant.person.refresh_from_db()
    assert participant.person.email == participant.email
    assert participant.person.first_name != "Anders"
