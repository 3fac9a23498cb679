"""Queries about people, and the back office's screens of them (P17; STANDARDS 3.16, 6.14)."""

import logging
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from legal.rights.obstacles import obstacles_to_erasing
from legal.rights.queries import plan
from legal.rights.services import restrict
from portal.accounts.models import Person, Title, User
from portal.accounts.roles import BACK_OFFICE, RIGHTS, sync_roles
from portal.enrolments.services import cancel, export_billing
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.planning import MeetingFactory, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

PEOPLE = "/beheer/mensen/"
USERS = "/beheer/users/"
NEW = {"first_name": "Nina", "last_name": "Nieuw", "email": "nina@nieuw.example", "language": "nl"}


def test_titles_are_data_and_told_in_both_languages():
    from django.utils import translation

    title = Title.objects.get(code="RA")
    assert str(title) == "RA (registeraccountant)"
    with translation.override("en"):
        assert str(title) == "RA (chartered accountant)"


@pytest.mark.promise("P17")
@pytest.mark.parametrize("role", ["editor", "writer", "participant", "speaker", "contact"])
def test_nobody_but_the_back_office_sees_people(sign_in, request, role: str, colleague: User):
    browser = sign_in(request.getfixturevalue(role))
    for address in (PEOPLE, f"{PEOPLE}edit/{colleague.person.pk}/", f"{PEOPLE}?q=elders"):
        answer = browser.get(address)
        assert answer.status_code in {302, 404}
        assert "Coby" not in answer.text


@pytest.mark.parametrize("role", ["participant", "speaker", "contact", "outsider"])
@pytest.mark.parametrize("path", ["/beheer/", "/beheer/mensen/", "/beheer/pages/", "/beheer/x/"])
def test_the_staff_screens_do_not_exist_for_who_is_no_staff(
    house: House, sign_in, request, role: str, path: str
):
    assert sign_in(request.getfixturevalue(role)).get(path).status_code == 404


@pytest.mark.each_database
def test_the_back_office_finds_somebody(sign_in, back_office: User, colleague: User):
    browser = sign_in(back_office)
    assert "Coby Collega" in browser.get(PEOPLE).text
    assert "Coby Collega" in browser.get(f"{PEOPLE}?q=elders").text
    assert "Coby Collega" not in browser.get(f"{PEOPLE}?q=nergens").text


def test_who_the_back_office_enters_is_known_to_come_from_there(sign_in, back_office: User):
    assert sign_in(back_office).post(f"{PEOPLE}new/", NEW).status_code == 302
    assert Person.objects.get(last_name="Nieuw").source == Person.Source.BACK_OFFICE


def test_the_log_names_nobody(sign_in, back_office: User, colleague: User):
    browser = sign_in(back_office)
    browser.post(f"{PEOPLE}new/", NEW)
    browser.post(f"{PEOPLE}edit/{colleague.person.pk}/", NEW | {"email": "coby@elders.example"})
    labels = list(ModelLogEntry.objects.values_list("label", flat=True))
    assert len(labels) == 2
    assert not any("Nina" in label or "Coby" in label for label in labels)


def test_who_is_deleted_is_not_named_in_the_log(sign_in, superuser: User):
    person = PersonFactory(first_name="Nina", last_name="Nieuw")
    browser = sign_in(superuser)
    assert browser.get(f"{PEOPLE}delete/{person.pk}/").status_code == 200
    assert browser.post(f"{PEOPLE}delete/{person.pk}/", agreed(person)).status_code == 302
    assert not Person.objects.filter(pk=person.pk).exists()
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.deleted, entry.user) == ("wagtail.delete", True, superuser)
    assert "Nina" not in entry.label + str(entry.data)


def agreed(person: Person) -> dict[str, str]:
    """The form of the screen that shows what will happen."""
    return {"plan": plan(person_id=person.pk).digest}


@pytest.mark.each_database
@pytest.mark.promise("P23")
def test_the_back_office_erases_somebody_with_an_account(
    sign_in, back_office: User, colleague: User, caplog
):
    caplog.set_level(logging.INFO, logger="pluc.rights")
    other = sign_in(colleague)
    browser, address = sign_in(back_office), f"{PEOPLE}delete/{colleague.person_id}/"
    page = browser.get(address).text
    assert "Je account" in page
    assert plan(person_id=colleague.person_id).digest in page
    assert browser.post(address, agreed(colleague.person)).status_code == 302
    assert not Person.objects.filter(pk=colleague.person_id).exists()
    assert not User.objects.filter(pk=colleague.pk).exists()
    assert other.get("/mijn/account/").status_code == 302, "and is signed in nowhere"
    assert f"Person {colleague.person_id} erased by user {back_office.pk}" in caplog.text
    assert "Coby" not in caplog.text


def test_nobody_is_erased_otherwise_than_was_shown(sign_in, back_office: User, colleague: User):
    browser, address = sign_in(back_office), f"{PEOPLE}delete/{colleague.person_id}/"
    shown = agreed(colleague.person)
    colleague.person.titles.add(Title.objects.get(code="RA"))
    for form in ({}, {"plan": "x"}, shown):
        answer = browser.post(address, form, follow=True)
        assert answer.redirect_chain == [(address, 302)]
        assert [told.level_tag for told in answer.context["messages"]] == ["error"]
    assert Person.objects.filter(pk=colleague.person_id).exists()
    assert not ModelLogEntry.objects.exists()


@pytest.mark.each_database
@pytest.mark.promise("P26")
def test_what_is_in_the_way_is_said_and_nothing_is_erased(
    sign_in, back_office: User, editor: User, colleague: User
):
    browser = sign_in(back_office)
    restrict(person_id=colleague.person_id, ground="on request", by=None)
    place = enrol(MeetingFactory(), attendee(email="pim@elders.example"))[0]
    owed = enrol(MeetingFactory(day=in_days(-3), price=Decimal(195)), as_staff=True)[0]
    other, payer = attendee(3, is_payer=False), {"payer_email": "bea@elders.example"}
    booked = enrol(MeetingFactory(), other, payer_name="Bea Boeker", **payer)[0]
    ways = {
        booked.booking.payer: "Annuleer die eerst",
        colleague.person: "Hef eerst de beperking op",
        editor.person: "Haal eerst de rollen weg",
        place.person: "Annuleer die eerst",
        owed.person: "Geef dat eerst door aan de boekhouding",
    }
    for person, sentence in ways.items():
        address = f"{PEOPLE}delete/{person.pk}/"
        page = browser.get(address).text
        assert sentence in page
        assert 'name="plan"' not in page
        told = browser.post(address, agreed(person), follow=True)
        assert sentence in told.text
        assert Person.objects.filter(pk=person.pk).exists()


def test_what_is_to_be_paid_back_is_in_the_way_too():
    place = enrol(MeetingFactory(day=in_days(-3), price=Decimal(195)), as_staff=True)[0]
    export_billing(by=None)
    assert obstacles_to_erasing(person_id=place.person_id) == []
    cancel(enrolment_id=place.pk, by=None, as_staff=True)
    assert len(obstacles_to_erasing(person_id=place.person_id)) == 1


# --- Users ---------------------------------------------------------------------------------------


def typed(user: User, **fields: object) -> dict[str, object]:
    """The form of a user as it stands, with changes."""
    shown = {"first_name": user.first_name, "last_name": user.last_name, "email": user.email}
    return shown | {"is_active": "on"} | fields


@pytest.mark.each_database
def test_the_log_names_no_users_either(sign_in, superuser: User, colleague: User):
    browser = sign_in(superuser)
    secret = "een-lang-zinnetje-met-peren"
    new = NEW | {"password1": secret, "password2": secret}
    assert browser.post(f"{USERS}new/", new).status_code == 302
    assert browser.post(f"{USERS}edit/{colleague.pk}/", typed(colleague)).status_code == 302
    assert browser.post(f"{USERS}delete/{colleague.pk}/").status_code == 302
    entries = list(ModelLogEntry.objects.order_by("timestamp"))
    actions = ["wagtail.create", "wagtail.edit", "wagtail.delete"]
    assert [entry.action for entry in entries] == actions
    assert {entry.user for entry in entries} == {superuser}
    kept = " ".join(entry.label + str(entry.data) for entry in entries)
    assert not any(word in kept for word in ("Nina", "Coby", "@"))


def test_with_a_login_gone_its_person_stays(sign_in, superuser: User, colleague: User):
    sign_in(superuser).post(f"{USERS}delete/{colleague.pk}/")
    assert not User.objects.filter(pk=colleague.pk).exists()
    assert not Person.objects.get(pk=colleague.person_id).has_login


def test_a_change_of_rights_is_logged_by_number(sign_in, superuser: User, colleague: User, caplog):
    browser = sign_in(superuser)
    caplog.set_level(logging.INFO, logger="pluc.accounts")
    caplog.clear()
    browser.post(f"{USERS}edit/{colleague.pk}/", typed(colleague))
    assert not caplog.messages, "nothing changed"
    group = Group.objects.get(name=BACK_OFFICE)
    rights = typed(colleague, groups=[group.pk], is_superuser="on")
    browser.post(f"{USERS}edit/{colleague.pk}/", rights)
    (line,) = caplog.messages
    assert f"User {colleague.pk}:" in line
    assert f"([], False) -> (['{BACK_OFFICE}'], True)" in line
    assert "Coby" not in line
    assert "@" not in line


@pytest.mark.each_database
def test_a_role_given_to_many_at_once_is_logged_by_number(
    sign_in, superuser: User, colleague: User, caplog
):
    browser = sign_in(superuser)
    caplog.set_level(logging.INFO, logger="pluc.accounts")
    group = Group.objects.get(name=BACK_OFFICE)
    address = f"/beheer/bulk/accounts/user/assign_role/?id={colleague.pk}"
    assert browser.post(address, {"role": group.pk}).status_code == 302
    assert list(colleague.groups.all()) == [group]
    assert f"Users [{colleague.pk}]: assign_role {BACK_OFFICE}" in caplog.messages[-1]


@pytest.mark.parametrize("name", ["first_name", "last_name"])
def test_a_hostile_name_of_a_user_is_refused(sign_in, superuser: User, colleague: User, name: str):
    hostile = typed(colleague, **{name: "Peer\u202e"})
    answer = sign_in(superuser).post(f"{USERS}edit/{colleague.pk}/", hostile)
    assert answer.context["form"].errors[name]


def test_the_address_of_an_account_is_changed_by_its_owner_alone(
    sign_in, back_office: User, colleague: User
):
    browser = sign_in(back_office)
    answer = browser.post(f"{PEOPLE}edit/{colleague.person.pk}/", NEW)
    assert answer.status_code == 200
    colleague.person.refresh_from_db()
    assert colleague.person.email == "coby@elders.example"


def test_hostile_text_about_somebody_is_refused(sign_in, back_office: User):
    hostile = NEW | {"last_name": "Nieuw\u202e"}
    assert sign_in(back_office).post(f"{PEOPLE}new/", hostile).status_code == 200
    assert not Person.objects.filter(first_name="Nina").exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_people_costs_no_more_with_more_people(sign_in, back_office: User, number: int):
    for _ in range(number):
        UserFactory()
        PersonFactory()
    browser = sign_in(back_office)
    browser.get(PEOPLE)
    with CaptureQueriesContext(connection) as queries:
        browser.get(PEOPLE)
    assert len(queries) <= 22


@pytest.mark.each_database
def test_a_right_given_by_hand_is_taken_back_at_the_next_migration(back_office: User):
    from django.contrib.auth.models import Permission

    group = Group.objects.get(name=BACK_OFFICE)
    group.permissions.add(Permission.objects.get(codename="change_user"))
    sync_roles()
    codenames = {
        f"{p.content_type.app_label}.{p.codename}"
        for p in group.permissions.select_related("content_type")
    }
    assert codenames == set(RIGHTS[BACK_OFFICE])
