"""Registration remembers the partner through whose page somebody came."""

import pytest

from portal.accounts.models import Registration
from tests.houses import House
from tests.planning import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
PERSON = {
    "first_name": "Noor",
    "last_name": "Nieuw",
    "email": "noor@kantoor.example",
    "password1": "acht abrikozen op een rij",
}


@pytest.mark.parametrize(
    ("partner", "remembered"),
    [("boomgaard", "boomgaard"), ("niemand", ""), ("", ""), ("<b>" + "x" * 500, "")],
)
def test_a_partner_is_remembered_and_an_invented_one_is_not(
    house: House, partner: str, remembered: str
):
    OrganisationFactory(slug="boomgaard", is_partner=True)
    OrganisationFactory(slug="niemand", is_partner=False)
    guest = house.guest()
    form = guest.get(house.portal_path("/registreren/"), {"partner": partner}).text
    assert ('value="boomgaard"' in form) == bool(remembered)
    answer = guest.post(house.portal_path("/registreren/"), PERSON | {"partner": partner})
    assert answer.status_code == 302
    assert Registration.objects.get().came_from == remembered
