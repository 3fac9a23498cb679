"""What a draft still lacks before it can be published (STANDARDS 5.7)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.models import HomePage, StandardPage
from pluc.content.findings import findings
from tests.factories import PictureFactory, StandardPageFactory, image_file

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def page_with(*blocks: tuple[str, Any], **fields: Any) -> StandardPage:
    body = [{"type": type_, "value": value} for type_, value in blocks]
    return StandardPageFactory(body=body, **fields)


HEADING_2 = ("heading", {"level": "2", "text": "Een kop"})
HEADING_3 = ("heading", {"level": "3", "text": "Een tussenkop"})
TEXT = ("text", "<p>Tekst.</p>")


def test_a_page_in_order_has_no_findings():
    assert findings(page_with(TEXT, HEADING_2, HEADING_3, TEXT)) == []


def test_a_lead_picture_asks_for_its_alt_text():
    page = StandardPageFactory(picture=PictureFactory())
    (sentence,) = findings(page)
    assert sentence
    page.picture_is_decorative = True
    assert findings(page) == []
    page.picture_is_decorative, page.picture_alt = False, "Een mand abrikozen"
    assert findings(page) == []


def test_what_a_list_of_blocks_lacks_is_said_in_dutch():
    card = {"page": None, "title": "Een kaart", "text": "Tekst.", "label": "", "url": ""}
    found = " ".join(findings(page_with(TEXT, ("cards", {"cards": [card]}))))
    assert "Het minimale aantal items is 2" in found
    assert "Validation error" not in found
    questions = findings(page_with(("questions", {"questions": []})))
    assert questions
    assert "Validation error" not in " ".join(questions)


def test_a_finding_names_the_number_of_its_block():
    (sentence,) = findings(page_with(TEXT, TEXT, HEADING_3))
    assert "3" in sentence


def test_a_picture_in_the_body_asks_for_its_alt_text():
    picture = {"image": PictureFactory().pk, "alt_text": "", "decorative": False}
    (sentence,) = findings(page_with(TEXT, ("picture", {"picture": picture, "caption": ""})))
    assert "2" in sentence


def test_a_broken_link_is_named_with_its_text():
    (sentence,) = findings(page_with(("text", '<p><a linktype="page" id="987654">lees</a></p>')))
    assert "“lees”" in sentence
    assert "1" in sentence


def test_a_broken_link_deep_inside_is_found():
    answer = '<p><a linktype="page" id="987654">lees</a></p>'
    questions = {"questions": [{"question": "Wat?", "answer": answer}]}
    (sentence,) = findings(page_with(TEXT, ("questions", questions)))
    assert "“lees”" in sentence
    assert "2" in sentence


def test_a_table_of_unequal_rows_is_found():
    cells = {"caption": "Tarieven", "header": "row", "cells": "a|b\nc"}
    (sentence,) = findings(page_with(TEXT, ("table", cells)))
    assert "2" in sentence


def test_every_finding_is_told_in_the_order_of_the_page():
    broken = ("text", '<p><a linktype="page" id="987654">lees</a></p>')
    page = page_with(HEADING_3, TEXT, broken, picture=PictureFactory())
    assert len(findings(page)) == 3


# --- In the editor -------------------------------------------------------------------------------


@pytest.fixture
def browser(sign_in, editor) -> Client:
    return sign_in(editor)


def filled_in(*blocks: tuple[str, Any], **fields: Any) -> dict[str, Any]:
    """What the editor's form sends for a standard page."""
    form = {
        "title": "Over ons",
        "slug": "over-ons",
        "intro": "Wie wij zijn.",
        "picture": "",
        "picture_alt": "",
        "body": streamfield(list(blocks)),
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return nested_form_data(form | fields)


def add_address(home: HomePage) -> str:
    return reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])


def test_a_draft_may_be_saved_unfinished_and_the_editor_is_told_where(
    browser: Client, home: HomePage
):
    form = filled_in(
        ("text", rich_text("<p>Tekst.</p>")),
        ("heading", {"level": "3", "text": "Een tussenkop"}),
        picture=str(PictureFactory().pk),
    )
    response = browser.post(add_address(home), form, follow=True)
    page = StandardPage.objects.get(slug="over-ons")
    assert not page.live
    for sentence in findings(page.get_latest_revision_as_object()):
        assert sentence in response.text
    assert len(findings(page.get_latest_revision_as_object())) == 2


def test_publishing_what_is_unfinished_is_refused_and_loses_nothing(
    browser: Client, home: HomePage
):
    form = filled_in(
        ("heading", {"level": "3", "text": "Een tussenkop die blijft"}),
        picture=str(PictureFactory(title="Abrikozen").pk),
        intro="Een inleiding die blijft.",
    )
    response = browser.post(add_address(home), form | {"action-publish": "1"})
    assert response.status_code == 200
    assert not StandardPage.objects.filter(slug="over-ons").exists()
    errors = response.context["form"].errors
    assert set(errors) == {"picture_alt", "body"}
    for typed in ("Een tussenkop die blijft", "Een inleiding die blijft.", "Abrikozen"):
        assert typed in response.text


def test_publishing_what_is_finished_makes_it_public(
    browser: Client, home: HomePage, visitor: Client
):
    form = filled_in(
        ("heading", {"level": "2", "text": "Een kop"}),
        picture=str(PictureFactory().pk),
        picture_alt="Een mand abrikozen",
    )
    browser.post(add_address(home), form | {"action-publish": "1"})
    page = visitor.get("/over-ons/")
    assert page.status_code == 200
    assert "Een kop" in page.text


def test_a_writer_can_write_but_not_publish(sign_in, writer, home: HomePage, visitor: Client):
    form = filled_in(("text", rich_text("<p>Tekst.</p>"))) | {"action-publish": "1"}
    sign_in(writer).post(add_address(home), form)
    assert visitor.get("/over-ons/").status_code == 404


def test_an_address_that_others_rely_on_cannot_be_edited(browser: Client, home: HomePage):
    address = reverse("wagtailadmin_pages:edit", args=[home.pk])
    field = browser.get(address).context["form"].fields["slug"]
    assert field.disabled


# --- Privacy is no option ------------------------------------------------------------------------


def test_a_page_cannot_be_made_private(sign_in, superuser):
    page = StandardPageFactory()
    browser = sign_in(superuser)
    edit = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    assert 'data-a11y-dialog-show="set-privacy"' not in edit
    assert browser.get(address).status_code != 200
    browser.post(address, {"restriction_type": "login"})
    assert not Page.objects.get(pk=page.pk).get_view_restrictions().exists()


# --- Uploads -------------------------------------------------------------------------------------


def upload(browser: Client, file: Any) -> tuple[int, str]:
    """Sends a picture; returns how many there are then, and what the editor reads."""
    from pluc.content.models import Picture

    form = {"title": "Een plaatje", "file": file, "collection": "1"}
    response = browser.post(reverse("wagtailimages:add"), form, follow=True)
    return Picture.objects.count(), response.text


def test_a_picture_can_be_uploaded(browser: Client):
    assert upload(browser, image_file())[0] == 1


HALF_A_PICTURE = image_file("heel.jpg").read()[:4_000]


def test_half_a_picture_is_refused_also_once_weasyprint_forgives_it(
    browser: Client, monkeypatch: pytest.MonkeyPatch
):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import ImageFile

    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    number, _ = upload(browser, SimpleUploadedFile("foto.jpg", HALF_A_PICTURE))
    assert number == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("tekening.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("foto.jpg", b"this is no picture"),
        ("foto.png", b"\x89PNG\r\n\x1a\n and then nothing"),
        ("foto.jpg", HALF_A_PICTURE),
        ("foto.gif", b"GIF89a" + b"\0" * 20),
        ("virus.exe", b"MZ"),
        ("leeg.png", b""),
    ],
)
def test_an_upload_that_is_no_picture_is_refused_with_the_reason(
    browser: Client, name: str, content: bytes
):
    from django.core.files.uploadedfile import SimpleUploadedFile

    number, answer = upload(browser, SimpleUploadedFile(name, content))
    assert number == 0
    assert "error-message" in answer or "errorlist" in answer


def test_a_picture_of_too_many_pixels_is_refused_with_the_reason(browser: Client):
    number, answer = upload(browser, image_file(size=(8_000, 5_001)))
    assert number == 0
    assert "error-message" in answer


def test_a_picture_of_too_many_bytes_is_refused_with_the_reason(browser: Client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    heavy = image_file(size=(100, 100)).read() + b"\0" * (10 * 1024 * 1024)
    number, answer = upload(browser, SimpleUploadedFile("zwaar.png", heavy))
    assert number == 0
    assert "error-message" in answer
