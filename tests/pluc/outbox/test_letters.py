"""Mails written from templates (STANDARDS 2.11, 2.15, 2.16, 5.8)."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.mail import BadHeaderError
from django.db import transaction
from django.utils import translation

from pluc.outbox.letters import post_letter
from pluc.outbox.models import Mail
from pluc.outbox.services import with_new_identity
from tests.factories import PersonFactory
from tests.run import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

PEARS = """
{% extends "mails/frames/letter.txt" %}{% load i18n mail_tags %}
{% block subject %}
{% translate "Privacy statement" %} & {{ fruit }}
{% endblock %}
{% block preheader %}They are ripe: {{ fruit }}.{% endblock %}
{% block body %}
{% paragraph %}
Pick
{{ fruit }}.
{% endparagraph %}
{% fact "What" fruit %}{% fact "Until" until %}
{% button "Pick" address %}
{% link "Keep" storage %}
{% typed told %}
{% endblock %}
"""


@pytest.fixture(autouse=True)
def pears(settings: Any, tmp_path: Path) -> None:
    """A mail of the tests' own."""
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "pears.txt").write_text(PEARS.strip())
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]


def write(context: dict[str, Any] | None = None, **arguments: Any) -> Mail | None:
    standard: dict[str, Any] = {"template": "pears", "to": "anna@klant.example", "language": "en"}
    context = {"fruit": "pears", "address": "https://pluc.example/pears/"} | (context or {})
    return post_letter(**(standard | arguments), context=context)


def message_of(mail: Mail | None) -> EmailMessage:
    assert mail is not None
    return message_from_bytes(bytes(mail.message), policy=policy.default)


def part(mail: Mail | None, kind: str) -> str:
    body = message_of(mail).get_body([kind])
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def test_a_letter_is_text_first_and_html_second():
    message = message_of(write())
    kinds = [piece.get_content_type() for piece in message.iter_parts()]
    assert message.get_content_type() == "multipart/alternative"
    assert kinds == ["text/plain", "text/html"]
    assert message["From"] == "PLUC! <backoffice@pluc.example>"
    assert message["To"] == "anna@klant.example"
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_letter_is_written_in_the_language_of_who_reads_it():
    with translation.override("en"):
        dutch = write(language="nl")
    assert "Privacyverklaring" in message_of(dutch)["Subject"]
    html = BeautifulSoup(part(dutch, "html"), "lxml")
    assert html.html["lang"] == html.find(attrs={"role": "article"})["lang"] == "nl"
    assert "/en/" not in part(dutch, "plain")
    english = write(to="bram@klant.example")
    assert 'lang="en"' in part(english, "html")
    assert "/en/privacyverklaring/" in part(english, "plain")


def test_html_escapes_what_it_shows_and_text_does_not():
    fruit = "<b>pears</b> & 'plums'"
    mail = write({"fruit": fruit, "told": f"Eat {fruit}", "storage": "https://pluc.example/?a=<b>"})
    text, html = part(mail, "plain"), part(mail, "html")
    for said in (f"Pick {fruit}.", f"What: {fruit}", f"Eat {fruit}"):
        assert f"\n\n{said}\n\n" in text
    soup = BeautifulSoup(html, "lxml")
    assert not soup.find("b")
    assert soup.get_text().count(fruit) == 6  # with title, heading, and what an inbox shows
    assert soup.find("a", string="Keep")["href"] == "https://pluc.example/?a=<b>"
    assert message_of(mail)["Subject"] == f"Privacy statement & {fruit}"


def test_what_was_typed_keeps_its_lines_and_its_addresses_become_links():
    told = "One for €\xa0195.\r\nTwo at https://pluc.example/plums/?a=1&b=2.\r\n"
    told += " \r\n\r\nThree: x@klant.example"
    mail = write({"told": told})
    expected = (
        "One for €\xa0195.\nTwo at https://pluc.example/plums/?a=1&b=2.\n\nThree: x@klant.example\n"
    )
    assert expected in part(mail, "plain")
    html = BeautifulSoup(part(mail, "html"), "lxml")
    link = html.find("a", string="https://pluc.example/plums/?a=1&b=2")
    assert link["href"] == link.text
    assert len(link.find_parent("p").find_all("br")) == 1
    assert (
        html.find("a", href="mailto:x@klant.example").find_parent("p").text
        == "Three: x@klant.example"
    )


def test_what_has_no_value_is_left_out():
    text, html = (
        part(write({"fruit": fruit}, to=f"{fruit}@x.example"), kind)
        for fruit, kind in (("a", "plain"), ("b", "html"))
    )
    assert "What: a" in text
    assert not any(name in text + html for name in ("Until", "Keep", "<p></p>"))


def test_a_letter_ends_with_who_writes_from_where_and_why(settings: Any):
    mail = write()
    for kind in ("plain", "html"):
        text = part(mail, kind)
        assert settings.POSTAL_ADDRESS in text
        assert "backoffice@pluc.example" in text
        assert "privacyverklaring/" in text
        assert "You are receiving this e-mail because" in text


def test_the_address_of_the_button_is_written_out_as_well():
    html = BeautifulSoup(part(write(), "html"), "lxml")
    links = html.find_all("a", href="https://pluc.example/pears/")
    assert [" ".join(link.text.split()) for link in links] == ["Pick →", links[0]["href"]]
    assert "Pick:\nhttps://pluc.example/pears/\n" in part(write(to="b@klant.example"), "plain")


def test_a_letter_fetches_nothing_and_shows_no_picture():
    html = BeautifulSoup(part(write(), "html"), "lxml")
    assert not html.find_all(["img", "link", "script", "iframe", "video", "object", "form"])
    assert not re.search(r"url\(|@import|src=|background=", str(html))


def test_the_layout_reads_as_text_and_the_mark_has_a_name():
    html = BeautifulSoup(part(write(), "html"), "lxml")
    assert html.find("h1").text.strip() == html.title.text == "Privacy statement & pears"
    mark = html.find(attrs={"aria-label": "PLUC!"})
    assert mark["role"] == "img"
    assert mark.text.strip() == "PLUC"
    tables = [one for one in html.find_all("table") if one is not mark and not one.find("th")]
    assert {table.get("role") for table in tables} == {"presentation"}


def test_text_has_no_row_of_empty_lines():
    assert "\n\n\n" not in part(write(), "plain")


def test_a_letter_says_whom_it_is_about():
    person = PersonFactory(email="anna@klant.example")
    mail = write(person_id=person.pk, kind=Mail.Kind.SECURITY)
    assert mail is not None
    assert (mail.person, mail.kind, mail.template) == (person, Mail.Kind.SECURITY, "pears")
    assert mail.subject == "Privacy statement & pears"
    person.delete()
    mail.refresh_from_db()
    assert mail.person is None


def test_one_event_is_written_once():
    assert write(event="ripe:1") is not None
    assert write(event="ripe:1") is None
    assert write(event="ripe:2") is not None


def test_a_letter_whose_cause_is_rolled_back_never_was():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_headers_of_ones_own_go_along():
    mail = write(headers={"List-Id": "<finance-updates.pluc.example>"})
    assert message_of(mail)["List-Id"] == "<finance-updates.pluc.example>"


@pytest.mark.parametrize("broken", ["a\r\nBcc: all@klant.example", "a\nb", "a\rb", "a\u2028b"])
@pytest.mark.parametrize("key", ["fruit", "first_name", "name"])
def test_a_line_break_in_a_subject_or_a_name_is_refused(key: str, broken: str):
    with pytest.raises(BadHeaderError):
        write({key: broken})
    assert not Mail.objects.exists()


# --- Colours -------------------------------------------------------------------------------------

AA = 4.5
# Ink on ground: running text, small text, links, and the button's label.
LIGHT = [("#2f1225", "#fcf6eb"), ("#5b3d4f", "#fcf6eb"), ("#672149", "#fcf6eb")]
LIGHT += [("#2f1225", "#f88e29"), ("#2f1225", "#e9780d")]
DARK = [("#f6efe3", "#1e1018"), ("#c7bcaf", "#1e1018"), ("#f4c79e", "#1e1018")]
DARK += [("#1e1018", "#fc9b3f"), ("#1e1018", "#e9780d")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4) for p in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "ground"), LIGHT + DARK)
def test_colours_stand_out_in_light_and_dark(ink: str, ground: str):
    low, high = sorted([luminance(ink), luminance(ground)])
    assert (high + 0.05) / (low + 0.05) >= AA


def test_those_are_all_the_colours_of_a_letter():
    texts = [path.read_text() for path in (ROOT / "templates/mails").rglob("*.html")]
    used = {colour for text in texts for colour in re.findall(r"#[0-9a-f]{6}\b", text)}
    lines_and_leaves = {"#c6d3db", "#443847", "#2c592a", "#97d083"}
    assert used - lines_and_leaves == {colour for pair in LIGHT + DARK for colour in pair}


LONG = [
    "Je hebt een plek: Coördinatie en fiscaliteiten in België, een verdieping voor accountants",
    "Je hebt een plek: Verslaggeving voor gevorderden in de praktijk van alledag, deel twee",
    f"Lang woord: {'x' * 150}",
    "é" * 150,
    "😀" * 80,
]


@pytest.mark.parametrize("subject", LONG)
def test_a_folded_subject_begins_on_its_first_line(subject: str):
    mail = write({"fruit": subject})
    assert mail is not None
    again = with_new_identity(bytes(mail.message))  # as it is sent once more
    for raw in (bytes(mail.message), again):
        lines = raw.split(b"\r\n\r\n")[0].split(b"\r\n")
        first = next(number for number, line in enumerate(lines) if line.startswith(b"Subject:"))
        assert len(lines[first]) > len("Subject: ") + 10
        folded = list(takewhile(lambda line: line.startswith(b" "), lines[first + 1 :]))
        assert folded
        assert max(map(len, [lines[first], *folded])) <= 78
        message = message_from_bytes(raw, policy=policy.default)
        assert message["Subject"] == f"Privacy statement & {subject}"
