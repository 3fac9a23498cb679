"""Records at a proven address: offered, taken or refused (DESIGN, People; P13, P20)."""

import uuid

import pytest
from django.utils import timezone

from legal.rights.models import Disclosure, Restriction
from legal.rights.registry import REGISTRY, Group, Subject
from legal.rights.services import record_disclosure, restrict
from pluc.outbox.models import Mail
from portal.accounts.claims import MOVERS
from portal.accounts.models import ClaimDecision, Person, User
from portal.accounts.queries import claimable_by
from portal.accounts.services import take_record
from portal.accounts.services.notes import add_note
from portal.enrolments.models import Booking, Enrolment, Wishes
from portal.newsletter.models import Subscription
from tests.attending import give_attendance, give_material
from tests.certificates import give_certificate
from tests.enrolling import enrol
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.legal.everything import give_stored_answers
from tests.planning import MeetingFactory, SpeakerFactory
from tests.portal.newsletter.subscribers import subscriber
from tests.supplying import give_supply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


@pytest.fixture
def record(participant: User) -> Person:
    """What a bureau supplied about Dirk."""
    return PersonFactory(
        first_name="D.",
        last_name="Deelnemer",
        email="Dirk@Kantoor.example",
        source=Person.Source.SUPPLIED,
        supplied_by="Bureau Bramen",
    )


def answer(house: House, browser, record: Person, answer: str) -> int:
    address = house.portal_path(f"/account/gevonden/{record.pk}/")
    return browser.post(address, {"answer": answer}).status_code


@pytest.mark.promise("P13")
def test_whoever_proved_the_mailbox_is_offered_the_record(
    house: House, sign_in, participant: User, record: Person
):
    page = sign_in(participant).get(house.portal_path("/account/gevonden/")).text
    assert "D. Deelnemer" in page
    assert "Bureau Bramen" in page


def test_an_unproven_address_is_offered_nothing(house: House, sign_in, record: Person):
    stranger = UserFactory(email="Dirk@Kantoor.example".upper().lower() + "x", proven=False)
    stranger.emailaddress_set.update(email="dirk@kantoor.example")
    assert not claimable_by(user=stranger).exists()
    browser = sign_in(stranger)
    assert answer(house, browser, record, "take") == 404
    assert "D. Deelnemer" not in browser.get(house.portal_path("/account/gevonden/")).text


@pytest.mark.promise("P13")
def test_a_record_at_anothers_address_does_not_exist(
    house: House, sign_in, colleague: User, record: Person
):
    browser = sign_in(colleague)
    assert answer(house, browser, record, "take") == 404
    assert answer(house, browser, record, "refuse") == 404
    assert Person.objects.filter(pk=record.pk).exists()
    nobody = Person(pk=uuid.uuid4())
    assert answer(house, browser, nobody, "take") == 404


@pytest.mark.promise("P20")
def test_a_record_that_is_taken_becomes_ones_own(
    house: House, sign_in, participant: User, record: Person
):
    record_disclosure(
        people=[record.pk],
        to="Spreker Saar",
        kind=Disclosure.Kind.SPEAKER,
        data="name, organisation, title",
        ground="P14",
    )
    assert answer(house, sign_in(participant), record, "take") == 302
    assert not Person.objects.filter(pk=record.pk).exists()
    assert Disclosure.objects.get().person == participant.person
    participant.person.refresh_from_db()
    assert participant.person.first_name == "Dirk", "one's own data stays as it is"
    decision = ClaimDecision.objects.get()
    assert (decision.answer, decision.supplied_by) == ("taken", "Bureau Bramen")


def test_a_record_that_is_refused_stays_and_is_not_offered_again(
    house: House, sign_in, participant: User, record: Person
):
    browser = sign_in(participant)
    assert answer(house, browser, record, "refuse") == 302
    assert Person.objects.filter(pk=record.pk).exists()
    assert not claimable_by(user=participant).exists()
    assert answer(house, browser, record, "take") == 422, "told that it was answered"
    assert Person.objects.filter(pk=record.pk).exists()


def test_only_one_of_two_answers_counts(house: House, sign_in, participant: User, record: Person):
    browser = sign_in(participant)
    assert answer(house, browser, record, "take") == 302
    assert answer(house, browser, record, "take") == 422
    assert ClaimDecision.objects.count() == 1


def test_no_answer_is_no_decision(house: House, sign_in, participant: User, record: Person):
    assert answer(house, sign_in(participant), record, "misschien") == 422
    assert not ClaimDecision.objects.exists()


def test_an_assistant_takes_her_own_and_leaves_the_others(house: House, sign_in):
    assistant = UserFactory(email="secretariaat@kantoor.example")
    own, other = (PersonFactory(email="secretariaat@kantoor.example") for _ in range(2))
    browser = sign_in(assistant)
    answer(house, browser, own, "take")
    answer(house, browser, other, "refuse")
    assert list(Person.objects.exclude(user=assistant)) == [other]


def test_a_person_with_a_login_is_never_offered(participant: User):
    twin = UserFactory(person=PersonFactory(email="dirk@kantoor.example"), email="twee@x.example")
    assert twin.person not in claimable_by(user=participant)


# What follows a row that moves, or is made for who has a login.
NOT_OF_A_RECORD = (
    *("organisations.Contact", "enrolments.BillingLine", "enrolments.Supply", "outbox.Return"),
)


def test_whatever_hangs_on_a_record_hangs_on_who_takes_it(participant: User, record: Person):
    """A row in each table that has a rule; the registry's test asks for a rule for each table."""
    place = enrol(MeetingFactory())[0]
    enrol(place.meeting)  # once more, by another form
    Enrolment.objects.update(person=record)
    place.refresh_from_db()
    give_attendance(place)
    give_material(place)
    give_certificate(place)
    give_supply(place, by=participant)
    give_stored_answers(place.booking)
    Booking.objects.update(payer=record)
    Wishes.objects.create(enrolment=place, diet="vegan")
    speaker = SpeakerFactory(person=record)
    place.meeting.speakers.add(speaker)
    Mail.objects.update(person=record)
    add_note(person=record, text="Belt liever.", by=participant)
    record_disclosure(people=[record.pk], to="Saar", kind="speaker", data="name", ground="P14")
    Restriction.objects.create(person=record, ground="op verzoek", lifted_at=timezone.now())
    subscriber(record.email)
    Subscription.objects.update(person=record)
    held = {label: own_rows(label, record) for label in MOVERS}
    take_record(user=participant, record_id=record.pk)
    own = {"accounts.User", "accounts.PersonWord", "accounts.Person_titles"}
    for label, number in held.items():
        if label not in own and label not in NOT_OF_A_RECORD:
            assert number > 0, label
            assert own_rows(label, participant.person) == number, label


def test_of_two_introductions_the_back_office_decides_which_stays(
    participant: User, record: Person
):
    own, other = (SpeakerFactory(person=one) for one in (participant.person, record))
    take_record(user=participant, record_id=record.pk)
    for speaker in (own, other):
        speaker.refresh_from_db()
    assert (own.person, other.person) == (participant.person, None)


def test_a_restriction_that_was_lifted_comes_along_beside_one_in_force(
    participant: User, record: Person
):
    restrict(person_id=participant.person_id, ground="op verzoek", by=None)
    Restriction.objects.create(person=record, ground="eerder", lifted_at=timezone.now())
    take_record(user=participant, record_id=record.pk)
    grounds = Restriction.objects.filter(person=participant.person).values_list("ground", flat=True)
    assert set(grounds) == {"op verzoek", "eerder"}


def own_rows(label: str, person: Person) -> int:
    """How many rows of a table lead to somebody, by the way that the registry names."""
    ways = [one for one in REGISTRY.personal if one.table == label and one.group is not Group.STAFF]
    subject = Subject(person_id=person.pk)
    return sum(one.model._base_manager.filter(one.rows(subject)).count() for one in ways[:1])


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_records_costs_no_more_with_more_records(
    house: House, sign_in, participant: User, number: int, django_assert_max_num_queries
):
    for _ in range(number):
        PersonFactory(email="dirk@kantoor.example")
    browser = sign_in(participant)
    browser.get(house.portal_path("/account/gevonden/"))
    with django_assert_max_num_queries(12):
        browser.get(house.portal_path("/account/gevonden/"))
