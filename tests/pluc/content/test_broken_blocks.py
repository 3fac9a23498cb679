"""Blocks that break are refused at publishing, or left out (docs/decisions/0018)."""

import logging
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Locale
from wagtail.test.utils.form_data import rich_text
from wagtail_localize.models import Translation, TranslationSource

from home.models import StandardPage
from pluc.content.blocks import BodyBlock, QuoteBlock
from pluc.content.findings import findings
from pluc.content.models import Navigation
from pluc.web_addresses import can_be_followed, is_web_address, read_address
from tests.factories import StandardPageFactory
from tests.pluc.content.test_findings import add_address, filled_in

pytestmark = pytest.mark.either_database

PLACEHOLDER = "https://[vul hier in]"
# What no browser can follow as it is written, or should.
IMPOSSIBLE = [
    PLACEHOLDER,
    "https://[",
    "http://",
    "https://",
    "http:///pad",
    "https://elders.example:99999/",
    "https://elders.example:poort/",
    "https://[::1",
    "https://elders\u2100.example/",
    "https://elders.example/een pad",
    "https://elders.example/\npad",
    " https://elders.example/",
    "https://" + "a" * 3_000 + ".example/",
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//elders.example/",
    "/\\elders.example/",
    "elders",
    "mailto:",
    "mailto:geen adres",
    "mailto:a@b@c",
    "tel:",
    "tel:bel ons",
    "",
]
FOLLOWED = [
    "https://elders.example/pad?a=1&b=2#c",
    "http://localhost:8000/blog/",
    "https://[2001:db8::1]:8443/",
    "https://käse.example/é",
    "/blog/",
    "#kop",
    "mailto:puck@pluc.example?subject=Hallo",
    "tel:+31-30-000 00 00",
]


def test_an_address_is_read_without_raising_and_judged():
    assert [address for address in IMPOSSIBLE if can_be_followed(address)] == []
    assert [address for address in FOLLOWED if not can_be_followed(address)] == []
    assert read_address(PLACEHOLDER) is None
    assert not is_web_address("/blog/")


def blocks_with(address: str) -> list[dict[str, Any]]:
    """Every block that can hold an address, holding this one."""
    link = {"page": None, "url": address}
    attribute = address.replace("&", "&amp;").replace('"', "&quot;")
    text = f'<p>Lees <a href="{attribute}">dit</a>.</p>'
    cards = [{"heading": str(n), "text": "Tekst.", "link": link} for n in (1, 2)]
    values = {
        "text": text,
        "button": {"label": "Knop", "link": link},
        "call_to_action": {"heading": "Kom", "text": "", "label": "Knop", "link": link},
        "cards": {"cards": cards},
        "questions": {"questions": [{"question": "Wat?", "answer": text}]},
        "video": {"title": "Film", "url": address, "description": ""},
    }
    return [{"type": type_, "value": value, "id": type_} for type_, value in values.items()]


@pytest.mark.django_db
def test_a_page_with_impossible_addresses_is_shown_and_told_of(visitor: Client):
    """As an import or a translation may leave them: past every check."""
    # No address is no fault of every block; spaces around one and a missing scheme a form mends.
    mended = {"", " https://elders.example/", "//elders.example/"}
    refused = [address for address in IMPOSSIBLE if address not in mended]
    body = [block for address in refused for block in blocks_with(address)]
    with pytest.raises(StreamBlockValidationError) as refusal:
        BodyBlock().clean(BodyBlock().to_python(body))
    assert set(refusal.value.block_errors) == set(range(len(body)))
    body = [block for address in IMPOSSIBLE for block in blocks_with(address)]
    answer = visitor.get(StandardPageFactory(body=body, slug="vol").get_url())
    assert answer.status_code == 200
    main = BeautifulSoup(answer.text, "lxml").select_one("main")
    shown = {link["href"] for link in main.select(".prose a[href]")}
    assert PLACEHOLDER not in shown
    good = StandardPageFactory(body=blocks_with(FOLLOWED[0]))
    assert findings(good) == []


@pytest.mark.django_db
def test_publishing_an_impossible_address_is_refused_at_its_block(sign_in, editor, home):
    form = filled_in(
        ("text", rich_text("<p>Goed.</p>")),
        ("text", rich_text(f'<p><a href="{PLACEHOLDER}">hier</a></p>')),
    )
    browser = sign_in(editor)
    refused = browser.post(add_address(home), form | {"action-publish": "1"})
    assert set(refused.context["form"].errors.as_data()["body"][0].block_errors) == {1}
    assert not StandardPage.objects.filter(slug="over-ons").exists()
    browser.post(add_address(home), form)  # a draft may wait
    assert findings(StandardPage.objects.get(slug="over-ons").get_latest_revision_as_object())


@pytest.mark.django_db
def test_a_footer_with_an_impossible_link_breaks_no_page(visitor: Client, home):
    link = {"label": "Kapot", "link": {"page": "geen", "url": PLACEHOLDER}}
    column = {"heading": "Kolom", "links": [link]}
    Navigation.objects.update_or_create(
        locale=home.locale,
        defaults={"menu": [], "footer": [{"type": "column", "value": column}]},
    )
    answer = visitor.get(home.get_url())
    assert answer.status_code == 200
    assert "Kapot" not in answer.text


@pytest.mark.django_db
def test_a_link_to_a_page_of_an_impossible_number_stays_text(visitor: Client):
    numbers = ("9" * 40, "²", "x", "-1", "")
    links = "".join(f'<a linktype="page" id="{number}">weg</a>' for number in numbers)
    body: list[dict[str, Any]] = [{"type": "text", "value": f"<p>{links}</p>"}]
    body.append({"type": "button", "value": {"label": "a", "link": {"page": 10**30, "url": ""}}})
    page = StandardPageFactory(body=body)
    assert visitor.get(page.get_url()).status_code == 200


# --- Whatever else breaks ------------------------------------------------------------------------


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote that breaks when it is shown."""

    def fail(*args: Any, **kwargs: Any) -> str:
        raise RuntimeError("GEHEIM: wat er getypt was")

    monkeypatch.setattr(QuoteBlock, "get_context", fail)


BODY = [
    {"type": "text", "value": "<p>Ervoor.</p>"},
    {"type": "quote", "value": {"text": "Kapot", "name": "", "role": ""}, "id": "het-citaat"},
    {"type": "text", "value": "<p>Erna.</p>"},
]


@pytest.mark.django_db
def test_a_block_that_breaks_is_left_out_and_the_log_says_so(breaking, visitor: Client, caplog):
    page = StandardPageFactory(body=BODY)
    with caplog.at_level(logging.ERROR):
        answer = visitor.get(page.get_url())
    assert answer.status_code == 200
    assert "Ervoor." in answer.text
    assert "Erna." in answer.text
    assert "Kapot" not in answer.text
    (record,) = [one for one in caplog.records if one.name == "pluc.content.broken"]
    for part in (f"page {page.pk}", "quote", "het-citaat", "RuntimeError"):
        assert part in record.getMessage()
    assert "GEHEIM" not in caplog.text
    assert record.exc_info is None


@pytest.mark.django_db
def test_an_editor_is_told_which_block_breaks(breaking, sign_in, editor):
    page = StandardPageFactory(body=BODY)
    page.save_revision()
    (sentence,) = findings(page)
    assert "2" in sentence
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    preview = sign_in(editor).get(address)
    assert preview.status_code == 200
    assert "alert-wrong" in preview.text
    assert "Erna." in preview.text


@pytest.mark.django_db
def test_a_database_that_fails_is_no_broken_block(monkeypatch, visitor: Client):
    from django.db import OperationalError

    def fail(*args: Any, **kwargs: Any) -> str:
        raise OperationalError("gone")

    monkeypatch.setattr(QuoteBlock, "get_context", fail)
    page = StandardPageFactory(body=BODY)
    with pytest.raises(OperationalError):
        visitor.get(page.get_url())


@pytest.mark.django_db
def test_a_translated_address_that_is_none_breaks_no_page(superuser, visitor: Client):
    page = StandardPageFactory(body=blocks_with("https://elders.example/"))
    source, _ = TranslationSource.get_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in source.overridablesegment_set.all():
        segment.context.overrides.create(
            locale=english, data_json=f'"{PLACEHOLDER}"', last_translated_by=superuser
        )
    translation.save_target(user=superuser, publish=True)
    target = translation.get_target_instance()
    assert visitor.get(target.get_url()).status_code in {200, 404}


def test_a_form_from_a_page_of_no_address_is_not_ours(rf):
    from pluc.hosts import is_same_origin

    assert not is_same_origin(rf.post("/", headers={"origin": "https://["}))
    assert not is_same_origin(rf.post("/", headers={"referer": PLACEHOLDER}))


@pytest.mark.parametrize(
    "url",
    [
        "https://pluc.example/\u202efdp.exe",
        "https://pluc.example/?a=\u2066b",
        "https://pluc.example/%E2%80%AEfdp.exe",
        "https://\u200fpluc.example/",
        "https://pluc.example/#\u061c",
    ],
)
def test_an_address_that_reads_as_another_is_none(url: str):
    assert not is_web_address(url)
    assert not can_be_followed(url)
    assert is_web_address("https://pluc.example/caf%C3%A9")
