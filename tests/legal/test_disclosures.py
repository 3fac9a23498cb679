"""Who was given what is written down, once and for good (P17, P24)."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext_noop

from legal.rights.models import Disclosure
from legal.rights.services import record_disclosure
from portal.accounts.models import User
from portal.accounts.services import take_record
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

# As the software writes it: a phrase of which the catalogue has a translation.
PHRASE = gettext_noop("Name and address")


def disclose(*people: Any, **fields: Any) -> None:
    facts = {"to": "Sanne Spreker", "kind": Disclosure.Kind.SPEAKER, "data": PHRASE}
    facts |= {"ground": "She gives the meeting.", "reference": "PE-12"}
    record_disclosure(people=[person.pk for person in people], **(facts | fields))


@pytest.mark.promise("P24")
def test_a_disclosure_says_who_got_what_and_why(participant):
    disclose(participant.person)
    written = Disclosure.objects.get(person=participant.person)
    assert written.to_whom == "Sanne Spreker"
    assert written.data == PHRASE
    assert written.ground == "She gives the meeting."
    assert written.reference == "PE-12"
    assert written.at


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_people_is_written_down_in_one_query(django_assert_num_queries, number: int):
    people = PersonFactory.create_batch(number)
    with django_assert_num_queries(1):
        disclose(*people, people[0])
    assert Disclosure.objects.count() == number


def test_a_disclosure_that_is_rolled_back_did_not_happen(participant):
    with transaction.atomic():
        disclose(participant.person)
        transaction.set_rollback(True)
    assert not Disclosure.objects.exists()


CHANGES: list[Callable[[Disclosure], Any]] = [
    lambda written: Disclosure.objects.filter(pk=written.pk).update(to_whom="Nobody"),
    lambda written: Disclosure(
        pk=written.pk, person_id=written.person_id, to_whom="Nobody", kind="other"
    ).save(force_update=True),
    lambda written: run(f"UPDATE rights_disclosure SET to_whom = 'Nobody' WHERE id = {written.pk}"),
]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_a_disclosure(participant, change):
    disclose(participant.person)
    with pytest.raises(Error), transaction.atomic():
        change(Disclosure.objects.get())
    assert Disclosure.objects.get().to_whom == "Sanne Spreker"


def test_disclosures_go_with_their_person():
    person = PersonFactory()
    disclose(person)
    person.delete()
    assert not Disclosure.objects.exists()


def test_disclosures_of_a_record_stay_with_who_takes_it(participant):
    record = PersonFactory(email=participant.email)
    disclose(record)
    at = Disclosure.objects.get().at
    take_record(user=participant, record_id=record.pk)
    written = Disclosure.objects.get()
    assert (written.person_id, written.at) == (participant.person_id, at)


# --- Where people read it ------------------------------------------------------------------------


@pytest.fixture
def page(sign_in: Callable[[User], Client], participant: User) -> Callable[[str], str]:
    browser = sign_in(participant)
    return lambda prefix="": browser.get(f"{prefix}/mijn/gegevens/").text


@pytest.mark.either_database
@pytest.mark.promise("P24")
def test_people_read_who_has_seen_their_data(page, participant):
    disclose(participant.person)
    text = page()
    for fact in ("Sanne Spreker", "She gives the meeting."):
        assert fact in text


@pytest.mark.either_database
@pytest.mark.promise("P13")
def test_people_do_not_read_who_has_seen_the_data_of_others(page, colleague):
    disclose(colleague.person)
    assert "Sanne Spreker" not in page()


@pytest.mark.either_database
@pytest.mark.parametrize("language", ["nl", "en"])
def test_where_nobody_has_seen_it_that_is_said(page, language: str):
    with translation.override(language):
        sentence = translation.gettext("Nobody outside PLUC! has been given your data.")
    assert sentence in page("" if language == "nl" else "/en")


@pytest.mark.either_database
def test_what_the_software_wrote_is_read_in_ones_own_language(page, participant):
    disclose(participant.person, ground="Uit vrije hand geschreven.")
    with translation.override("nl"):
        phrase = translation.gettext(PHRASE)
    assert phrase in page()
    assert "Uit vrije hand geschreven." in page("/en")


# --- Once a viewer, list and day -----------------------------------------------------------------


def looks(*people: Any, viewer: Any, **fields: Any) -> int:
    """How many disclosures there are once somebody has looked at a list of these people."""
    disclose(*people, viewer=viewer.person_id, **fields)
    return Disclosure.objects.count()


def test_the_same_look_is_written_once_and_another_one_again(participant, speaker, colleague):
    person, other = participant.person, PersonFactory()
    assert looks(person, viewer=speaker) == 1
    assert looks(person, other, viewer=speaker) == 2, "only who is new on the list"
    assert looks(person, viewer=colleague) == 3
    assert looks(person, viewer=speaker, reference="PE-13") == 4
    assert looks(person, viewer=speaker, kind=Disclosure.Kind.CLIENT) == 5
    assert looks(person, other, viewer=speaker) == 5
    disclose(person)
    disclose(person)
    assert Disclosure.objects.count() == 7, "without a viewer each one counts"


def test_the_database_refuses_a_second_one(participant, speaker):
    looks(participant.person, viewer=speaker)
    again = Disclosure.objects.get()
    again.pk = None
    with pytest.raises(Error), transaction.atomic():
        again.save(force_insert=True)


def test_somebody_who_is_gone_is_not_in_the_way(participant):
    facts = {"to": "Sanne Spreker", "kind": Disclosure.Kind.CLIENT, "data": PHRASE, "ground": ""}
    record_disclosure(people=[uuid.uuid4(), participant.person_id], **facts)
    assert Disclosure.objects.get().person == participant.person


def test_who_takes_a_record_keeps_one_of_the_same_look(participant, speaker):
    record = PersonFactory(email=participant.email)
    looks(participant.person, record, viewer=speaker)
    disclose(record, viewer=speaker.person_id, reference="PE-13")
    take_record(user=participant, record_id=record.pk)
    kept = Disclosure.objects.filter(person=participant.person).values_list("reference", flat=True)
    assert sorted(kept) == ["PE-12", "PE-13"]


@pytest.mark.either_database
def test_people_read_which_meeting_it_was_about_in_their_language(page, participant):
    disclose(participant.person, about=("Pruimen, 3 mei 2027", "Plums, 3 May 2027"))
    assert "Pruimen, 3 mei 2027" in page()
    assert "Plums, 3 May 2027" in page("/en")
