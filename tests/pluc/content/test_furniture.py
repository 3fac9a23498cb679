"""What stands around every page: the notice, the menu, the footer."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale

from pluc.content.models import Navigation, Notice
from tests.factories import NoticeFactory, StandardPageFactory, home_page

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2027, 3, 1, 9, 0, tzinfo=AMSTERDAM)
END = datetime(2027, 3, 31, 17, 0, tzinfo=AMSTERDAM)  # daylight saving began in between
SOLD = "PLUC! heeft een nieuwe eigenaar."


def notice_on(visitor: Client, address: str = "/") -> str:
    found = BeautifulSoup(visitor.get(address).text, "lxml").select_one("aside.notice")
    return found.get_text(" ", strip=True) if found else ""


# --- The notice (P34) ----------------------------------------------------------------------------


@pytest.mark.promise("P34")
@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (START - timedelta(seconds=1), False),
        (START, True),
        (START + timedelta(days=20), True),
        (END - timedelta(seconds=1), True),
        (END, False),
        (END + timedelta(days=365), False),
    ],
)
def test_a_notice_is_shown_from_its_start_to_its_end(
    visitor: Client, moment: datetime, shown: bool
):
    NoticeFactory(text=SOLD, starts_at=START, ends_at=END)
    with time_machine.travel(moment, tick=False):
        assert (notice_on(visitor) == SOLD) is shown


@pytest.mark.promise("P34")
def test_a_notice_without_an_end_stays(visitor: Client):
    NoticeFactory(text=SOLD, starts_at=START, ends_at=None)
    with time_machine.travel(START + timedelta(days=3650), tick=False):
        assert notice_on(visitor) == SOLD


@pytest.mark.promise("P34")
@pytest.mark.parametrize(
    "address", ["/", "/een-pagina/", "/blog/", "/zoeken/", "/cookies/", "/weg/"]
)
def test_a_notice_stands_on_every_page(visitor: Client, address: str):
    StandardPageFactory(slug="een-pagina")
    StandardPageFactory(slug="blog")
    NoticeFactory(text=SOLD)
    assert notice_on(visitor, address) == SOLD


@pytest.mark.promise("P34")
def test_a_notice_speaks_the_language_of_the_page(visitor: Client):
    NoticeFactory(text=SOLD)
    NoticeFactory(text="PLUC! has a new owner.", language="en")
    assert notice_on(visitor, "/") == SOLD
    assert notice_on(visitor, "/en/") == "PLUC! has a new owner."


def test_the_notice_that_started_last_is_the_one_shown(visitor: Client):
    NoticeFactory(text="De eerste.", starts_at=START)
    NoticeFactory(text="De laatste.", starts_at=START + timedelta(hours=1))
    with time_machine.travel(START + timedelta(hours=2), tick=False):
        assert notice_on(visitor) == "De laatste."


def test_a_notice_links_to_its_page_only_while_that_is_public(
    visitor: Client, django_capture_on_commit_callbacks
):
    page = StandardPageFactory(slug="nieuwe-eigenaar")
    NoticeFactory(text=SOLD, link_label="Lees meer", link_page=page)
    assert 'href="/nieuwe-eigenaar/"' in visitor.get("/").text
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert 'href="/nieuwe-eigenaar/"' not in visitor.get("/").text


def test_a_notice_that_ends_before_it_starts_is_refused():
    notice = Notice(text=SOLD, locale=home_page().locale, starts_at=END, ends_at=START)
    with pytest.raises(ValidationError) as caught:
        notice.full_clean()
    assert set(caught.value.error_dict) == {"ends_at"}


def test_a_link_in_a_notice_needs_both_text_and_page():
    page = StandardPageFactory()
    for parts in ({"link_label": "Lees meer"}, {"link_page": page}):
        with pytest.raises(ValidationError) as caught:
            Notice(text=SOLD, locale=page.locale, **parts).full_clean()
        assert set(caught.value.error_dict) == {"link_label"}


# --- Menu and footer -----------------------------------------------------------------------------


def make_navigation(language: str = "nl", **fields) -> Navigation:
    fields = {"menu": [], "footer": []} | fields
    locale = Locale.objects.get(language_code=language)
    return Navigation.objects.create(locale=locale, **fields)


def menu_of(visitor: Client, address: str) -> list[tuple[str, str]]:
    soup = BeautifulSoup(visitor.get(address).text, "lxml")
    return [(a["href"], a.get_text()) for a in soup.select(".menu-pages a")]


def item(page, label: str = "") -> dict:
    return {"type": "item", "value": {"page": page.pk, "label": label}}


def test_the_menu_holds_the_pages_that_editors_chose(visitor: Client):
    about = StandardPageFactory(title="Over ons en ons werk", slug="over-ons")
    offer = StandardPageFactory(title="Bijeenkomsten", slug="bijeenkomsten")
    make_navigation(menu=[item(about, "Over ons"), item(offer)])
    assert menu_of(visitor, "/") == [
        ("/over-ons/", "Over ons"),
        ("/bijeenkomsten/", "Bijeenkomsten"),
    ]


def test_a_draft_is_not_in_the_menu(visitor: Client):
    draft = StandardPageFactory(live=False)
    make_navigation(menu=[item(draft)])
    assert menu_of(visitor, "/") == []


def test_the_menu_says_where_one_is(visitor: Client):
    about = StandardPageFactory(slug="over-ons")
    team = StandardPageFactory(slug="team", parent=about)
    StandardPageFactory(slug="over-ons-twee")
    make_navigation(menu=[item(about)])
    for address, current in [(about.url, "page"), (team.url, "true"), ("/over-ons-twee/", None)]:
        soup = BeautifulSoup(visitor.get(address).text, "lxml")
        assert soup.select_one(".menu-pages a").get("aria-current") == current


def test_a_menu_resolves_to_the_pages_of_its_language(visitor: Client):
    key = uuid.uuid4()
    dutch = StandardPageFactory(slug="over-ons", translation_key=key)
    StandardPageFactory(language="en", slug="about-us", translation_key=key)
    make_navigation("en", menu=[item(dutch, "About us")])
    assert menu_of(visitor, "/en/") == [("/en/about-us/", "About us")]


@pytest.mark.promise("P33")
def test_a_footer_link_to_another_site_is_recognisable(visitor: Client):
    page = StandardPageFactory(slug="over-ons")
    links = [
        {"label": "Elders", "link": {"page": None, "url": "https://elders.example/"}},
        {"label": "Hier", "link": {"page": page.pk, "url": ""}},
    ]
    make_navigation(footer=[{"type": "column", "value": {"heading": "Kolom", "links": links}}])
    soup = BeautifulSoup(visitor.get("/").text, "lxml")
    elsewhere = soup.select_one('a[href="https://elders.example/"]')
    assert "external" in elsewhere["class"]
    assert "noopener" in elsewhere["rel"]
    assert "external" not in soup.select_one('a[href="/over-ons/"]').get("class", [])


@pytest.mark.parametrize("number", [1, 3])
def test_a_longer_menu_costs_no_more_queries(
    without_cache: None, visitor: Client, number: int, django_assert_num_queries
):
    pages = [StandardPageFactory() for _ in range(number)]
    links = [{"label": "x", "link": {"page": page.pk, "url": ""}} for page in pages]
    column = {"type": "column", "value": {"heading": "Kolom", "links": links}}
    make_navigation(menu=[item(page) for page in pages], footer=[column] * number)
    visitor.get(pages[0].url)
    with django_assert_num_queries(6):
        visitor.get(pages[0].url)
