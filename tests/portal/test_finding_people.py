"""The back office finds a person by what they tell on the phone, among a million."""

import string

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import search
from portal.accounts.models import Person, PersonWord, User
from portal.enrolments.models import Enrolment
from tests.enrolling import attendee, enrol
from tests.factories import PersonFactory
from tests.houses import House
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]


@pytest.fixture
def jan(db: None) -> Person:
    return PersonFactory(
        first_name="Jan",
        last_name="van den Bergé",
        email="j.vandenberge@kantoor.example",
        organisation="Perenhof & Zn.",
        phone="+31 6 1234 5678",
        city="Wijk bij Duurstede",
        professional_number="NBA-90210",
    )


def names_found(text: str) -> list[str]:
    return [person.first_name for person in Person.objects.filter(search.matching(text))]


@pytest.mark.parametrize(
    "text",
    [
        "jan",
        "JAN",
        "ja ber",
        "bergé, jan",
        "berge",
        "van den berg",
        "j.vandenberge@kantoor.example",
        "j.vandenberge@kan",
        "vandenberge",
        "peren",
        "06 1234 5678",
        "0612345678",
        "0031612345678",
        "90210",
        "678",  # the last digits of the number
        "jan 5678",
        "duurstede",
    ],
)
def test_a_person_is_found_by_the_beginnings_of_words(jan: Person, text: str):
    PersonFactory(first_name="Piet", last_name="Ander", email="piet@elders.example")
    assert names_found(text) == ["Jan"]


@pytest.mark.parametrize(
    "text", ["jan pieters", "anberg", "456", "78", "0699 123 456", "jan@", "х" * 10_000]
)
def test_nobody_else_is_found(jan: Person, text: str):
    assert names_found(text) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Sørensen", "sorensen"),
        ("D\u0133kstra", "dijkstra"),
        ("O’Brien", "obrien"),
        ("O'Brien", "o’brien"),
        ("Coe\u0308n", "coën"),
        ("Vis-Smit", "vissmit"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name: str, typed: str):
    PersonFactory(first_name="Anna", last_name=name)
    assert names_found(typed) == ["Anna"]


def test_a_search_without_words_finds_nobody(jan: Person):
    assert search.asked_words(" % _ ' -- ") == []
    assert names_found("%") == []


def test_the_index_follows_a_change(jan: Person):
    jan.last_name = "Perzik"
    jan.save()
    assert names_found("perzik") == ["Jan"]
    assert names_found("berge") == []
    jan.email = "perzik@kantoor.example"
    jan.save(update_fields=["email"])
    assert names_found("vandenberge") == []


def test_the_index_goes_with_the_person(jan: Person):
    jan.delete()
    assert not PersonWord.objects.exists()


def test_what_is_not_looked_for_costs_nothing(jan: Person, django_assert_num_queries):
    with django_assert_num_queries(1):
        jan.save(update_fields=["street"])


NAMES = st.text(st.sampled_from(string.ascii_letters + "éüñ '-."), min_size=1, max_size=30)


@given(first=NAMES, last=NAMES, length=st.integers(1, 30))
def test_any_beginning_of_any_word_finds_its_person(first: str, last: str, length: int):
    person = Person(first_name=first, last_name=last, email="a@b.example")
    for word in search.asked_words(f"{first} {last}"):
        assert any(known.startswith(word[:length]) for known in search.words_of(person))


def test_the_search_uses_an_index(jan: Person):
    plan = Person.objects.filter(search.matching("ber ja")).explain()
    if connection.vendor == "sqlite":  # PostgreSQL scans a table that fits in one page
        assert "SCAN accounts_personword" not in plan
        assert plan.count("USING INDEX accounts_personword_word") == 2


# --- The list ------------------------------------------------------------------------------------


def rows_at(browser, path: str) -> list[str]:
    soup = BeautifulSoup(browser.get(path).text, "lxml")
    return [cell.get_text(strip=True) for cell in soup.select("td.title .title-wrapper")]


def test_the_list_is_by_name_and_paged_by_key(house: House, sign_in, back_office: User):
    for number in range(60):
        PersonFactory(first_name="Guus", last_name=f"Gast {number:02}")
    browser = sign_in(back_office)
    first = BeautifulSoup(browser.get("/beheer/mensen/?q=guus").text, "lxml")
    assert rows_at(browser, "/beheer/mensen/?q=guus") == [f"Guus Gast {n:02}" for n in range(50)]
    more = first.select_one('nav[aria-label] a[href*="after="]')
    assert "Gast" not in more["href"]
    assert rows_at(browser, f"/beheer/mensen/{more['href']}") == [
        f"Guus Gast {n:02}" for n in range(50, 60)
    ]


def test_a_person_leads_to_their_places(house: House, sign_in, jan: Person, back_office: User):
    (mine,) = enrol(MeetingFactory(), attendee(1))
    Enrolment.objects.filter(pk=mine.pk).update(person=jan)
    (other,) = enrol(MeetingFactory(), attendee(2))
    browser = sign_in(back_office)
    for screen in ("edit", "inspect"):
        page = BeautifulSoup(browser.get(f"/beheer/mensen/{screen}/{jan.pk}/").text, "lxml")
        link = page.select_one('a[href^="/beheer/inschrijvingen/"]')["href"]
    shown = browser.get(link).text
    assert str(mine.pk) in shown
    assert str(other.pk) not in shown
    assert str(mine.pk) in browser.get("/beheer/inschrijvingen/?q=berge").text
    assert str(mine.pk) not in browser.get("/beheer/inschrijvingen/?q=gast").text
    assert browser.get("/beheer/inschrijvingen/?person=niemand").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_more_people(
    house: House, sign_in, back_office: User, number: int, django_assert_num_queries
):
    for _ in range(number):
        PersonFactory(last_name="Peer")
    browser = sign_in(back_office)
    browser.get("/beheer/mensen/?q=peer")
    with django_assert_num_queries(10):
        browser.get("/beheer/mensen/?q=peer")
