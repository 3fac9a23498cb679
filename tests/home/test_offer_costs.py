"""What pages of the offer cost, and how they read to who cannot see them."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from portal.meetings.models import Course
from portal.organisations.models import Organisation
from tests.factories import (
    CoursePageFactory,
    FullPostFactory,
    PartnerPageFactory,
    PictureFactory,
)
from tests.home.offers import on_offer, soup_of, words
from tests.planning import (
    AccreditationFactory,
    CourseFactory,
    OrganisationFactory,
    RegionFactory,
    SpeakerFactory,
    VenueFactory,
    in_days,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.either_database]
COURSE = "/bijeenkomsten/fiscaal/"


def make_offer(size: int) -> None:
    """So many of everything: meetings of one course and of others, partners, cafés."""
    course = CourseFactory(slug="fiscaal")
    CoursePageFactory(course=course, picture=PictureFactory(), picture_alt="Een mand")
    for number in range(size):
        fill(course, number)


def fill(course: Course, number: int) -> None:
    """One of each kind, with all that a page can show of it."""
    gilde = {"name": f"Gilde {number}", "slug": f"gilde-{number}"}
    partner = OrganisationFactory(**gilde, is_partner=True, logo=PictureFactory())
    PartnerPageFactory(organisation=partner)
    FullPostFactory()
    venue = VenueFactory(region=RegionFactory(slug=f"regio-{number}", name=f"Regio {number}"))
    guild = Organisation.objects.get(slug="gilde-0")
    for fields in (
        {"course": course, "code": f"fiscaal-{number}", "day": in_days(20 + number)},
        {"course": course, "code": f"gilde-{number}", "format": "partner", "partner": guild},
        {"format": "cafe", "venue": venue},
        {"format": "partner", "partner": guild},
    ):
        meeting = on_offer(**fields)
        meeting.speakers.add(SpeakerFactory(picture=PictureFactory()))
        AccreditationFactory(meeting=meeting)


# With a cache that keeps nothing, and with what hardly changes remembered.
COSTS = [
    ("/", 10, 4),
    ("/bijeenkomsten/", 8, 3),
    ("/bijeenkomsten/?format=cafe&places=vrij", 8, 3),
    ("/bijeenkomsten/?partner=gilde-0", 9, 4),
    (COURSE, 8, 5),
    (f"{COURSE}?partner=gilde-0", 9, 6),
    (f"{COURSE}fiscaal-0/", 11, 4),
    (f"{COURSE}gilde-0/?partner=gilde-0", 11, 4),
    ("/partners/", 7, 4),
    ("/partners/gilde-0/", 8, 4),
]


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_costs_the_same_however_much_is_on_offer(
    without_cache: None, visitor: Client, size: int, django_assert_num_queries
):
    make_offer(size)
    for address, queries, _ in COSTS:
        visitor.get(address)  # makes the renditions
        with django_assert_num_queries(queries, info=address):
            assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("size", [1, 3])
def test_what_hardly_changes_is_asked_for_once(
    visitor: Client, size: int, django_assert_num_queries
):
    make_offer(size)
    for address, _, queries in COSTS:
        visitor.get(address)
        with django_assert_num_queries(queries, info=address):
            assert visitor.get(address).status_code == 200


def test_pages_read_well_to_who_cannot_see_them(visitor: Client):
    make_offer(3)
    for address in [
        *(one for one, *_ in COSTS),
        f"{COURSE}fiscaal-0/?x",
        "/bijeenkomsten/?region=x",
    ]:
        soup = soup_of(visitor, address)
        assert_headings_skip_no_level(soup)
        assert_names_lead_somewhere(soup)
        assert_everything_says_what_it_is(soup)
        assert_named_apart(soup)
        content = soup.select("#content")[0]
        assert not content.select("script, [style], [onclick], [onchange], style"), address


def assert_headings_skip_no_level(soup: BeautifulSoup) -> None:
    levels = [int(tag.name[1]) for tag in soup.select("h1,h2,h3,h4,h5,h6")]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))


def assert_names_lead_somewhere(soup: BeautifulSoup) -> None:
    ids = {tag["id"] for tag in soup.select("[id]")}
    for name in ("aria-labelledby", "popovertarget", "aria-describedby", "for"):
        for tag in soup.select(f"[{name}]"):
            assert tag[name] in ids, tag
    for link in soup.select('a[href^="#"]'):
        assert str(link["href"])[1:] in ids, link


def assert_everything_says_what_it_is(soup: BeautifulSoup) -> None:
    for tag in soup.select("a, button"):
        assert words(tag) or tag.get("aria-label"), tag
    for image in soup.select("img"):
        assert {"alt", "width", "height"} <= set(image.attrs), image


def assert_named_apart(soup: BeautifulSoup) -> None:
    """Landmarks of a kind have names, and no two the same."""
    for kind in ("nav", "aside", "section[aria-label]"):
        names = [tag.get("aria-label") or tag.get("aria-labelledby") for tag in soup.select(kind)]
        assert all(names), names
        assert len(names) == len(set(names)), names
