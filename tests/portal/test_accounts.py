"""People and their logins (DESIGN, People; STANDARDS 6.7 to 6.13)."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from home.roles import EDITORS
from pluc.outbox.models import Mail
from portal.accounts.models import Person, User
from tests.factories import PersonFactory, UserFactory
from tests.houses import House
from tests.mails import links_in, newest_to, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

PASSWORD = "acht abrikozen op een rij"


@pytest.fixture
def roos(editor: User) -> User:
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def sign_in_at(house: House, email: str, password: str) -> tuple[Client, int]:
    browser = house.guest()
    form = {"login": email, "password": password}
    return browser, browser.post(house.portal_path("/inloggen/"), form).status_code


# --- Person and User -----------------------------------------------------------------------------


@pytest.mark.each_database
def test_several_people_may_share_an_address():
    PersonFactory(email="secretariaat@kantoor.example")
    PersonFactory(email="secretariaat@kantoor.example")
    assert Person.objects.filter(email="secretariaat@kantoor.example").count() == 2


@pytest.mark.each_database
def test_a_login_has_an_address_of_its_own_whatever_the_case_of_its_letters():
    UserFactory(email="roos@pluc.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="ROOS@pluc.example")


@pytest.mark.each_database
def test_a_person_has_one_login_at_most():
    person = PersonFactory()
    UserFactory(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(person=person, email="tweede@pluc.example")


@pytest.mark.each_database
def test_a_person_with_a_login_is_not_deleted_by_accident():
    user = UserFactory()
    with pytest.raises(ProtectedError):
        user.person.delete()


def test_a_superuser_is_a_person_too():
    user = User.objects.create_superuser("nieuw@pluc.example", PASSWORD)
    assert user.is_staff
    assert user.is_superuser
    assert user.person.email == "nieuw@pluc.example"
    assert user.check_password(PASSWORD)


def test_a_login_takes_its_name_from_its_person():
    user = UserFactory(person__first_name="Roos", person__last_name="Redactie")
    assert user.get_full_name() == "Roos Redactie"
    assert user.get_short_name() == "Roos"
    assert str(user.person) == "Roos Redactie"


# --- Passwords -----------------------------------------------------------------------------------


def test_passwords_are_kept_as_argon2():
    user = UserFactory()
    user.set_password(PASSWORD)
    assert user.password.startswith("argon2")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elf tekens!", "password_too_short"),
        ("qwerty123456", "password_too_common"),
        ("welkom bij Pluc", "password_context_word"),
        ("aaaaaaaaaaaa", "password_repeats"),
        ("passwordpassword", "password_repeats"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str):
    with pytest.raises(ValidationError) as caught:
        validate_password(password)
    assert [error.code for error in caught.value.error_list] == [why]


def test_a_password_like_ones_own_name_is_refused(participant: User):
    with pytest.raises(ValidationError) as caught:
        validate_password("dirk@kantoor.example", participant)
    assert [error.code for error in caught.value.error_list] == ["password_too_similar"]


@pytest.mark.each_database
@pytest.mark.parametrize("password", [PASSWORD, "x" * 5 + " " + "y" * 60, "twaalf tekens"])
def test_a_long_password_needs_no_signs_or_figures(password: str):
    validate_password(password)


# --- Signing in and out --------------------------------------------------------------------------


def test_the_right_password_opens_the_staff_screens(house: House, roos: User):
    browser, status = sign_in_at(house, roos.email, PASSWORD)
    assert status == 302
    assert settings.SESSION_COOKIE_NAME.endswith("sessionid")
    assert browser.get("/beheer/").status_code == 200


@pytest.mark.each_database
def test_the_letters_of_an_address_may_be_large(house: House, roos: User):
    assert sign_in_at(house, roos.email.upper(), PASSWORD)[1] == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(house: House, roos: User):
    def answer(email: str) -> tuple[int, str]:
        form = {"login": email, "password": "iets heel anders"}
        response = house.guest().post(house.portal_path("/inloggen/"), form)
        token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        return response.status_code, token.sub("", response.text).replace(email, "...")

    assert answer(roos.email) == answer("niemand@pluc.example")


def test_what_was_typed_is_kept_but_for_the_password(house: House, roos: User):
    form = {"login": "niemand@pluc.example", "password": "iets heel anders"}
    answer = house.guest().post(house.portal_path("/inloggen/"), form).text
    assert "niemand@pluc.example" in answer
    assert "iets heel anders" not in answer


def test_who_is_no_longer_active_cannot_sign_in(house: House, roos: User):
    roos.is_active = False
    roos.save()
    browser, _ = sign_in_at(house, roos.email, PASSWORD)
    assert browser.get("/beheer/").status_code == 302


def test_five_wrong_passwords_close_the_door_for_the_right_one(house: House, roos: User):
    for _ in range(5):
        sign_in_at(house, roos.email, "iets heel anders")
    assert sign_in_at(house, roos.email, PASSWORD)[1] != 302


def test_a_spoofed_address_does_not_reopen_the_door(house: House, roos: User):
    form = {"login": roos.email, "password": "iets heel anders"}
    for number in range(5):
        browser = house.guest(**{"x-forwarded-for": f"203.0.113.{number}"})
        browser.post(house.portal_path("/inloggen/"), form)
    browser = house.guest(**{"x-forwarded-for": "203.0.113.99"})
    right = form | {"password": PASSWORD}
    assert browser.post(house.portal_path("/inloggen/"), right).status_code != 302


def test_the_session_key_changes_at_sign_in(house: House, roos: User):
    browser = house.guest()
    session = browser.session
    session["seen"] = True
    session.save()
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    form = {"login": roos.email, "password": PASSWORD}
    browser.post(house.portal_path("/inloggen/"), form)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_foreign_next_is_ignored(house: House, roos: User, next_: str):
    browser = house.guest()
    form = {"login": roos.email, "password": PASSWORD, "next": next_}
    response = browser.post(house.portal_path("/inloggen/"), form)
    assert response.status_code == 302
    assert "evil.example" not in response["Location"]


def test_signing_out_takes_a_post_and_ends_the_session(house: House, sign_in, editor: User):
    browser = sign_in(editor)
    browser.get(house.portal_path("/uitloggen/"))
    assert browser.get("/beheer/").status_code == 200
    browser.post(house.portal_path("/uitloggen/"))
    assert browser.get("/beheer/").status_code == 302


# --- Users in the staff screens ------------------------------------------------------------------

NEW_USER = {
    "email": "nieuw@pluc.example",
    "first_name": "Nina",
    "last_name": "Nieuw",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "is_active": "on",
}


@pytest.mark.each_database
def test_a_superuser_makes_a_colleague_with_a_person(sign_in, superuser: User):
    form = NEW_USER | {"groups": [Group.objects.get(name=EDITORS).pk]}
    response = sign_in(superuser).post(reverse("wagtailusers_users:add"), form)
    assert response.status_code == 302
    user = User.objects.get(email="nieuw@pluc.example")
    assert user.is_staff
    assert (user.person.first_name, user.person.last_name) == ("Nina", "Nieuw")
    assert user.person.email == "nieuw@pluc.example"


@pytest.mark.each_database
def test_editing_a_colleague_changes_the_person(sign_in, superuser: User, editor: User):
    address = reverse("wagtailusers_users:edit", args=[editor.pk])
    browser = sign_in(superuser)
    initial = browser.get(address).context["form"].initial
    assert (initial["first_name"], initial["last_name"]) == ("Roos", "Redactie")
    form = {"email": editor.email, "first_name": "Roos", "last_name": "de Vries", "is_active": "on"}
    browser.post(address, form)
    editor.person.refresh_from_db()
    assert editor.person.full_name == "Roos de Vries"
    assert Person.objects.filter(last_name="de Vries").count() == 1


def test_another_address_that_staff_type_counts_once_its_mailbox_proves_it(
    sign_in, superuser: User, editor: User
):
    old, new = editor.email, "roos@nieuw.example"
    form = {"first_name": "Roos", "last_name": "de Vries", "is_active": "on"}
    address = reverse("wagtailusers_users:edit", args=[editor.pk])
    sign_in(superuser).post(address, form | {"email": new})
    editor.refresh_from_db()
    assert (editor.email, editor.person.email) == (old, old), "a typing error gives nothing away"
    assert new in sign_in(superuser).get(address).text, "staff see what waits"
    sign_in(superuser).post(address, form | {"email": old})
    assert [mail.recipient for mail in Mail.objects.all()] == [new]
    path = "/" + links_in(newest_to(new))[0].split("/", 3)[3]
    sign_in(editor).post(path)
    editor.refresh_from_db()
    assert editor.email == new
    told = newest_to(old)
    assert "gewijzigd" in told["Subject"]
    assert new not in text_of(told), "masked"


def test_an_address_of_a_colleague_that_nobody_has_proven_is_simply_corrected(
    sign_in, superuser: User
):
    browser = sign_in(superuser)
    browser.post(reverse("wagtailusers_users:add"), NEW_USER | {"email": "niuew@pluc.example"})
    user = User.objects.get(email="niuew@pluc.example")
    browser.post(reverse("wagtailusers_users:edit", args=[user.pk]), NEW_USER)
    user.refresh_from_db()
    assert user.email == user.person.email == NEW_USER["email"]
    row = EmailAddress.objects.get(user=user)
    assert (row.email, row.verified) == (NEW_USER["email"], False)
    assert not Mail.objects.exists(), "the mistyped mailbox is told nothing"


def test_a_form_that_fails_leaves_no_person_behind(sign_in, superuser: User, editor: User):
    before = Person.objects.count()
    form = NEW_USER | {"email": editor.email}
    response = sign_in(superuser).post(reverse("wagtailusers_users:add"), form)
    assert response.status_code == 200
    assert "Nina" in response.text
    assert Person.objects.count() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_users_costs_no_more_with_more_users(
    sign_in, superuser: User, number: int, django_assert_max_num_queries
):
    for _ in range(number):
        UserFactory(is_staff=True)
    browser = sign_in(superuser)
    address = reverse("wagtailusers_users:index")
    browser.get(address)
    with django_assert_max_num_queries(20):
        browser.get(address)
