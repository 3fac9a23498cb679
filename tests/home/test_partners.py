"""Partners: their page within our design, and who came through it."""

import pytest
from django.test import Client

from home.models import PartnerPage
from portal.enrolments.models import Booking
from portal.meetings.models import Meeting
from portal.organisations.models import Organisation
from tests.factories import PartnerPageFactory, PictureFactory, partners_page
from tests.home.offers import (
    ENGLISH_OFFER,
    OFFER,
    address_of,
    meetings_on,
    on_offer,
    only,
    soup_of,
    way_in_on,
    words,
)
from tests.houses import House
from tests.planning import OrganisationFactory, in_days

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

GUILD = "/partners/gilde/"


@pytest.fixture
def guild(db: None) -> Organisation:
    """A partner with a logo, told in both languages."""
    partner = OrganisationFactory(
        name="Gilde & Co",
        slug="gilde",
        is_partner=True,
        colour="ledger",
        logo=PictureFactory(),
        website="https://gilde.example/",
    )
    for language in ("nl", "en"):
        PartnerPageFactory(organisation=partner, language=language)
    return partner


@pytest.fixture
def meeting(guild: Organisation) -> Meeting:
    """A meeting for the guild, told in both languages."""
    return on_offer("nl", "en", code="gilde-1", format="partner", partner=guild)


# --- The pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [GUILD, f"/en{GUILD}"])
def test_a_partner_has_a_page_with_name_logo_and_colour(
    visitor: Client, guild: Organisation, address: str
):
    soup = soup_of(visitor, address)
    assert words(only(soup, "h1")) == "Gilde & Co"
    assert only(soup, ".partner-page.partner-ledger")
    logo = only(soup, ".partner-logo img")
    assert logo["alt"] == "Gilde & Co"
    assert visitor.get(str(logo["src"])).status_code == 200
    assert only(soup, 'a[href="https://gilde.example/"]')


@pytest.mark.parametrize("colour", Organisation.Colour.values)
def test_every_colour_is_one_of_ours(colour: str):
    from pathlib import Path

    css = Path("static/css/components/offer.css").read_text()
    assert f".partner-{colour} {{ --partner: var(--" in css


def test_a_partner_shows_its_own_offer_and_no_other(visitor: Client, meeting: Meeting):
    other = OrganisationFactory(is_partner=True)
    on_offer(code="ander", format="partner", partner=other)
    on_offer(code="open")
    on_offer("en", code="gilde-engels", format="partner", partner=meeting.partner, day=in_days(60))
    on_offer(format="partner", partner=meeting.partner, is_listed=False)
    on_offer(format="partner", partner=meeting.partner, day=in_days(-3))
    assert meetings_on(visitor, GUILD) == ["gilde-1"]
    assert meetings_on(visitor, f"/en{GUILD}") == ["gilde-1", "gilde-engels"]


def test_a_partner_without_meetings_says_so(visitor: Client, guild: Organisation):
    assert only(soup_of(visitor, GUILD), ".empty-state")


def test_partners_stand_together_by_name(visitor: Client, guild: Organisation):
    plain = OrganisationFactory(name="Appelhof", slug="appelhof", is_partner=True)
    PartnerPageFactory(organisation=plain)
    PartnerPageFactory(live=False)
    soup = soup_of(visitor, "/partners/")
    links = [(words(link), link["href"]) for link in soup.select(".partner h3 a")]
    assert links == [("Appelhof", "/partners/appelhof/"), ("Gilde & Co", GUILD)]
    assert only(soup, ".partner img")["alt"] == ""  # the name stands beside it
    assert [link["href"] for link in soup_of(visitor, "/en/partners/").select(".partner a")] == [
        f"/en{GUILD}"
    ]


def test_without_partners_the_page_says_so(visitor: Client):
    partners_page()
    assert only(soup_of(visitor, "/partners/"), ".empty-state")


def test_an_organisation_that_is_no_partner_has_no_page(visitor: Client, guild: Organisation):
    OrganisationFactory(slug="kwekerij")
    assert visitor.get("/partners/kwekerij/").status_code == 404


# --- Who came through it -------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "offer"), [("", OFFER), ("/en", ENGLISH_OFFER)])
def test_links_remember_the_partner_up_to_the_form(
    visitor: Client, meeting: Meeting, prefix: str, offer: str
):
    row = str(only(soup_of(visitor, f"{prefix}{GUILD}"), ".agenda-row a")["href"])
    assert row == f"{address_of(meeting, offer)}?partner=gilde"
    assert "Gilde & Co" in words(only(soup_of(visitor, row), ".meeting-partner"))
    form = way_in_on(visitor, row)[1]
    assert form.endswith("/mijn/bijeenkomsten/gilde-1/aanmelden/?partner=gilde")
    assert only(soup_of(visitor, form), "input[name=partner]")["value"] == "gilde"


def test_looking_around_does_not_lose_the_partner(visitor: Client, meeting: Meeting):
    on_offer("nl", "en", course=meeting.course, code="ander", day=in_days(60))
    soup = soup_of(visitor, f"{address_of(meeting)}?partner=gilde")
    course = soup.select(".breadcrumbs a")[-1]["href"]
    english = only(soup, '.menu a[hreflang="en"]')["href"]
    assert english == f"{address_of(meeting, ENGLISH_OFFER)}?partner=gilde"
    for address in (course, english):
        assert visitor.get(str(address)).status_code == 200
    around = [soup, soup_of(visitor, str(course)), soup_of(visitor, f"{OFFER}?partner=gilde")]
    for page in around:
        links = [str(link["href"]) for link in page.select(".agenda-row a")]
        assert links
        assert all(link.endswith("?partner=gilde") for link in links)


def test_what_search_engines_read_has_no_partner_in_it(visitor: Client, meeting: Meeting):
    soup = soup_of(visitor, f"{address_of(meeting)}?partner=gilde")
    assert "partner=" not in str(only(soup, 'link[rel="canonical"]'))
    assert not soup.select('link[rel="alternate"][href*="partner="]')
    assert "partner=" not in only(soup, 'script[type="application/ld+json"]').get_text()


def sent(partner: str) -> dict[str, str]:
    person = {"first_name": "Guus", "last_name": "Gast", "email": "guus@kantoor.example"}
    return person | {"partner": partner, "people": "1"}


def test_who_enrols_through_a_partner_is_theirs(meeting: Meeting, guild: Organisation):
    guest = House("one host").guest(**{"Sec-Fetch-Site": "same-origin"})
    address = f"/mijn/bijeenkomsten/{meeting.code}/aanmelden/"
    soup = soup_of(guest, f"{address}?partner=gilde")
    hidden = {str(field["name"]): str(field["value"]) for field in soup.select("[type=hidden]")
              if field.has_attr("value") and field.has_attr("name")}  # fmt: skip
    assert guest.post(address, hidden | sent(hidden["partner"])).status_code == 302
    assert Booking.objects.get().came_from == guild


def test_the_page_leads_to_registering_as_theirs(visitor: Client, guild: Organisation):
    page = soup_of(visitor, GUILD)
    link = only(page, "main a[href*=registreren]")["href"]
    assert link.endswith(f"/registreren/?partner={guild.slug}")


def test_who_registers_on_the_way_is_still_theirs(meeting: Meeting):
    guest = House("one host").guest(**{"Sec-Fetch-Site": "same-origin"})
    address = f"/mijn/bijeenkomsten/{meeting.code}/aanmelden/"
    away = guest.post(address, sent("gilde") | {"do": "register"})
    assert "/registreren/" in away["Location"]
    assert only(soup_of(guest, address), "input[name=partner]")["value"] == "gilde"


@pytest.mark.parametrize("slug", ["niemand", "kwekerij", "", "%00", "%22%3E%3Cb%3E", "a" * 3_000])
def test_who_is_no_partner_is_ignored(visitor: Client, meeting: Meeting, slug: str):
    OrganisationFactory(slug="kwekerij")
    course = address_of(meeting).removesuffix(f"{meeting.code}/")
    for address in (address_of(meeting), course):
        soup = soup_of(visitor, f"{address}?partner={slug}")
        assert not soup.select('.meeting-partner, a[href*="partner="]')


# --- The address ---------------------------------------------------------------------------------


def test_the_address_is_the_partners_short_name(guild: Organisation):
    page = PartnerPage.objects.filter(organisation=guild, locale__language_code="nl").get()
    page.slug = "iets-anders"
    page.save()
    assert PartnerPage.objects.get(pk=page.pk).url == GUILD
