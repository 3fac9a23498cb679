"""What a line must not end within."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from pluc.content.typography import unbroken, unbroken_html
from tests.factories import StandardPageFactory

KEPT = {
    "Perzikpad 12, 3511 AB Utrecht": ["3511 AB"],
    "€ 1.195,00 of € 5 per persoon.": ["€ 1.195,00", "€ 5"],
    "PE-café op woensdag 9 december 2026": ["PE-café", "9 december"],
    "13.30 tot 17.00 uur, 3,5 PE-uren (NBA)": ["17.00 uur", "3,5 PE-uren"],
    "Cookie-instellingen & e-mail": ["Cookie-instellingen", "e-mail"],
    "een - of twee - dagen, 0511 AB, van 10 mensen": [],
    "een-woord-dat-nergens-op-een-regel-past": [],
}


def kept_in(html: str) -> list[str]:
    return [span.text for span in BeautifulSoup(html, "lxml").select(".unbroken")]


def test_codes_amounts_days_and_compounds_stay_on_one_line():
    assert {text: kept_in(unbroken(text)) for text in KEPT} == KEPT
    for text in KEPT:
        assert BeautifulSoup(unbroken(text), "lxml").text == text


def test_text_is_escaped_and_tags_stay_as_they_are():
    assert unbroken("<b>PE-café</b>").startswith("&lt;b&gt;")
    html = '<a class="button-second" href="/pe-cafe/?plaats=3511 AB">PE-café</a>'
    assert unbroken_html(html) == html.replace("PE-café<", '<span class="unbroken">PE-café</span><')


@pytest.mark.django_db
def test_a_page_keeps_them_together_in_title_and_text(visitor: Client):
    body = [{"type": "text", "value": "<p>Perzikpad 12, 3511 AB Utrecht.</p>"}]
    page = StandardPageFactory(title="PE-café", intro="Voor € 25,00.", body=body)
    soup = BeautifulSoup(visitor.get(page.url).text, "lxml")
    kept = [span.text for span in soup.select("main .unbroken")]
    assert kept == ["PE-café", "€ 25,00", "3511 AB"]
    assert soup.title is not None
    assert soup.title.text == "PE-café | PLUC!"
