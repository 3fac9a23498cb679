"""The account screen: everything in P12 to change, and what is chosen (P25, P38)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from legal.consent.models import AnalyticsId
from legal.consent.queries import account_opted_out, analytics_id_of
from portal.accounts.models import Title, User
from portal.newsletter.models import SubscriptionStep
from tests.houses import House

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]

TOLD = {
    "first_name": "Dirk",
    "last_name": "Deelnemer-de Wit",
    "language": "en",
    "professional_number": "000123",
    "job": "Controller",
    "organisation": "Kersen & Co",
    "phone": "06 00000123",
    "street": "Kersenpad 3",
    "postal_code": "3511 ZZ",
    "city": "Utrecht",
    "country": "Nederland",
    "invoice_name": "Kersen & Co, crediteuren",
    "invoice_street": "Postbus 3",
    "invoice_postal_code": "3500 ZZ",
    "invoice_city": "Utrecht",
    "invoice_country": "Nederland",
}


@pytest.mark.promise("P12", "P25")
def test_everything_that_is_stored_can_be_changed(house: House, sign_in, participant: User):
    titles = list(Title.objects.filter(code__in=["RA", "RE"]))
    form = TOLD | {"titles": [title.pk for title in titles]}
    answer = sign_in(participant).post(house.portal_path("/account/"), form)
    assert answer.status_code == 302
    person = participant.person
    person.refresh_from_db()
    assert {name: getattr(person, name) for name in TOLD} == TOLD
    assert list(person.titles.all()) == titles


@pytest.mark.promise("P12")
def test_nothing_but_a_name_is_asked_for(house: House, sign_in, participant: User):
    browser = sign_in(participant)
    page = browser.get(house.portal_path("/account/")).text
    assert page.count("(mag leeg blijven)") >= 12
    form = {"first_name": "Dirk", "last_name": "Deelnemer", "language": "nl"}
    assert browser.post(house.portal_path("/account/"), form).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_name", "D" * 10_000),
        ("last_name", "Deelnemer\nBcc: iemand@elders.example"),
        ("organisation", "Kersen\u202e & Co"),
        ("phone", "06\x0000000123"),
        ("first_name", ""),
        ("last_name", "\u200b\u00a0\u2060"),
        ("language", "xx"),
        ("titles", "999999"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(
    house: House, sign_in, participant: User, field: str, value: str
):
    answer = sign_in(participant).post(house.portal_path("/account/"), TOLD | {field: value})
    assert answer.status_code == 422
    assert "alert-wrong" in answer.text
    assert "Kersenpad 3" in answer.text
    participant.person.refresh_from_db()
    assert participant.person.street == ""


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "=1+1", "{{ settings }}"])
def test_hostile_text_is_only_text(house: House, sign_in, participant: User, hostile: str):
    browser = sign_in(participant)
    browser.post(house.portal_path("/account/"), TOLD | {"organisation": hostile})
    page = browser.get(house.portal_path("/account/")).text
    assert "<script>alert" not in page
    participant.person.refresh_from_db()
    assert participant.person.organisation == hostile


@pytest.mark.promise("P13")
def test_nobody_changes_another(house: House, sign_in, participant: User, colleague: User):
    form = TOLD | {"id": str(colleague.person.pk), "email": "gekaapt@elders.example"}
    sign_in(participant).post(house.portal_path("/account/"), form)
    colleague.person.refresh_from_db()
    participant.person.refresh_from_db()
    assert colleague.person.full_name == "Coby Collega"
    assert participant.person.email == "dirk@kantoor.example"


@pytest.mark.promise("P38")
def test_measurement_is_switched_off_for_account_and_browser(
    house: House, sign_in, participant: User, settings
):
    before = analytics_id_of(participant.pk)
    browser = sign_in(participant)
    browser.post(house.portal_path("/account/metingen/"), {"measured": "off"})
    assert account_opted_out(participant.pk)
    cookie = browser.cookies[settings.OPT_OUT_COOKIE_NAME]
    assert cookie.value == "1"
    assert cookie["domain"] == ("" if house.one_host else "pluc.localhost")
    assert not AnalyticsId.objects.exists()

    browser.post(house.portal_path("/account/metingen/"), {"measured": "on"})
    assert not account_opted_out(participant.pk)
    assert browser.cookies[settings.OPT_OUT_COOKIE_NAME].value == ""
    assert analytics_id_of(participant.pk) != before


def test_each_answer_about_the_newsletter_is_kept(house: House, sign_in, participant: User):
    browser = sign_in(participant)
    for answer in ("off", "on", "on", "off"):
        browser.post(house.portal_path("/account/nieuwsbrief/"), {"newsletter": answer})
    kept = SubscriptionStep.objects.values_list("kind", "form")
    assert list(kept) == [(kind, "account") for kind in ("asked", "confirmed", "left")]


@pytest.mark.parametrize("path", ["/account/", "/account/metingen/", "/account/nieuwsbrief/"])
def test_a_page_of_the_account_costs_few_queries(
    house: House, sign_in, participant: User, path: str, without_cache: None
):
    browser = sign_in(participant)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(house.portal_path(path)).status_code == 200
    assert len(queries) <= 10


@pytest.mark.parametrize("path", ["/", "/account/", "/account/beveiliging/", "/gegevens/"])
def test_no_page_of_the_portal_is_kept_by_a_cache(
    house: House, sign_in, participant: User, path: str
):
    assert "no-store" in sign_in(participant).get(house.portal_path(path))["Cache-Control"]
