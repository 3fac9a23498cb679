"""Every mail there is, one by one: a subject, and two parts that say the same (STANDARDS 2.11)."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Engine
from django.utils import timezone, translation

from pluc.outbox.letters import surroundings, written
from tests.run import ROOT

FOLDER = ROOT / "templates/mails"
SHARED = {"frames", "parts"}
NAMES = sorted(
    str(path.relative_to(FOLDER).with_suffix(""))
    for path in FOLDER.rglob("*.*")
    if path.relative_to(FOLDER).parts[0] not in SHARED
)
AT = datetime(2026, 5, 12, 11, 30, tzinfo=UTC)
# What mails show. A new one adds its own here.
FACTS: dict[str, Any] = {
    "address": "https://pluc.example/go/?a=1&b=2",
    "again_by_name": "Petra Peer",
    "announcement_subject": "A new owner",
    "answer": "Yes, there is a place.\n\nBas",
    "at": AT,
    "because": "The speaker is ill.",
    "dates": "12 May 2026, Utrecht\n19 May 2026, Amersfoort",
    "booker_name": "Petra Peer",
    "days": 3,
    "each_day": ["12 May 2026, 13:30 to 17:00", "19 May 2026, 9:00 to 12:00"],
    "first_name": "Gerda",
    "kept_for": "5 years",
    "supplied_at": AT,
    "supplier_name": "Pruimen & Partners",
    "general_terms": "https://pluc.example/terms/",
    "happened": "Gerda Gast comes on another date.",
    "full_name": "Gerda Gast",
    "hours": 24,
    "instead_of_name": "Freek Fijn",
    "is_for_another": True,
    "masked_address": "d…@firma.example",
    "more_in_dutch": "There is more to know.",
    "names": ["Gerda Gast", "Freek Fijn"],
    "note_subject": "Another door",
    "offer_hours": 24,
    "old_when": "5 May 2026",
    "online_link": "https://video.example/peren",
    "order": {
        "names": ["Gerda Gast"],
        "waiting_names": ["Cees 2e"],
        "price": "€ 210.00",
        "places": 2,
        "total": "€ 420.00",
        "reference": "PO 2026-18",
        "order_address": "https://pluc.example/order/1/",
    },
    "order_address": "https://pluc.example/order/",
    "online_note": "You get the link by e-mail.",
    "other_name": "Freek Fijn",
    "place": "De Perenhof, Perenlaan 1",
    "places": 2,
    "practical": "Bring a laptop.\n\nPark behind the building.",
    "question": "Is there a place?",
    "price": "€ 195.00, exempt from VAT",
    "reason": "The room is taken.\n\nSee you there.",
    "reference": "PO 2026-17",
    "route": "Bus 4.\nOut at Perenlaan.",
    "sessions": 2,
    "since": AT,
    "terms": ["Cancelling is free up to 5 May.", "You can send somebody else."],
    "text": "The Orchard takes over.\n\nFor you nothing changes.",
    "title": "Pears & “plums”",
    "topic": "My data",
    "total": "€ 390.00, exempt from VAT",
    "until": AT,
    "waiting_names": ["Cees 2e"],
    "webhook_name": "Pears & “plums”, site",
    "way": "See or change your place",
    "when": "12 May 2026, 13:30",
    "why": "the virus scanner does not answer",
    "withdrawal": "A consumer may change their mind.",
}
FLAGS = (
    *("can_enrol", "costs_nothing", "had_place", "has_offer", "has_place"),
    *("invoice_stays", "is_invoiced", "is_test"),
)
UNKNOWN = "a variable that FACTS does not know: %s"
COPY_THIS = {
    "en": "Or copy this address into your browser:",
    "nl": "Of plak dit adres in je browser:",
}
# Words that are true of one part only: text has no button.
OF_ONE_PART = re.compile(r"\b(button|click|knop|klik)", re.IGNORECASE)

pytestmark = [
    pytest.mark.parametrize("language", ["nl", "en"]),
    pytest.mark.parametrize("flag", [True, False]),
    pytest.mark.parametrize("name", NAMES),
]


@pytest.fixture
def message(name: str, flag: bool, language: str, monkeypatch: Any) -> EmailMultiAlternatives:
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", UNKNOWN)
    context = FACTS | dict.fromkeys(FLAGS, flag) | surroundings(language)
    with translation.override(language), timezone.override(settings.TIME_ZONE):
        return written(name, context, to="anna@klant.example", headers=None)


def flat(text: str) -> str:
    return " ".join(text.split())


def pieces_of(soup: BeautifulSoup, language: str) -> list[str]:
    """What HTML says, by paragraph, fact and label; without what only HTML needs to say."""
    for line_break in soup.find_all("br"):
        line_break.replace_with("\n")
    soup.find(attrs={"aria-label": "PLUC!"}).decompose()  # the mark
    found = soup.find(attrs={"role": "article"}).find_all(["p", "th", "td"])
    lines = [line for one in found if not one.find(["p", "td", "h1"]) for line in said_by(one)]
    return [line for line in lines if line not in ("", COPY_THIS[language])]


def said_by(element: Any) -> list[str]:
    return [flat(line).strip(" →") for line in re.split("[\n·]", element.get_text())]


def lines_of(text: str) -> list[str]:
    """What text says, without addresses and the name below it; a name and its value on a line."""
    lines = [re.sub(r"https?://\S+$", "", line).strip(" :-") for line in text.splitlines()]
    return [line for line in lines if line not in ("", "PLUC!")]


def test_both_parts_of_a_mail_say_the_same_and_lead_to_the_same(
    message: EmailMultiAlternatives, language: str
):
    text, html = str(message.body), str(message.alternatives[0][0])
    assert UNKNOWN[:20] not in message.subject + text + html
    assert len(message.subject) > 5
    soup = BeautifulSoup(html, "lxml")
    shown = soup.find(style=re.compile("^display:none"))
    assert flat(shown.get_text()).strip("\u034f\u200c ")
    pieces = pieces_of(soup, language)
    assert [piece for piece in pieces if piece not in flat(text)] == []
    everything = ": ".join(pieces)
    assert [line for line in lines_of(text) if line not in everything] == []
    links = {link["href"] for link in soup.find_all("a") if not link["href"].startswith("mailto:")}
    assert set(re.findall(r"https?://\S+", text)) == links
    assert not OF_ONE_PART.search(message.subject + text)
