"""How the portal says things: devices in plain words, codes to type over, forms of one mind."""

import pytest
from django.utils import translation

from portal.accounts.devices import device_in_words
from portal.accounts.errors import ACCOUNT_ERRORS, FACTOR_ERRORS
from portal.accounts.forms import access
from portal.accounts.models import User
from portal.accounts.templatetags.account_tags import in_fours
from tests.houses import House

pytestmark = pytest.mark.either_database

PASSWORD = "acht abrikozen op een rij"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5"
DEVICES = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0": (
        "Firefox on Windows"
    ),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0": (
        "Edge on Windows"
    ),
    f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36": (
        "Chrome on Android"
    ),
    f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Safari/537": (
        "Samsung Internet on Android"
    ),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {APPLE} Mobile/15E148 Safari/604": (
        "Safari on iPhone"
    ),
    f"Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) {APPLE} CriOS/142.0 Mobile Safari/604": (
        "Chrome on iPad"
    ),
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Safari/605.1.15": "Safari on Mac",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0": "Firefox on Linux",
    "Iets/1.0 (Linux)": "Linux",
}


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def dirk(participant: User) -> User:
    participant.set_password(PASSWORD)
    participant.save()
    return participant


# --- Devices and codes ---------------------------------------------------------------------------


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("user_agent", DEVICES)
def test_a_browser_is_named_as_people_would(user_agent: str):
    assert device_in_words(user_agent) == DEVICES[user_agent]


@pytest.mark.parametrize("user_agent", ["", "curl/8.5", "<script>"])
def test_an_unknown_device_is_not_guessed_at(user_agent: str):
    assert device_in_words(user_agent) == device_in_words("")


def test_a_long_code_is_typed_over_in_fours():
    assert in_fours("JBSWY3DPEHPK3") == "JBSW Y3DP EHPK 3"


# --- Forms --------------------------------------------------------------------------------------


def test_a_field_does_not_repeat_its_label(dirk: User):
    forms = [
        access.AddEmailForm(user=dirk),
        access.ResetPasswordForm(),
        access.SetPasswordForm(user=dirk),
        access.ChangePasswordForm(user=dirk),
        access.AuthenticateFactorForm(user=dirk),
    ]
    for form in forms:
        for field in form.fields.values():
            assert "placeholder" not in field.widget.attrs
            assert field.label


def test_a_new_password_is_asked_for_once(dirk: User):
    typed = {"oldpassword": PASSWORD, "password1": "negen nectarines op een rij"}
    form = access.ChangePasswordForm(data=typed, user=dirk)
    assert list(form.fields) == ["oldpassword", "password1"]
    assert form.is_valid()


def test_a_code_brings_up_figures(dirk: User):
    field = access.ReauthenticateFactorForm(user=dirk).fields["code"]
    assert field.widget.attrs["inputmode"] == "numeric"
    assert field.widget.attrs["autocomplete"] == "one-time-code"


def test_a_passkey_stands_on_its_own_unless_one_says_otherwise(dirk: User):
    form = access.AddPasskeyForm(user=dirk)
    assert form.fields["passwordless"].initial is True


@pytest.mark.usefixtures("in_english")
def test_an_error_at_the_door_says_what_is_wrong_and_takes_no_values():
    for text in [*ACCOUNT_ERRORS.values(), *FACTOR_ERRORS.values()]:
        assert "%" not in str(text)
        assert str(text).endswith(".")


@pytest.mark.django_db
@pytest.mark.usefixtures("fresh_cache")
@pytest.mark.parametrize("path", ["/registreren/", "/inloggen/", "/account/wachtwoord/vergeten/"])
def test_an_empty_field_says_what_to_fill_in(house: House, path: str):
    page = house.guest().post("/en" + house.portal_path(path), {}).text
    assert "alert-wrong" in page
    assert "This field is required" not in page
    assert "Fill in your e-mail address." in page
