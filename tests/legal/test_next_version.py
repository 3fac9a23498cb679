"""The next version starts from the one before it, and no sentence is translated twice."""

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation

from legal.statements.drafting import NewVersion, bring_along, start_version
from legal.statements.errors import NotReady
from legal.statements.forms import NewVersionForm
from legal.statements.models import Edition, VersionPage
from legal.statements.pieces import untranslated
from legal.statements.queries import drafts_of
from legal.statements.readiness import cure_for, obstacles
from legal.statements.services import put_in_force
from tests.legal.versions import (
    SENTENCE,
    days_from_now,
    revise,
    statement_page,
    text_of,
    translate_all,
    write_version,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
TODAY, BEFORE = days_from_now(0), days_from_now(-30)
STATES = {"nl": "Wat er nieuw is.", "en": "What is new."}


@pytest.fixture
def last() -> dict[str, VersionPage]:
    """A version in force since a month whose languages were written apart, as the demo's are."""
    pages = write_version(BEFORE, key_points=[{"type": "point", "value": "Kort"}])
    revise(pages["en"], title="Privacy statement", intro="It is yours.", summary="The same.")
    put_in_force(page=pages["nl"], by=None, today=BEFORE)
    return pages


def start(editor, **fields) -> VersionPage:
    typed = {"day": TODAY, "effective_from": TODAY, "summaries": STATES} | fields
    return start_version(by=editor, typed=NewVersion(**typed))


def test_the_fields_of_a_new_version_need_no_script():
    """The kit's screens load none: a field that waits for one throws an error and shows no days."""
    assert str(NewVersionForm().media) == ""


def test_a_version_starts_with_the_texts_and_translations_of_the_one_before(last, editor):
    page = start(editor)
    drafts = drafts_of(page)
    assert drafts["nl"].intro == "Je gegevens zijn van jou."
    assert drafts["en"].intro == "It is yours."
    assert SENTENCE["en"] in str(drafts["en"].body)
    assert {code: draft.summary for code, draft in drafts.items()} == STATES
    assert untranslated(drafts["nl"], drafts["en"].locale) == []
    editions = put_in_force(page=page, by=editor.pk)
    assert [SENTENCE[edition.language] in edition.html for edition in editions] == [True, True]


def test_only_what_was_changed_is_to_be_translated(last, editor, english_home):
    page = start(editor)
    both = (SENTENCE["nl"], "En je fruitkeuze, sinds kort.")
    revise(page, body=text_of("nl", *both))
    lacking = untranslated(drafts_of(page)["nl"], english_home.locale)
    assert [piece.text for piece in lacking] == ["En je fruitkeuze, sinds kort."]
    with pytest.raises(NotReady, match="1 stuk"):
        put_in_force(page=page, by=editor.pk)


def test_a_changed_sentence_comes_with_its_earlier_translation(last, editor, english_home):
    page = start(editor)
    body = drafts_of(page)["nl"].body.raw_data
    changed = [dict(block) for block in body]
    changed[1]["value"] = changed[1]["value"].replace("je naam", "je voornaam")
    revise(page, body=changed)
    (piece,) = untranslated(drafts_of(page)["nl"], english_home.locale)
    assert "voornaam" in piece.text
    assert piece.earlier == SENTENCE["en"]


def test_the_third_version_starts_from_translations_of_the_second(last, editor, english_home):
    put_in_force(page=start(editor), by=editor.pk)
    later = days_from_now(1)
    page = start(editor, day=later, effective_from=later)
    assert SENTENCE["en"] in str(drafts_of(page)["en"].body)


def test_emphasis_that_the_editor_writes_with_other_tags_is_no_change(last, editor, english_home):
    page = start(editor)
    text = "Het heet <{0}>toestemming</{0}>."
    revise(page, body=text_of("nl", text.format("strong")))
    translate_all_of(page)
    revise(page, body=text_of("nl", text.format("b")))
    assert untranslated(drafts_of(page)["nl"], english_home.locale) == []


def translate_all_of(page: VersionPage) -> None:
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translation.source.update_from_db()
    draft = drafts_of(page)["nl"]
    translation.source.update_or_create_from_instance(draft)
    translate_all(translation)


def test_a_version_that_could_not_be_put_in_force_is_not_started(last, editor):
    with pytest.raises(NotReady):
        start(editor, day=BEFORE, effective_from=BEFORE)
    assert VersionPage.objects.count() == len(last)


def test_without_a_version_in_force_it_starts_empty(editor):
    statement_page("en")
    page = start(editor)
    assert not page.body
    assert drafts_of(page)["en"].summary == STATES["en"]


# --- Languages that do not go together -----------------------------------------------------------


def test_a_version_in_one_language_is_begun_in_the_other(last, editor, english_home):
    page = write_version(TODAY, languages=["nl"])["nl"]
    assert "Engels" in cure_for(drafts_of(page))
    bring_along(page=page, by=editor)
    assert cure_for(drafts_of(page)) == ""
    assert SENTENCE["en"] in str(drafts_of(page)["en"].body)


def test_dates_that_differ_are_taken_from_the_dutch_text(last, editor):
    pages = write_version(TODAY)
    revise(pages["en"], effective_from=days_from_now(3), is_material=True)
    assert cure_for(drafts_of(pages["nl"]))
    bring_along(page=pages["nl"], by=editor)
    assert cure_for(drafts_of(pages["nl"])) == ""
    assert obstacles(drafts_of(pages["nl"]), today=TODAY) == []


def test_dates_of_a_translation_follow_by_themselves(last, editor):
    page = start(editor)
    revise(page, effective_from=days_from_now(5))
    editions = put_in_force(page=page, by=editor.pk)
    assert {edition.effective_from for edition in editions} == {days_from_now(5)}


# --- Screens -------------------------------------------------------------------------------------


def test_the_list_shows_date_and_state_of_each_version(last, editor, sign_in):
    start(editor)
    revise(start(editor), summary="Iets anders dan wat vertaald is.")
    text = sign_in(editor).get(reverse("statement_list")).text
    for state in ("in de maak", "geldt nu", "nog 1 stuk te vertalen"):
        assert state in text
    explorer = reverse("wagtailadmin_explore", args=[statement_page().pk])
    assert "geldt nu" in sign_in(editor).get(explorer).text


def test_an_editor_starts_translates_and_puts_in_force_in_three_forms(last, editor, sign_in):
    browser = sign_in(editor)
    dates = {"day": TODAY.isoformat(), "effective_from": TODAY.isoformat()}
    new = {"summary_nl": STATES["nl"], "summary_en": STATES["en"]}
    browser.post(reverse("statement_start"), dates | new)
    page = VersionPage.objects.get(locale__language_code="nl", date=TODAY)
    revise(page, intro="Je gegevens en je fruit zijn van jou.")
    here = reverse("statement_put_in_force", args=[page.pk])
    asked = browser.get(here)
    assert "Je gegevens en je fruit zijn van jou." in asked.text
    assert "It is yours." in asked.text
    unchanged = browser.post(here, {"piece-0": "It is yours."})
    assert unchanged.status_code == 422
    browser.post(here, {"piece-0": "It is yours, the fruit too."})
    edition = Edition.objects.get(version=str(TODAY), language="en")
    assert edition.intro == "It is yours, the fruit too."


def test_a_translation_that_is_its_source_is_pointed_out(last, editor, sign_in):
    pages = write_version(TODAY)
    answer = sign_in(editor).get(reverse("statement_put_in_force", args=[pages["nl"].pk]))
    assert "Je gegevens zijn van jou." in answer.context["alike"]
    assert SENTENCE["nl"] not in answer.context["alike"]
    assert "Klopt dat?" in answer.text


def test_one_button_cures_what_it_names(last, editor, sign_in):
    page = write_version(TODAY, languages=["nl"])["nl"]
    browser = sign_in(editor)
    here = reverse("statement_put_in_force", args=[page.pk])
    assert 'name="cure"' in browser.get(here).text
    browser.post(here, {"cure": "1"})
    assert 'name="cure"' not in browser.get(here).text
    assert not Edition.objects.filter(version=str(TODAY)).exists()
