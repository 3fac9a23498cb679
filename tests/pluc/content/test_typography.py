"""What a line must not end within."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from pluc.content.typography import unbroken, unbroken_html
from tests.factories import StandardPageFactory

WORDS = {
    "Perzikpad 12, 3511 AB Utrecht": "Perzikpad 12, 3511\u00a0AB Utrecht",
    "€ 1.195,00 per persoon": "€\u00a01.195,00 per persoon",
    "PE-café op 9 december": "PE-\u2060café op 9\u00a0december",
    "13.30 tot 17.00 uur, 3,5 PE-uren": "13.30 tot 17.00\u00a0uur, 3,5\u00a0PE-\u2060uren",
    "Kamer 0511 AB, van 10 mensen": "Kamer 0511 AB, van 10 mensen",
}


def test_codes_amounts_days_and_compounds_stay_on_one_line():
    assert {text: unbroken(text) for text in WORDS} == WORDS


def test_tags_stay_as_they_are():
    html = '<a class="button-second" href="/pe-cafe/?plaats=3511 AB">PE-café</a>'
    assert unbroken_html(html) == html.replace("PE-café", "PE-\u2060café")


@pytest.mark.django_db
def test_a_page_keeps_them_together_in_title_and_text(visitor: Client):
    body = [{"type": "text", "value": "<p>Perzikpad 12, 3511 AB Utrecht.</p>"}]
    page = StandardPageFactory(title="PE-café", intro="Voor € 25,00.", body=body)
    soup = BeautifulSoup(visitor.get(page.url).text, "lxml")
    assert soup.h1 is not None
    assert soup.h1.text == "PE-\u2060café"
    text = soup.get_text()
    assert "€\u00a025,00" in text
    assert "3511\u00a0AB" in text
