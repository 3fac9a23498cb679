"""What the back office does with one place, and what it is told before."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from legal.rights.models import Restriction
from pluc.outbox.models import Mail
from portal.accounts.models import User
from portal.enrolments import services
from portal.enrolments.errors import TooLate
from portal.enrolments.links import token_of
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from portal.meetings.wording import when
from tests.enrolling import ADDRESS, assert_adds_up, attendee, enrol, enrol_number, states_in
from tests.legal.browsers import SAME_ORIGIN
from tests.mails import links_in, newest_to, text_of
from tests.planning import MeetingFactory, in_days
from tests.portal.enrolments.filling import GERDA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
INVOICE = {f"invoice_{name}": value for name, value in vars(ADDRESS).items()}
NEW_INVOICE = INVOICE | {"invoice_city": "Zeist", "reference": "PO 17", "price": "150,00"}


@pytest.fixture
def meeting() -> Meeting:
    return MeetingFactory(price=195, day=in_days(3))


@pytest.fixture
def place(meeting: Meeting) -> Enrolment:
    return enrol_number(meeting, 1)


@pytest.fixture
def other(meeting: Meeting) -> Meeting:
    """Another date of the same course."""
    return MeetingFactory(course=meeting.course, price=195, day=in_days(60))


@pytest.fixture
def desk(sign_in: Callable[[User], Client], back_office: User) -> Client:
    return sign_in(back_office)


def page_of(place: Enrolment, deed: str = "") -> str:
    return f"/beheer/inschrijvingen/{place.pk}/{deed}"


def correct(desk: Client, place: Enrolment, **typed: str) -> Any:
    """What the form answers that was opened just now."""
    seen = desk.get(page_of(place, "factuur/")).context["form"]["seen"].value()
    return desk.post(page_of(place, "factuur/"), NEW_INVOICE | typed | {"seen": seen})


def mailed(desk: Client, address: str, **typed: Any) -> Any:
    """Does what mails somebody: after the screen that shows the mails."""
    answer = desk.post(address, typed)
    assert answer.context["letters"], "seen before it goes"
    return desk.post(address, typed | {"telling": "mail", "telling_shown": len(told_in(answer))})


def told_in(answer: Any) -> list[str]:
    """Whom the screen says that mail goes to."""
    return [one for letter in answer.context["letters"] for one in letter.to + letter.withheld]


def begin(meeting: Meeting) -> None:
    start = timezone.now() - timedelta(hours=1)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=start)


def buttons_on(desk: Client, place: Enrolment) -> list[str]:
    page = BeautifulSoup(desk.get(page_of(place)).content, "lxml")
    links = [link["href"] for link in page.select("main .staff-actions a")]
    return [link.removeprefix(page_of(place)).rstrip("/") for link in links]


def invoice_on(desk: Client, place: Enrolment) -> str:
    page = BeautifulSoup(desk.get(page_of(place)).content, "lxml")
    panel = page.select_one("#invoice-section")
    assert panel
    return " ".join(panel.get_text(" ").split())


# --- What the screen holds -----------------------------------------------------------------------


@pytest.mark.either_database
def test_each_state_has_its_own_deeds(desk: Client, meeting: Meeting, place: Enrolment):
    coming = ["verplaats", "vervang", "notitie", "annuleer", "factuur"]
    assert buttons_on(desk, place) == coming
    begin(meeting)
    assert buttons_on(desk, place) == ["afwezig", "notitie", "annuleer", "factuur"]
    services.mark_absent(enrolment_ids=[place.pk], was_absent=True, by=None)
    assert buttons_on(desk, place)[0] == "aanwezig"
    services.cancel(enrolment_id=place.pk, by=None, as_staff=True)
    assert buttons_on(desk, place) == ["notitie"]


@pytest.mark.either_database
def test_the_invoice_is_shown_corrected_and_then_as_the_books_had_it(
    desk: Client, meeting: Meeting
):
    place, colleague = enrol(meeting, attendee(1), attendee(2))
    assert "Nog niet gefactureerd" in invoice_on(desk, place)
    page = desk.get(page_of(place, "factuur/"))
    assert colleague.full_name in page.text, "it holds for them too"
    assert correct(desk, place).status_code == 302
    for value in ("Zeist", "PO 17", "150,00"):
        assert value in invoice_on(desk, place)
    begin(meeting)
    assert "volgende export" in invoice_on(desk, place)
    services.export_billing(by=None)
    assert "factuur" not in buttons_on(desk, place)
    Booking.objects.update(invoice_city="Elders")
    told = invoice_on(desk, place)
    assert "Gefactureerd op" in told
    assert ("Zeist" in told, "Elders" in told) == (True, False)
    assert desk.post(page_of(place, "factuur/"), NEW_INVOICE).status_code == 422


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"invoice_name": ""}, "invoice_name"),
        ({"price": "-1"}, "price"),
        ({"price": ""}, "price"),
        ({"price": "1.234.567,00"}, "price"),
    ],
)
def test_a_wrong_invoice_is_refused_beside_its_field(
    desk: Client, place: Enrolment, wrong: dict[str, str], field: str
):
    answer = correct(desk, place, **wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Booking.objects.get().price == 195


def test_what_is_made_free_needs_no_address(desk: Client, place: Enrolment):
    nothing = dict.fromkeys(INVOICE, "") | {"price": "0"}
    assert correct(desk, place, **nothing).status_code == 302
    booking = Booking.objects.get()
    assert (booking.price, booking.invoice_name, booking.invoice_country) == (Decimal(0), "", "")
    assert "gratis" in invoice_on(desk, place)


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(
    desk: Client, place: Enrolment
):
    seen = desk.get(page_of(place, "factuur/")).context["form"]["seen"].value()
    assert correct(desk, place, invoice_city="Elders").status_code == 302
    refused = desk.post(page_of(place, "factuur/"), NEW_INVOICE | {"seen": seen})
    assert refused.status_code == 422
    assert Booking.objects.get().invoice_city == "Elders"
    again = NEW_INVOICE | {"seen": refused.context["form"]["seen"].value()}
    assert desk.post(page_of(place, "factuur/"), again).status_code == 302
    assert Booking.objects.get().invoice_city == "Zeist"


# --- Deeds ---------------------------------------------------------------------------------------


@pytest.mark.either_database
def test_who_is_told_is_seen_before_and_a_restricted_person_is_not(
    desk: Client, place: Enrolment, other: Meeting
):
    deeds = {"annuleer/": {"charge": "free"}, "verplaats/": {"to": other.pk}, "vervang/": GERDA}
    for deed, typed in deeds.items():
        seen = desk.post(page_of(place, deed), typed)
        assert [place.email in one for one in told_in(seen)].count(True) == 1, deed
    assert states_in(place.meeting) == ["enrolled"], "nothing is done yet"
    Restriction.objects.create(person=place.person)
    letter = desk.post(page_of(place, "annuleer/"), {"charge": "free"}).context["letters"][0]
    assert (letter.to, len(letter.withheld)) == ([], 1)


@pytest.mark.either_database
def test_a_deed_can_go_with_a_reason_or_without_mail(
    desk: Client, place: Enrolment, other: Meeting
):
    address = page_of(place, "vervang/")
    seen = desk.post(address, GERDA)
    reason = {"telling_reason": "Op je verzoek.", "telling_shown": len(told_in(seen))}
    desk.post(address, GERDA | reason | {"telling": "mail"})
    assert "Op je verzoek." in text_of(newest_to(place.email))
    new = Enrolment.objects.get(state="enrolled")
    mails = Mail.objects.count()
    silent = {"to": other.pk, "telling": "silent", "telling_shown": 1}
    assert desk.post(page_of(new, "verplaats/"), silent).status_code == 302
    assert Mail.objects.count() == mails


@pytest.mark.either_database
@pytest.mark.parametrize(("charge", "is_free"), [("stays", False), ("free", True)])
def test_cancelling_late_asks_whether_the_invoice_stays(
    desk: Client, place: Enrolment, charge: str, is_free: bool
):
    page = BeautifulSoup(desk.get(page_of(place, "annuleer/")).content, "lxml")
    assert not page.select("input[name=charge][checked]"), "nothing is chosen beforehand"
    assert desk.post(page_of(place, "annuleer/")).status_code == 422
    assert mailed(desk, page_of(place, "annuleer/"), charge=charge).status_code == 302
    assert EnrolmentEvent.objects.get(kind="cancelled").is_free is is_free
    assert bool(services.export_billing(by=None)) is not is_free


def test_cancelling_in_time_asks_nothing(desk: Client):
    place = enrol_number(MeetingFactory(price=195, day=in_days(30)), 1)
    assert mailed(desk, page_of(place, "annuleer/")).status_code == 302
    assert EnrolmentEvent.objects.get(kind="cancelled").is_free
    assert desk.post(page_of(place, "annuleer/")).status_code == 422


@pytest.mark.either_database
def test_a_place_goes_to_another_date(desk: Client, place: Enrolment, other: Meeting):
    answer = mailed(desk, page_of(place, "verplaats/"), to=other.pk)
    new = Enrolment.objects.get(meeting=other)
    assert answer["Location"] == page_of(new)
    history = desk.get(page_of(place)).text
    assert page_of(new) in history, "each names the other"


@pytest.mark.either_database
def test_only_dates_with_a_place_and_of_the_same_buyer_are_offered(
    desk: Client, place: Enrolment, other: Meeting
):
    full = MeetingFactory(course=other.course, capacity=1, day=in_days(40))
    enrol_number(full, 7)
    MeetingFactory(course=other.course, day=in_days(-40))
    MeetingFactory(day=in_days(50))
    form = desk.get(page_of(place, "verplaats/")).context["form"]
    assert [key for key, _ in form.fields["to"].choices] == [str(other.pk)]


@pytest.mark.either_database
def test_absence_is_noted_once_it_has_begun_and_never_turned_round_by_an_old_tab(
    desk: Client, meeting: Meeting, place: Enrolment
):
    assert desk.post(page_of(place, "afwezig/")).status_code == 302
    assert Enrolment.objects.get().was_absent is None, "it has not begun"
    begin(meeting)
    for _ in range(2):
        desk.post(page_of(place, "afwezig/"))
        assert Enrolment.objects.get().was_absent
    desk.post(page_of(place, "aanwezig/"))
    assert Enrolment.objects.get().was_absent is False


@pytest.mark.either_database
def test_a_note_stays_in_the_history(desk: Client, place: Enrolment, back_office: User):
    assert desk.post(page_of(place, "notitie/"), {"text": " "}).status_code == 422
    desk.post(page_of(place, "notitie/"), {"text": "Belt <b>maandag</b>."})
    event = EnrolmentEvent.objects.get(kind="note")
    assert (event.note, event.by) == ("Belt <b>maandag</b>.", back_office)
    page = desk.get(page_of(place)).text
    assert "Belt &lt;b&gt;maandag" in page


@pytest.mark.either_database
def test_who_stands_on_that_date_already_is_told_so(desk: Client, place: Enrolment, other: Meeting):
    enrol_number(other, 1)
    answer = desk.post(page_of(place, "verplaats/"), {"to": other.pk})
    assert answer.status_code == 422
    assert "staat op die datum al" in answer.text


# --- A cancelled meeting -------------------------------------------------------------------------


@pytest.mark.either_database
def test_the_cancelling_screen_offers_other_dates_and_the_mail_names_those_left_ticked(
    desk: Client, meeting: Meeting, place: Enrolment, other: Meeting
):
    third = MeetingFactory(course=meeting.course, price=195, day=in_days(90))
    MeetingFactory(course=meeting.course, price=295, day=in_days(91))
    screen = reverse("meeting_cancel", args=[meeting.pk])
    form = desk.get(screen).context["form"]
    assert form["offers"].value() == [str(other.pk), str(third.pk)], "at the same price"
    mailed(desk, screen, because="De spreker is ziek.", offers=[third.pk])
    mail = newest_to(place.email)
    assert when(third) in text_of(mail)
    assert when(other) not in text_of(mail)
    assert links_in(mail)[0].endswith(f"/inschrijving/{token_of(place)}/")


def test_people_of_a_cancelled_meeting_are_moved_once_and_their_booking_goes_along(
    desk: Client, meeting: Meeting, back_office: User
):
    people = [enrol_number(meeting, number) for number in (1, 2, 3)]
    services.cancel(enrolment_id=people[2].pk, by=None)
    cancel_meeting(meeting_id=meeting.pk, because="De spreker is ziek.", by=None)
    other = MeetingFactory(course=meeting.course, capacity=1, day=in_days(60), price=10)
    screen = reverse("move_people", args=[meeting.pk])
    assert screen in desk.get(reverse("meeting_screen", args=[meeting.pk])).text
    form = desk.get(screen).context["form"]
    assert form["people"].value() == [str(one.pk) for one in people[:2]], "who left before stays"
    everybody = [one.pk for one in people[:2]]
    answer = mailed(desk, screen, people=everybody, to=other.pk)
    told = desk.get(answer["Location"]).text
    assert people[1].full_name in told, "who does not fit is named"
    new = Enrolment.objects.get(meeting=other)
    assert (new.booking_id, new.state) == (people[0].booking_id, "enrolled")
    assert new.booking.price == Decimal(195)
    assert_adds_up(other)
    MeetingFactory(course=meeting.course, day=in_days(70))
    assert desk.get(screen).context["form"]["people"].value() == [str(people[1].pk)]
    assert states_in(meeting) == ["cancelled"] * 3


@pytest.mark.either_database
def test_who_had_a_place_in_a_cancelled_meeting_takes_another_date_by_the_link(
    visitor: Client, meeting: Meeting, place: Enrolment, other: Meeting
):
    page = f"/mijn/inschrijving/{token_of(place)}/"
    cancel_meeting(meeting_id=meeting.pk, because="De spreker is ziek.", by=None)
    assert when(other) in visitor.get(page).text
    taken = {"do": "move", "move-to": str(other.pk)}
    assert visitor.post(page, taken, headers=SAME_ORIGIN).status_code == 302
    assert states_in(other) == ["enrolled"]
    third = MeetingFactory(course=meeting.course, price=195, day=in_days(70))
    with pytest.raises(TooLate):
        services.move(enrolment_id=place.pk, to_meeting_id=third.pk, by=None)
    assert Booking.objects.get().enrolments.count() == 2
