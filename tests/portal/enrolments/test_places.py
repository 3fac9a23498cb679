"""Places: never more than there are, in order of asking, and nobody lost."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from portal.enrolments import services
from portal.enrolments.errors import (
    AlreadyEnrolled,
    CannotReplace,
    Closed,
    EnrolmentError,
    InvoiceMissing,
    NoPlace,
    OfferIsOver,
    StaleForm,
    ThereAlready,
    TooLate,
)
from portal.enrolments.errors import Cancelled as MeetingIsCancelled
from portal.enrolments.models import Booking, Enrolment, EnrolmentEvent, Hold
from portal.meetings.deadlines import closes_at
from portal.meetings.models import Meeting
from portal.meetings.services import cancel_meeting
from tests.enrolling import (
    assert_adds_up,
    attendee,
    enrol,
    enrol_number,
    order_for,
    states_in,
)
from tests.mails import newest_to
from tests.planning import MeetingFactory, PolicyFactory, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.either_database]
State = Enrolment.State


@pytest.fixture
def small() -> Meeting:
    """A meeting with two places."""
    return MeetingFactory(capacity=2)


def posted(template: str) -> list[str]:
    """To whom a letter was posted, in order."""
    mails = Mail.objects.filter(template=f"enrolments/{template}").order_by("due_at", "event")
    return sorted(mails.values_list("recipient", flat=True))


# --- Taking a place ------------------------------------------------------------------------------


@pytest.mark.promise("P02")
def test_a_guest_has_a_place_with_a_name_and_an_address(small: Meeting):
    enrolment = enrol_number(small, 1)
    assert (enrolment.state, enrolment.person.has_login) == (State.ENROLLED, False)
    assert enrolment.person.source == Person.Source.SELF
    assert_adds_up(small)


@pytest.mark.promise("P02")
def test_the_confirmation_has_a_calendar_file(small: Meeting):
    enrol_number(small, 1)
    message = newest_to("guus1@kantoor.example")
    files = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in files] == ["REQUEST"]
    assert b"ATTENDEE" in files[0].get_payload(decode=True)


@pytest.mark.promise("P02")
def test_an_invoice_address_is_asked_where_somebody_is_invoiced():
    priced = MeetingFactory(price=Decimal("195.00"))
    with pytest.raises(InvoiceMissing):
        services.enrol(order=order_for(priced, invoice=None))
    enrolment = enrol_number(priced, 1)
    assert enrolment.booking.invoice_city == "Utrecht"
    free = MeetingFactory()
    assert not enrol_number(free, 1).booking.is_invoiced


@pytest.mark.each_database
def test_who_comes_when_it_is_full_waits_in_order(small: Meeting):
    for number in range(1, 6):
        enrol_number(small, number)
    assert states_in(small) == ["enrolled", "enrolled", "waiting", "waiting", "waiting"]
    assert posted("waiting") == [f"guus{number}@kantoor.example" for number in (3, 4, 5)]
    assert_adds_up(small)


@pytest.mark.each_database
def test_the_same_form_sent_twice_is_one_booking(small: Meeting):
    order = order_for(small)
    first, second = services.enrol(order=order), services.enrol(order=order)
    assert first.booking == second.booking
    assert Booking.objects.count() == Enrolment.objects.count() == 1
    assert len(posted("confirmed")) == 1


@pytest.mark.each_database
@pytest.mark.promise("P13")
def test_a_stranger_learns_nothing_of_who_is_enrolled(small: Meeting):
    first = services.enrol(order=order_for(small))
    again = services.enrol(order=order_for(small))
    assert [told.state for told in first.told] == [told.state for told in again.told]
    assert Enrolment.objects.count() == 1
    assert posted("already") == ["guus1@kantoor.example"]
    assert_adds_up(small)


def test_whoever_is_signed_in_hears_that_they_have_a_place(small: Meeting, participant: User):
    own = attendee(first_name="Dirk", last_name="Deelnemer", email="dirk@kantoor.example")
    enrolment = enrol(small, own, user=participant)[0]
    assert enrolment.person == participant.person
    with pytest.raises(AlreadyEnrolled):
        services.enrol(order=order_for(small, own, user=participant))


def test_one_payer_enrols_colleagues_who_have_their_own_mail(participant: User):
    meeting = MeetingFactory(capacity=2, price=Decimal(100))
    own = attendee(first_name="Dirk", last_name="Deelnemer", email="dirk@kantoor.example")
    others = [attendee(number, is_payer=False) for number in (1, 2)]
    made = enrol(meeting, own, *others, user=participant)
    assert [one.state for one in made] == ["enrolled", "enrolled", "waiting"]
    assert [one.person == participant.person for one in made] == [True, False, False]
    assert posted("overview") == ["dirk@kantoor.example"]
    assert made[0].booking.payer == participant.person


def test_an_assistant_enrols_two_people_at_one_address(small: Meeting):
    people = [attendee(number, email="secretariaat@kantoor.example") for number in (1, 2)]
    assert [one.state for one in enrol(small, *people)] == ["enrolled", "enrolled"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"state": "held"}, Closed),
        ({"state": "cancelled"}, MeetingIsCancelled),
        ({"price": Decimal(10)}, StaleForm),
    ],
)
def test_a_form_of_before_is_refused_with_a_sentence(small: Meeting, change, error):
    order = order_for(small)
    Meeting.objects.filter(pk=small.pk).update(**change)
    with pytest.raises(error) as refusal:
        services.enrol(order=order)
    assert refusal.value.sentence.endswith(".")
    assert not Enrolment.objects.exists()


def test_after_closing_nobody_enrols_but_by_hand():
    meeting = MeetingFactory(day=in_days(0), policy=PolicyFactory(closing_days=1))
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=timezone.now() + timedelta(minutes=5), ends_at=timezone.now() + timedelta(hours=3)
    )
    with pytest.raises(Closed):
        services.enrol(order=order_for(meeting))
    services.enrol(order=order_for(meeting, as_staff=True))
    assert_adds_up(meeting)


@pytest.mark.each_database
def test_the_database_itself_refuses_one_too_many(small: Meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=small.pk).update(taken=3)


# --- Holding -------------------------------------------------------------------------------------


def test_a_place_is_kept_while_somebody_fills_in_the_form(small: Meeting):
    enrol_number(small, 1)
    hold = services.hold_places(meeting_id=small.pk)
    assert enrol_number(small, 2).state == State.WAITING
    made = enrol(small, attendee(3), hold_id=hold.pk)
    assert made[0].state == State.ENROLLED
    assert_adds_up(small)


def test_what_nobody_sent_is_offered_to_who_waits(small: Meeting):
    enrol_number(small, 1)
    services.hold_places(meeting_id=small.pk)
    waiting = enrol_number(small, 2)
    Hold.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert services.release_holds() == 1
    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED
    assert posted("offered") == ["guus2@kantoor.example"]
    assert_adds_up(small)


def test_nobody_holds_a_place_that_others_wait_for(small: Meeting):
    for number in (1, 2, 3):
        enrol_number(small, number)
    assert services.hold_places(meeting_id=small.pk) is None


def test_a_hold_can_grow_and_shrink_and_ends_when_it_did(small: Meeting):
    hold = services.hold_places(meeting_id=small.pk)
    grown = services.hold_places(meeting_id=small.pk, places=2, hold_id=hold.pk)
    assert (grown.pk, grown.places, grown.expires_at) == (hold.pk, 2, hold.expires_at)
    assert services.hold_places(meeting_id=small.pk) is None
    services.hold_places(meeting_id=small.pk, places=1, hold_id=hold.pk)
    assert_adds_up(small)


# --- The waiting list ----------------------------------------------------------------------------


def test_a_place_that_comes_free_is_offered_to_the_first_in_line(small: Meeting):
    people = [enrol_number(small, number) for number in range(1, 5)]
    services.cancel(enrolment_id=people[0].pk, by=None)
    assert states_in(small) == ["cancelled", "enrolled", "offered", "waiting"]
    services.accept_offer(enrolment_id=people[2].pk, by=None)
    assert states_in(small) == ["cancelled", "enrolled", "enrolled", "waiting"]
    assert_adds_up(small)


def test_an_offer_that_nobody_took_goes_to_the_next(small: Meeting):
    people = [enrol_number(small, number) for number in range(1, 5)]
    services.cancel(enrolment_id=people[0].pk, by=None)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        services.lapse_offers()
        services.lapse_offers()
        assert states_in(small) == ["cancelled", "enrolled", "lapsed", "offered"]
        with pytest.raises(OfferIsOver):
            services.accept_offer(enrolment_id=people[2].pk, by=None)
    assert posted("lapsed") == ["guus3@kantoor.example"]
    assert_adds_up(small)


@pytest.mark.each_database
def test_declining_passes_the_place_on_at_once(small: Meeting):
    people = [enrol_number(small, number) for number in range(1, 5)]
    services.cancel(enrolment_id=people[1].pk, by=None)
    services.decline_offer(enrolment_id=people[2].pk, by=None)
    assert states_in(small) == ["enrolled", "cancelled", "cancelled", "offered"]


def test_an_offer_never_lasts_past_closing():
    meeting = MeetingFactory(capacity=1)
    first, second = enrol_number(meeting, 1), enrol_number(meeting, 2)
    closing = closes_at(meeting)
    assert closing is not None
    with time_machine.travel(closing - timedelta(hours=2)):
        services.cancel(enrolment_id=first.pk, by=None)
    second.refresh_from_db()
    assert second.offered_until == closing


def test_after_closing_a_place_that_comes_free_is_offered_to_nobody():
    meeting = MeetingFactory(capacity=1)
    first, second = enrol_number(meeting, 1), enrol_number(meeting, 2)
    with time_machine.travel(closes_at(meeting)):
        services.cancel(enrolment_id=first.pk, by=None)
    second.refresh_from_db()
    assert second.state == State.WAITING


# --- Changing ------------------------------------------------------------------------------------


def test_moving_takes_a_place_there_and_frees_the_one_here(small: Meeting):
    other = MeetingFactory(course=small.course, day=in_days(60), capacity=1)
    enrolment = enrol_number(small, 1)
    new = services.move(enrolment_id=enrolment.pk, to_meeting_id=other.pk, by=None)
    assert (new.meeting, new.state, new.booking) == (other, State.ENROLLED, enrolment.booking)
    assert_adds_up(small)
    assert_adds_up(other)
    third = enrol_number(small, 2)
    with pytest.raises(NoPlace):
        services.move(enrolment_id=third.pk, to_meeting_id=other.pk, by=None)


def test_nobody_moves_to_another_course(small: Meeting):
    enrolment = enrol_number(small, 1)
    with pytest.raises(NoPlace):
        services.move(enrolment_id=enrolment.pk, to_meeting_id=MeetingFactory().pk, by=None)


def test_nobody_moves_past_the_line_to_another_price_or_to_where_they_stand(small: Meeting):
    place, course = enrol_number(small, 1), {"course": small.course, "day": in_days(60)}
    lined_up = MeetingFactory(capacity=1, **course)
    first = enrol_number(lined_up, 2)
    enrol_number(lined_up, 3)
    dearer, own = MeetingFactory(price=Decimal(50), **course), MeetingFactory(**course)
    enrol_number(own, 1)
    Meeting.objects.filter(pk=lined_up.pk).update(capacity=2)
    Enrolment.objects.filter(pk=first.pk).update(state=State.ENROLLED)
    closed = MeetingFactory(policy=PolicyFactory(closing_days=90), **course)
    for other in (lined_up, dearer, own, closed):
        with pytest.raises(ThereAlready if other == own else NoPlace):
            services.move(enrolment_id=place.pk, to_meeting_id=other.pk, by=None)


@pytest.mark.parametrize("state", ["held", "completed", "cancelled"])
def test_staff_moves_nobody_to_what_is_done_with(small: Meeting, state: str):
    place = enrol_number(small, 1)
    other = MeetingFactory(course=small.course, day=in_days(60), state=state)
    with pytest.raises(NoPlace):
        services.move(enrolment_id=place.pk, to_meeting_id=other.pk, by=None, as_staff=True)


def test_staff_changes_no_place_once_it_has_begun(small: Meeting):
    place = enrol_number(small, 1)
    other = MeetingFactory(course=small.course, day=in_days(60))
    assert small.starts_at is not None
    with time_machine.travel(small.starts_at):
        with pytest.raises(TooLate):
            services.move(enrolment_id=place.pk, to_meeting_id=other.pk, by=None, as_staff=True)
        with pytest.raises(TooLate):
            services.substitute(enrolment_id=place.pk, attendee=attendee(9), by=None, as_staff=True)


@pytest.mark.each_database
def test_somebody_else_may_come(small: Meeting):
    enrolment = enrol_number(small, 1)
    new = services.substitute(enrolment_id=enrolment.pk, attendee=attendee(9), by=None)
    assert states_in(small) == ["cancelled", "enrolled"]
    assert new.person != enrolment.person
    kinds = list(EnrolmentEvent.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["enrolled", "replaced", "replaces"]
    with pytest.raises(CannotReplace):
        services.substitute(enrolment_id=new.pk, attendee=attendee(9), by=None)
    assert_adds_up(small)


def test_terms_are_those_of_the_moment_of_enrolling():
    policy = PolicyFactory(cancelling_days=7, moving_days=7, substituting_days=0)
    meeting = MeetingFactory(price=Decimal(100), policy=policy, day=in_days(5))
    enrolment = enrol_number(meeting, 1)
    policy.cancelling_days = 0
    policy.save()
    services.cancel(enrolment_id=enrolment.pk, by=None)
    event = EnrolmentEvent.objects.get(kind="cancelled")
    assert event.is_free is False


def test_a_meeting_that_has_begun_is_not_cancelled_by_who_is_in_it(small: Meeting):
    enrolment = enrol_number(small, 1)
    assert small.starts_at is not None
    with time_machine.travel(small.starts_at + timedelta(minutes=1)):
        with pytest.raises(TooLate):
            services.cancel(enrolment_id=enrolment.pk, by=None)
        services.cancel(enrolment_id=enrolment.pk, by=None, as_staff=True)


def test_when_a_meeting_is_cancelled_everybody_is_told(small: Meeting, back_office: User):
    for number in (1, 2, 3):
        enrol_number(small, number)
    cancel_meeting(meeting_id=small.pk, because="De spreker is ziek.", by=back_office)
    assert set(states_in(small)) == {"cancelled"}
    assert len(posted("meeting_cancelled")) == 3
    events = EnrolmentEvent.objects.filter(kind="meeting cancelled")
    assert {event.by for event in events} == {back_office}
    assert_adds_up(small)


def test_every_sentence_is_one():
    for error in EnrolmentError.__subclasses__():
        assert error().sentence.endswith(".")


# --- Whatever happens ----------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["enrol", "hold", "cancel", "accept", "decline", "grow", "lapse", "release", "replace"]
        ),
        st.integers(0, 11),
    ),
    max_size=25,
)


def take_step(meeting: Meeting, deed: str, number: int) -> None:
    """One thing that can happen; refusals are part of it."""
    people = list(Enrolment.objects.filter(meeting=meeting).order_by("queue_number"))
    one = people[number % len(people)] if people else None
    if deed == "enrol":
        enrol(meeting, attendee(number))
    elif deed == "hold":
        services.hold_places(meeting_id=meeting.pk, places=1 + number % 3)
    elif deed == "grow":
        Meeting.objects.filter(pk=meeting.pk).update(capacity=meeting.capacity + 1)
        services.offer_places(meeting_id=meeting.pk)
    elif deed == "lapse":
        Enrolment.objects.filter(state=State.OFFERED).update(offered_until=timezone.now())
        services.lapse_offers()
    elif deed == "release":
        Hold.objects.update(expires_at=timezone.now())
        services.release_holds()
    elif one is not None:
        change(one, deed, number)


def change(enrolment: Enrolment, deed: str, number: int) -> None:
    if deed == "cancel":
        services.cancel(enrolment_id=enrolment.pk, by=None)
    elif deed == "accept":
        services.accept_offer(enrolment_id=enrolment.pk, by=None)
    elif deed == "decline":
        services.decline_offer(enrolment_id=enrolment.pk, by=None)
    elif deed == "replace":
        services.substitute(enrolment_id=enrolment.pk, attendee=attendee(100 + number), by=None)


@pytest.mark.each_database
@hypothesis_settings(max_examples=30)
@given(steps=STEPS, capacity=st.integers(1, 4))
def test_whatever_happens_the_count_is_right_and_the_line_keeps_its_order(steps, capacity):
    with transaction.atomic():
        meeting = MeetingFactory(capacity=capacity, code=f"b-{uuid.uuid4().hex[:8]}")
        for deed, number in steps:
            before = Enrolment.objects.filter(meeting=meeting).count()
            try:
                with transaction.atomic():
                    take_step(meeting, deed, number)
            except EnrolmentError:
                pass
            assert_adds_up(meeting)
            assert Enrolment.objects.filter(meeting=meeting).count() >= before
        transaction.set_rollback(True)
