"""Contacts: who may see what for an organisation, from which day, and until and including which."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.organisations.models import Contact, Organisation
from tests.factories import PersonFactory, UserFactory
from tests.planning import ContactFactory, OrganisationFactory, in_days
from tests.portal.meetings.planned import filled_in, in_english, log_of, sent, soup_of

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
CONTACTS = "/beheer/contactpersonen/"
Scope = Contact.Scope


def typed(organisation: Organisation, email: str, **fields: Any) -> dict[str, Any]:
    plain = {"organisation": organisation.pk, "scope": Scope.CLIENT, "starts_on": f"{in_days(0)}"}
    return plain | {"ends_on": "", "email": email} | fields


def errors_of(answer: Any, field: str) -> list[str]:
    assert answer.status_code == 200
    return in_english(answer.context["form"].errors.get(field, []))


# --- Granting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["chris@klant.example", " CHRIS@klant.example"])
def test_a_grant_is_given_by_the_address_one_signs_in_with(
    office: Client, contact: User, back_office: User, email: str
):
    client = OrganisationFactory(is_client=True)
    answer = office.post(f"{CONTACTS}new/", typed(client, email, ends_on=f"{in_days(90)}"))
    assert answer.status_code == 302
    row = Contact.objects.get()
    assert (row.person, row.organisation, row.ends_on) == (contact.person, client, in_days(90))
    assert [(one.action, one.user) for one in log_of(row)] == [("wagtail.create", back_office)]


def test_a_grant_lets_one_into_the_organisations_room(office: Client):
    user = UserFactory()
    office.post(f"{CONTACTS}new/", typed(OrganisationFactory(is_client=True), user.email))
    assert User.objects.get(pk=user.pk).has_perm("accounts.enter_organisations_room")


@pytest.mark.each_database
@pytest.mark.parametrize("email", ["niemand@klant.example", "gast@klant.example"])
def test_an_address_that_nobody_signs_in_with_is_refused(office: Client, email: str):
    PersonFactory(email="gast@klant.example")
    answer = office.post(f"{CONTACTS}new/", typed(OrganisationFactory(), email))
    assert errors_of(answer, "email") == ["Nobody signs in with this address yet."]
    assert filled_in(answer, "email")["email"] == [email]
    assert not Contact.objects.exists()


@pytest.mark.parametrize("email", ["", "geen adres", "a\0@b.example"])
def test_what_is_no_address_is_refused(office: Client, email: str):
    answer = office.post(f"{CONTACTS}new/", typed(OrganisationFactory(), email))
    assert errors_of(answer, "email")
    assert not Contact.objects.exists()


def test_an_end_before_the_first_day_is_refused_in_a_sentence(office: Client, contact: User):
    wrong = typed(OrganisationFactory(), contact.email, ends_on=f"{in_days(-1)}")
    answer = office.post(f"{CONTACTS}new/", wrong)
    assert errors_of(answer, "ends_on") == ["This is before the first day. Choose a later one."]
    assert list(answer.context["form"].errors) == ["ends_on"]
    assert not Contact.objects.exists()
    same_day = wrong | {"ends_on": wrong["starts_on"]}
    assert office.post(f"{CONTACTS}new/", same_day).status_code == 302


@pytest.mark.each_database
def test_the_database_refuses_an_end_before_the_first_day_too(contact: User):
    row = ContactFactory(person=contact.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=row.pk).update(ends_on=in_days(-1))


@pytest.mark.each_database
def test_the_same_grant_is_given_once(office: Client, contact: User):
    row = ContactFactory(person=contact.person)
    again = typed(row.organisation, contact.email)
    answer = office.post(f"{CONTACTS}new/", again)
    assert errors_of(answer, "email") == ["This person may see this already. Change that line."]
    assert office.post(f"{CONTACTS}new/", again | {"scope": Scope.BUREAU}).status_code == 302
    other = typed(OrganisationFactory(), contact.email)
    assert office.post(f"{CONTACTS}new/", other).status_code == 302
    assert Contact.objects.count() == 3


# --- Changing and ending -------------------------------------------------------------------------


def test_a_grant_is_ended_and_logged(office: Client, contact: User, back_office: User):
    row = ContactFactory(person=contact.person)
    address = f"{CONTACTS}edit/{row.pk}/"
    assert filled_in(office.get(address), "email")["email"] == [contact.email]
    assert sent(office, address, "email", ends_on=f"{in_days(3)}").status_code == 302
    row.refresh_from_db()
    assert (row.ends_on, row.person) == (in_days(3), contact.person)
    assert [(one.action, one.user) for one in log_of(row)] == [("wagtail.edit", back_office)]


@pytest.mark.each_database
def test_a_grant_can_be_ended_when_the_login_is_gone(office: Client, contact: User):
    row = ContactFactory(person=contact.person)
    contact.delete()
    answer = sent(office, f"{CONTACTS}edit/{row.pk}/", "email", ends_on=f"{in_days(0)}")
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.ends_on == in_days(0)


@pytest.mark.each_database
def test_a_grant_can_be_given_to_a_successor(office: Client, contact: User):
    row, other = ContactFactory(person=contact.person), UserFactory()
    sent(office, f"{CONTACTS}edit/{row.pk}/", "email", email=other.email)
    row.refresh_from_db()
    assert row.person == other.person


def test_a_grant_is_taken_back_and_the_log_names_nobody(office: Client, contact: User, back_office):
    row = ContactFactory(person=contact.person)
    assert office.post(f"{CONTACTS}delete/{row.pk}/").status_code == 302
    (entry,) = log_of(row)
    assert (entry.action, entry.user, entry.deleted) == ("wagtail.delete", back_office, True)
    assert "Chris" not in entry.label
    assert not Contact.objects.exists()


def test_the_list_tells_who_may_see_what(office: Client, contact: User):
    row = ContactFactory(person=contact.person)
    text = soup_of(office.get(CONTACTS)).text
    assert "Chris Contact" in text
    assert row.organisation.name in text


@pytest.mark.promise("P17")
@pytest.mark.parametrize("role", ["participant", "speaker", "contact", "outsider", "editor"])
def test_who_is_no_back_office_gives_nobody_anything(sign_in, request, role: str, colleague: User):
    row = ContactFactory(person=colleague.person)
    user = request.getfixturevalue(role)
    browser, own = sign_in(user), typed(row.organisation, user.email)
    for deed in ("", "new/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        answer = browser.get(f"{CONTACTS}{deed}")
        assert answer.status_code == (302 if role == "editor" else 404)
        assert "Coby" not in answer.text
        browser.post(f"{CONTACTS}{deed}", own)
    assert list(Contact.objects.all()) == [row]
    assert not ModelLogEntry.objects.exists()
