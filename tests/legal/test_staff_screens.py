"""Writing a version, translating it and putting it in force at /beheer/."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from legal.statements.models import Edition, VersionPage
from legal.statements.services import put_in_force
from tests.houses import House
from tests.legal.versions import (
    days_from_now,
    make_editions,
    statement_page,
    text_of,
    translate_all,
    write_version,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.either_database]
TODAY = 0


def screen(page: VersionPage) -> str:
    return f"/beheer/verklaring/{page.pk}/"


# --- Who may -------------------------------------------------------------------------------------

ROLES = [("superuser", True), ("editor", True), ("writer", False), ("outsider", False)]


@pytest.mark.parametrize(("who", "may"), ROLES)
def test_a_version_is_put_in_force_by_who_has_that_right(request, sign_in, who: str, may: bool):
    user = request.getfixturevalue(who)
    page = write_version(days_from_now(TODAY))["nl"]
    browser = sign_in(user)
    assert (browser.get(screen(page)).status_code == 200) is may
    response = browser.post(screen(page))
    assert response.status_code in {302, 403, 404}
    assert Edition.objects.count() == (2 if may else 0)
    if may:
        assert set(Edition.objects.values_list("put_in_force_by", flat=True)) == {user.pk}


@pytest.mark.parametrize(("who", "may"), [("editor", True), ("writer", False)])
def test_the_button_is_shown_to_who_may_press_it(request, sign_in, who: str, may: bool):
    page = write_version(days_from_now(TODAY))["nl"]
    text = sign_in(request.getfixturevalue(who)).get(f"/beheer/pages/{page.pk}/edit/").text
    assert (screen(page) in text) is may


def test_the_right_is_apart_from_editing(sign_in, editor):
    from django.contrib.auth.models import Permission

    permission = Permission.objects.get(codename="put_in_force")
    for group in editor.groups.all():
        group.permissions.remove(permission)
    page = write_version(days_from_now(TODAY))["nl"]
    browser = sign_in(type(editor).objects.get(pk=editor.pk))
    assert browser.get(f"/beheer/pages/{page.pk}/edit/").status_code == 200
    browser.post(screen(page))
    assert not Edition.objects.exists()


def test_who_is_not_signed_in_is_sent_to_sign_in(house: House):
    page = write_version(days_from_now(TODAY))["nl"]
    response = house.guest().post(screen(page))
    assert response.status_code == 302
    assert house.portal_path("/inloggen/") in response["Location"]
    assert not Edition.objects.exists()


def test_it_takes_a_token_against_forgery(editor):
    browser = Client(headers={"host": "localhost:8000"}, enforce_csrf_checks=True)
    browser.force_login(editor)
    page = write_version(days_from_now(TODAY))["nl"]
    assert browser.post(screen(page)).status_code == 403
    assert not Edition.objects.exists()


def test_a_page_that_is_no_version_is_not_found(sign_in, editor):
    browser = sign_in(editor)
    for number in (statement_page().pk, 999_999):
        address = reverse("statement_put_in_force", args=[number])
        assert browser.get(address).status_code == 404
        assert browser.post(address).status_code == 404


# --- What the screen says ------------------------------------------------------------------------


def test_the_screen_says_what_stands_in_the_way(sign_in, editor):
    page = write_version(days_from_now(TODAY), summary="", effective_from=None)["nl"]
    browser = sign_in(editor)
    answer = browser.get(screen(page))
    assert answer.context["why_not"]
    for reason in answer.context["why_not"]:
        assert reason in answer.text
    assert "<form method" not in answer.text
    after = browser.post(screen(page))
    assert after.status_code == 422
    assert not Edition.objects.exists()
    assert answer.context["why_not"][0] in after.text


def test_the_screen_asks_first_and_says_afterwards_that_it_is_done(sign_in, editor):
    page = write_version(days_from_now(TODAY))["nl"]
    browser = sign_in(editor)
    browser.get(screen(page))
    assert not Edition.objects.exists()
    done = browser.post(screen(page), follow=True)
    assert date_format(days_from_now(TODAY)) in done.text
    again = browser.get(screen(page))
    assert Edition.objects.get(language="nl").sha256 in again.text


def test_putting_it_in_force_twice_is_refused_with_the_reason(sign_in, editor):
    page = write_version(days_from_now(TODAY))["nl"]
    browser = sign_in(editor)
    browser.post(screen(page))
    response = browser.post(screen(page))
    assert response.status_code == 422
    assert Edition.objects.count() == 2
    assert all(reason in response.text for reason in response.context["why_not"])


# --- Writing at /beheer/ -------------------------------------------------------------------------


def editors_form(**fields: Any) -> dict[str, Any]:
    """What the page editor posts for a version with one paragraph."""
    paragraph = {
        "blocks": [{"key": "a", "text": fields.pop("sentence"), "type": "unstyled", "depth": 0}],
        "entityMap": {},
    }
    paragraph["blocks"][0] |= {"inlineStyleRanges": [], "entityRanges": []}
    return {
        "title": "Privacyverklaring PLUC!",
        "slug": str(fields["date"]),
        "intro": "Je gegevens zijn van jou.",
        "key_points-count": "0",
        "body-count": "2",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-id": "",
        "body-0-value-level": "2",
        "body-0-value-text": "Wat we bewaren",
        "body-1-deleted": "",
        "body-1-order": "1",
        "body-1-type": "text",
        "body-1-id": "",
        "body-1-value": json.dumps(paragraph),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **fields,
    }


def write_at_the_desk(browser: Client, language: str, **fields: Any) -> VersionPage:
    parent = statement_page(language)
    address = reverse("wagtailadmin_pages:add", args=["statements", "versionpage", parent.pk])
    response = browser.post(address, editors_form(**fields))
    assert response.status_code == 302, response.context["form"].errors
    return VersionPage.objects.child_of(parent).order_by("-pk").first()


@pytest.mark.promise("P39")
def test_an_editor_writes_translates_and_puts_in_force(sign_in, editor, second, visitor):
    """Version three, for tomorrow; translated with the editors' own translation screen."""
    browser = sign_in(editor)
    statement_page("en")
    start = {"date": days_from_now(0), "effective_from": days_from_now(1)}
    page = write_at_the_desk(
        browser, "nl", sentence="We bewaren ook je fruitkeuze.", summary="Fruit erbij.", **start
    )
    english = Locale.objects.get(language_code="en")
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    browser.post(address, {"locales": [english.pk]})
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translate_all(translation)
    target = translation.get_target_instance()
    browser.post(reverse("wagtailadmin_pages:edit", args=[target.pk]), {"action": "publish"})
    assert not VersionPage.objects.filter(live=True).exists()
    done = browser.post(screen(page), follow=True)
    assert done.status_code == 200
    edition = Edition.objects.get(version=str(days_from_now(0)), language="en")
    assert "EN We bewaren ook je fruitkeuze." in edition.html
    assert "fruitkeuze" not in visitor.get("/privacyverklaring/").text
    assert visitor.get(f"/en/privacyverklaring/{edition.version}/").status_code == 200


@pytest.fixture
def translated(editor) -> tuple[VersionPage, Translation]:
    """A version in force whose English text is a translation that can be brought up to date."""
    page = write_version(days_from_now(TODAY), languages=["nl"])["nl"]
    english = statement_page("en").locale
    source, _ = TranslationSource.get_or_create_from_instance(page)
    source.update_from_db()
    translation = Translation.objects.create(source=source, target_locale=english)
    translate_all(translation)
    translation.save_target(user=editor, publish=False)
    put_in_force(page=page, by=None)
    return page, translation


@pytest.mark.promise("P39")
@pytest.mark.parametrize("publish", [True, False])
def test_bringing_a_translation_up_to_date_changes_no_edition(translated, editor, visitor, publish):
    page, translation = translated
    before = list(Edition.objects.values_list("sha256", "html"))
    shown = visitor.get("/en/privacyverklaring/").content
    page.body = text_of("nl", "Heel iets anders.")
    page.save_revision()
    page.save()
    translation.source.update_from_db()
    translation.save_target(user=editor, publish=publish)
    assert list(Edition.objects.values_list("sha256", "html")) == before
    assert visitor.get("/en/privacyverklaring/").content == shown


def test_a_version_has_no_button_to_publish(sign_in, superuser):
    page = write_version(days_from_now(TODAY))["nl"]
    text = sign_in(superuser).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert 'name="action-publish"' not in text


def test_the_screen_of_a_version_costs_no_more_with_more_versions(
    sign_in, editor, django_assert_max_num_queries
):
    page = write_version(days_from_now(TODAY))["nl"]
    for days in range(1, 4):
        make_editions(days_from_now(-days))
    browser = sign_in(editor)
    browser.get(screen(page))
    with django_assert_max_num_queries(60):
        browser.get(screen(page))
