"""One person, typed twice: one place, one address, one password (docs/decisions/0029)."""

import unicodedata

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from pluc.mailboxes import mailbox_of
from portal.accounts.backends import ProvenAddressBackend
from portal.accounts.models import Person, User
from portal.contact.models import ContactMessage
from portal.contact.services import Typed, receive
from portal.enrolments.models import Enrolment
from tests.enrolling import attendee, enrol, states_in
from tests.factories import UserFactory
from tests.hashers import QuickArgon2PasswordHasher as Hasher
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
COMPOSED = "een perzik van café zuid"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)
WIDE = "\u200bｇｕｕｓ@kantoor.example\u202c"


@pytest.mark.parametrize(
    "typed",
    [
        {"first_name": "Coe\u0308n"},
        {"last_name": "d´Ancona\u2010D\u0132k"},
        {"last_name": "d'An\u200bcona-Dĳk"},
        {"first_name": "COËN", "last_name": "D’ANCONA – DIJK"},
    ],
)
def test_one_person_has_one_place_however_they_are_typed(typed: dict[str, str]):
    meeting = MeetingFactory()
    plain = {"first_name": "Coën", "last_name": "d’Ancona-Dijk", "email": "coen@kantoor.example"}
    enrol(meeting, attendee(**plain))
    enrol(meeting, attendee(**plain | typed))
    assert states_in(meeting) == ["enrolled"]
    assert Person.objects.count() == 1


# --- Addresses -----------------------------------------------------------------------------------


def test_an_address_is_cleaned_wherever_it_comes_in(sign_in, superuser: User):
    browser, guest = sign_in(superuser), Client()
    name = {"first_name": "Guus", "last_name": "Gast", "email": WIDE}
    guest.post(f"/mijn/bijeenkomsten/{MeetingFactory().code}/aanmelden/", name)
    typed = Typed(name="Guus", email=WIDE, phone="", topic="", text="Hoi")
    receive(typed=typed, language="nl")
    browser.post("/beheer/mensen/new/", name | {"language": "nl"})
    secret = {"password1": COMPOSED, "password2": COMPOSED}
    browser.post("/beheer/users/new/", name | secret)
    User.objects.create_superuser(WIDE.replace("ｇ", "b"), COMPOSED)
    Enrolment.objects.update(email=WIDE)  # past every form
    stored = {
        *Person.objects.exclude(user=superuser).values_list("email", flat=True),
        *User.objects.exclude(pk=superuser.pk).values_list("email", flat=True),
        *Enrolment.objects.values_list("email", flat=True),
        *ContactMessage.objects.values_list("email", flat=True),
    }
    assert stored == {"guus@kantoor.example", "buus@kantoor.example"}


def test_signing_in_takes_the_address_as_it_is_pasted():
    user = UserFactory(person__email="guus@kantoor.example", password=COMPOSED)
    browser = Client()
    form = {"login": WIDE, "password": COMPOSED}
    assert browser.post("/mijn/inloggen/", form).status_code == 302
    assert browser.session["_auth_user_id"] == str(user.pk)


def test_a_mailbox_is_counted_once_however_it_is_written():
    assert mailbox_of("Gu\u200bus+pe@Kantoor。example") == mailbox_of("guus@kantoor.example")


# --- Passwords -----------------------------------------------------------------------------------


def test_a_password_is_the_same_on_every_keyboard():
    user = UserFactory(password=DECOMPOSED)
    assert user.check_password(COMPOSED)
    assert user.check_password(DECOMPOSED)
    assert not user.check_password(COMPOSED.replace("é", "e"))


def test_a_password_that_was_hashed_as_typed_keeps_working():
    user = UserFactory()
    user.password = make_password(DECOMPOSED)
    assert user.check_password(DECOMPOSED)


def test_a_password_is_as_long_as_what_is_stored():
    with pytest.raises(ValidationError):
        validate_password("e\u0301i\u0301o\u0301u\u0301a\u0301y\u0301")
    validate_password("éíóúáýéàòùèÿ")


def test_an_unknown_address_costs_as_many_hashes_as_a_known_one(monkeypatch):
    UserFactory(person__email="guus@kantoor.example", password="iets anders dan dit")
    counts = []
    for email in ("guus@kantoor.example", "niemand@kantoor.example"):
        made: list[str] = []
        for name in ("encode", "verify"):
            monkeypatch.setattr(Hasher, name, counted(getattr(Argon2PasswordHasher, name), made))
        ProvenAddressBackend().authenticate(None, email=email, password=DECOMPOSED)
        counts.append(len(made))
    assert counts == [2, 2]


def counted(do, made: list[str]):
    """The same function, which notes each call."""

    def wrapper(self, *args, **kwargs):
        made.append(do.__name__)
        return do(self, *args, **kwargs)

    return wrapper
