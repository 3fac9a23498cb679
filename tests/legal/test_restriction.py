"""Restricted data is kept and not used, where data is read and where mail is sent (P26)."""

from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError

from legal.rights.models import Restriction
from legal.rights.queries import is_restricted, reasons_to_withhold, restricted_people
from legal.rights.services import (
    AlreadyRestricted,
    NotRestricted,
    lift,
    restrict,
)
from pluc.outbox import services as outbox
from pluc.outbox.guards import GUARDS
from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from portal.accounts.services import take_record
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P26")]

GROUND = "An objection is being looked into."


@pytest.fixture
def restricted(participant: User) -> Person:
    """Dirk, who asked us to leave his data alone for now."""
    restrict(person_id=participant.person_id, ground=GROUND, by=7)
    return participant.person


def mail_to(address: str, *, kind: Mail.Kind = Mail.Kind.SERVICE, **fields: Any) -> Mail:
    message = django_mail.EmailMessage("Peren", "Ze zijn rijp.", to=[address])
    return outbox.post(message=message, template="pears", kind=kind, **fields)[0]


def sent(mail: Mail) -> Mail:
    """The mail after the worker had its turn."""
    outbox.send(mail_id=mail.pk)
    mail.refresh_from_db()
    return mail


# --- Imposing and lifting ------------------------------------------------------------------------


def test_a_restriction_says_why_since_when_and_by_whom(restricted):
    restriction = Restriction.objects.get(person=restricted)
    assert restriction.ground == GROUND
    assert restriction.imposed_by == 7
    assert is_restricted(restricted.pk)


def test_nobody_is_restricted_twice_at_a_time(restricted):
    with pytest.raises(AlreadyRestricted):
        restrict(person_id=restricted.pk, ground=GROUND, by=None)
    with pytest.raises(IntegrityError):
        Restriction.objects.create(person=restricted, ground=GROUND)


def test_a_lifted_restriction_stays_as_a_fact(restricted):
    lift(person_id=restricted.pk, by=9)
    assert not is_restricted(restricted.pk)
    closed = Restriction.objects.get(person=restricted)
    assert closed.lifted_at
    assert closed.lifted_by == 9
    restrict(person_id=restricted.pk, ground="Again.", by=None)
    assert Restriction.objects.filter(person=restricted).count() == 2


def test_what_is_not_restricted_cannot_be_lifted(colleague):
    with pytest.raises(NotRestricted):
        lift(person_id=colleague.person_id, by=None)


def test_a_list_leaves_out_restricted_people_in_one_query(
    restricted, colleague, django_assert_num_queries
):
    with django_assert_num_queries(1):
        left = set(Person.objects.exclude(pk__in=restricted_people()))
    assert colleague.person in left
    assert restricted not in left


def test_a_restriction_goes_along_with_a_record_that_is_taken(colleague):
    record = PersonFactory(email=colleague.email)
    restrict(person_id=record.pk, ground=GROUND, by=None)
    take_record(user=colleague, record_id=record.pk)
    assert is_restricted(colleague.person_id)


def test_two_restrictions_become_one_when_a_record_is_taken(restricted):
    record = PersonFactory(email=restricted.email)
    restrict(person_id=record.pk, ground=GROUND, by=None)
    take_record(user=restricted.user, record_id=record.pk)
    assert Restriction.objects.active().filter(person=restricted).count() == 1


def test_the_back_office_restricts_and_lifts(sign_in, back_office: User, participant: User):
    browser, screen = sign_in(back_office), f"/beheer/mensen/edit/{participant.person_id}/"
    restricting, lifting = (
        f"/beheer/beperkingen/{participant.person_id}/{deed}/" for deed in ("beperken", "opheffen")
    )
    links = browser.get(screen).text
    assert (restricting in links, lifting in links) == (True, False)
    assert browser.post(restricting, {"ground": ""}).status_code == 422
    assert not is_restricted(participant.person_id)
    assert browser.post(restricting, {"ground": GROUND}).status_code == 302
    links = browser.get(screen).text
    assert (restricting in links, lifting in links) == (False, True)
    row = Restriction.objects.get(person=participant.person)
    assert (row.ground, row.imposed_by, row.lifted_at) == (GROUND, back_office.pk, None)
    assert lifting in browser.get("/beheer/beperkingen/").text
    assert browser.post(lifting).status_code == 302
    row.refresh_from_db()
    assert row.lifted_by == back_office.pk
    assert not is_restricted(participant.person_id)
    answer = browser.post(lifting)
    assert answer.status_code == 422
    assert "niet beperkt" in answer.text


def test_restricting_twice_leaves_the_data_restricted_and_says_so(sign_in, back_office, restricted):
    address = f"/beheer/beperkingen/{restricted.pk}/beperken/"
    answer = sign_in(back_office).post(address, {"ground": "Again."})
    assert answer.status_code == 422
    assert "al beperkt" in answer.text
    assert Restriction.objects.active().get(person=restricted).ground == GROUND


# --- Mail ----------------------------------------------------------------------------------------


def test_the_outbox_asks_before_it_sends():
    assert reasons_to_withhold in GUARDS


@pytest.mark.parametrize("kind", [Mail.Kind.SERVICE, Mail.Kind.NEWSLETTER])
def test_mail_about_a_restricted_person_is_withheld(restricted, kind):
    mail = sent(mail_to("somewhere@elders.example", kind=kind, person_id=restricted.pk))
    assert mail.state == Mail.State.WITHHELD
    assert mail.reason


def test_mail_about_ones_login_is_always_sent(restricted):
    mail = mail_to(restricted.email, kind=Mail.Kind.SECURITY, person_id=restricted.pk)
    assert sent(mail).state == Mail.State.SENT
    assert reasons_to_withhold([mail]) == {}


def test_a_restriction_after_posting_withholds_the_mail(participant):
    mail = mail_to(participant.email, person_id=participant.person_id)
    restrict(person_id=participant.person_id, ground=GROUND, by=None)
    assert sent(mail).state == Mail.State.WITHHELD


def test_a_mail_without_a_person_is_judged_by_its_address(restricted):
    mail = mail_to(restricted.email.upper())
    assert mail.person_id is None
    assert sent(mail).state == Mail.State.WITHHELD


def test_without_a_person_a_proven_address_tells_too(restricted):
    Person.objects.filter(pk=restricted.pk).update(email="dirk@prive.example")
    assert sent(mail_to("dirk@kantoor.example")).state == Mail.State.WITHHELD


def test_mail_to_somebody_else_is_sent(restricted, colleague):
    assert sent(mail_to(colleague.email)).state == Mail.State.SENT
    at_the_same_address = mail_to(restricted.email, person_id=colleague.person_id)
    assert sent(at_the_same_address).state == Mail.State.SENT


def test_after_lifting_mail_is_sent_again(restricted):
    lift(person_id=restricted.pk, by=None)
    assert sent(mail_to(restricted.email, person_id=restricted.pk)).state == Mail.State.SENT


# --- The staff screen ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "may"),
    [("back_office", True), ("superuser", True), ("editor", False), ("participant", False)],
)
def test_the_back_office_sees_whose_data_is_restricted(request, sign_in, who: str, may: bool):
    person = PersonFactory(first_name="Rik", last_name="Rust")
    restrict(person_id=person.pk, ground=GROUND, by=None)
    answer = sign_in(request.getfixturevalue(who)).get("/beheer/beperkingen/")
    assert (answer.status_code == 200) is may
    assert ("Rik Rust" in answer.text) is may


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_restrictions_costs_the_same_with_any_number_of_rows(
    sign_in, back_office, rows: int, django_assert_max_num_queries
):
    browser = sign_in(back_office)
    browser.get("/beheer/beperkingen/")
    for _ in range(rows):
        restrict(person_id=PersonFactory().pk, ground=GROUND, by=None)
    with django_assert_max_num_queries(16):
        assert browser.get("/beheer/beperkingen/").text.count(GROUND) == rows
