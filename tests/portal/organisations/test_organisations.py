"""Organisations in the staff screens, and who is a partner."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.organisations.models import Contact, Organisation
from portal.organisations.queries import partner_with_slug
from tests.planning import ContactFactory, MeetingFactory, OrganisationFactory
from tests.portal.meetings.planned import in_english, log_of, sent, soup_of

pytestmark = pytest.mark.django_db
ORGANISATIONS = "/beheer/organisaties/"
NEW = {"name": "Peer & Zonen", "slug": "peer", "colour": "leaf", "is_employer": "on"}


def test_every_change_is_logged_with_who_and_when(office: Client, back_office: User):
    assert office.post(f"{ORGANISATIONS}new/", NEW).status_code == 302
    row = Organisation.objects.get()
    answer = sent(office, f"{ORGANISATIONS}edit/{row.pk}/", "slug", is_partner="on")
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.is_partner
    assert office.post(f"{ORGANISATIONS}delete/{row.pk}/").status_code == 302
    entries = log_of(row)
    assert [entry.action for entry in entries] == [
        f"wagtail.{deed}" for deed in ("create", "edit", "delete")
    ]
    assert {entry.user for entry in entries} == {back_office}
    assert all(entry.timestamp for entry in entries)


@pytest.mark.parametrize("role", ["client", "partner"])
def test_an_organisation_with_meetings_stays_and_says_so(office: Client, role: str):
    row = OrganisationFactory()
    MeetingFactory(**{role: row})
    answer = office.post(f"{ORGANISATIONS}delete/{row.pk}/", follow=True)
    assert answer.redirect_chain == [(ORGANISATIONS, 302)]
    assert "It is in use, so it stays." in soup_of(answer).text
    assert Organisation.objects.filter(pk=row.pk).exists()
    assert log_of(row) == []


@pytest.mark.either_database
def test_without_an_organisation_there_is_nothing_to_see_of_it(office: Client, contact: User):
    row = ContactFactory(person=contact.person).organisation
    assert office.post(f"{ORGANISATIONS}delete/{row.pk}/").status_code == 302
    assert not Contact.objects.exists()


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Kwekerij"}, "name"),
        ({"slug": "kwekerij"}, "slug"),
        ({"slug": "een twee"}, "slug"),
        ({"colour": "paars"}, "colour"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "nergens"}, "website"),
        ({"name": "x" * 151}, "name"),
        ({"name": "a\0b"}, "name"),
    ],
)
def test_a_fault_is_told_at_its_field(office: Client, typed: dict[str, str], field: str):
    OrganisationFactory(name="Kwekerij", slug="kwekerij")
    answer = office.post(f"{ORGANISATIONS}new/", NEW | typed)
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert in_english(errors[field])
    assert Organisation.objects.count() == 1


def test_organisations_are_found_by_their_name(office: Client):
    for name in ("Peer & Zonen", "Pruim B.V."):
        OrganisationFactory(name=name)
    text = office.get(f"{ORGANISATIONS}?q=zonen").text
    assert "Peer &amp; Zonen" in text
    assert "Pruim" not in text


@pytest.mark.either_database
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_as_many_queries_for_one_as_for_three(office_at_work: Client, number: int):
    for _ in range(number):
        OrganisationFactory()
    with CaptureQueriesContext(connection) as queries:
        office_at_work.get(ORGANISATIONS)
    assert len(queries) == 10


@pytest.mark.either_database
@pytest.mark.promise("P17")
@pytest.mark.parametrize("role", ["participant", "speaker", "contact", "outsider", "editor"])
def test_who_is_no_back_office_sees_and_changes_none(sign_in, request, role: str):
    row = OrganisationFactory(name="Geheime klant", invoice_street="Perenlaan 1")
    browser = sign_in(request.getfixturevalue(role))
    for deed in ("", "new/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        answer = browser.get(f"{ORGANISATIONS}{deed}")
        assert answer.status_code == (302 if role == "editor" else 404)
        assert "Geheime klant" not in answer.text
        browser.post(f"{ORGANISATIONS}{deed}", NEW)
    assert list(Organisation.objects.all()) == [row]
    assert not ModelLogEntry.objects.exists()


# --- Queries -------------------------------------------------------------------------------------


def test_a_partner_is_found_by_name_and_nobody_else_is():
    partner = OrganisationFactory(slug="peer", is_partner=True)
    OrganisationFactory(slug="pruim", is_client=True, is_bureau=True)
    assert partner_with_slug(slug="peer") == partner
    for slug in ("pruim", "niemand", "", "\0", "' OR 1=1", "x" * 500):
        assert partner_with_slug(slug=slug) is None


def test_one_organisation_may_be_several_things_at_once():
    both: dict[str, Any] = {"is_client": True, "is_partner": True}
    row = OrganisationFactory(**both)
    OrganisationFactory()
    assert list(Organisation.objects.clients()) == list(Organisation.objects.partners()) == [row]


def test_a_short_name_is_chosen_once(office: Client):
    partner = OrganisationFactory(slug="gilde", is_partner=True, name="Gilde")
    address = f"/beheer/organisaties/edit/{partner.pk}/"
    field = soup_of(office.get(address)).select_one("[name=slug]")
    assert field.has_attr("disabled")
    typed = {"name": "Gilde & Co", "slug": "anders", "colour": partner.colour, "is_partner": "on"}
    assert office.post(address, typed).status_code == 302
    partner.refresh_from_db()
    assert (partner.name, partner.slug) == ("Gilde & Co", "gilde")
