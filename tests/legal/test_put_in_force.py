"""Putting a version in force: both languages in one transaction, frozen (P39)."""

import hashlib
from datetime import date, timedelta

import pytest
from django.utils import translation
from django.utils.formats import date_format
from wagtail.models import Page

from legal.statements import services
from legal.statements.models import Edition, Recipient, VersionPage
from legal.statements.services import NotReady, put_in_force
from tests.legal.versions import (
    SENTENCE,
    days_from_now,
    make_editions,
    make_recipient,
    revise,
    text_of,
    write_version,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.either_database]
TODAY = 0
TOMORROW = 1


def reasons_against(pages: dict[str, VersionPage]) -> str:
    """Why a version is refused, in English; nothing may have been frozen then."""
    before = Edition.objects.count()
    with translation.override("en"), pytest.raises(NotReady) as refusal:
        put_in_force(page=pages["nl"], by=None)
    assert Edition.objects.count() == before
    assert not VersionPage.objects.filter(locked=True).exists()
    assert refusal.value.reasons
    return " ".join(refusal.value.reasons)


# --- What is refused, and why --------------------------------------------------------------------


def in_words(day: date) -> str:
    with translation.override("en"):
        return date_format(day)


def test_a_version_without_a_date_is_refused():
    assert "no date" in reasons_against(write_version(None))


def test_a_version_without_a_start_is_refused():
    pages = write_version(days_from_now(TODAY), effective_from=None)
    assert "from when" in reasons_against(pages)


@pytest.mark.parametrize(("language", "missing"), [("nl", "English"), ("en", "Dutch")])
def test_a_version_in_one_language_is_refused(language: str, missing: str):
    page = write_version(days_from_now(TODAY), languages=[language])[language]
    assert missing in reasons_against({"nl": page})


def test_a_copy_that_follows_the_other_language_is_no_translation(english_home):
    page = write_version(days_from_now(TODAY), languages=["nl"])["nl"]
    page.copy_for_translation(english_home.locale, copy_parents=True, alias=True)
    assert "English" in reasons_against({"nl": page})


def test_a_start_that_has_passed_is_refused():
    pages = write_version(days_from_now(TODAY), effective_from=days_from_now(-1))
    assert reasons_against(pages)


def test_a_date_that_has_passed_is_refused():
    pages = write_version(days_from_now(-1), effective_from=days_from_now(TODAY))
    assert reasons_against(pages)


def test_a_start_before_the_date_is_refused():
    pages = write_version(days_from_now(3), effective_from=days_from_now(2))
    assert reasons_against(pages)


@pytest.mark.parametrize("days", [-30, -31, -4000])
def test_a_version_that_is_not_newer_is_refused(second, days: int):
    pages = write_version(days_from_now(days), effective_from=days_from_now(TOMORROW))
    assert in_words(days_from_now(-30)) in reasons_against(pages)


@pytest.mark.parametrize("days", [10, 9])
def test_a_version_that_would_not_start_after_the_newest_is_refused(second, days: int):
    newest = make_editions(days_from_now(TODAY), effective_from=days_from_now(10))["nl"]
    pages = write_version(days_from_now(TOMORROW), effective_from=days_from_now(days))
    assert in_words(newest.day) in reasons_against(pages)


@pytest.mark.promise("P34")
def test_a_material_version_that_comes_too_soon_to_tell_people_is_refused(second):
    pages = write_version(days_from_now(TODAY), effective_from=days_from_now(13), is_material=True)
    assert in_words(days_from_now(14)) in reasons_against(pages)
    for page in pages.values():
        revise(page, effective_from=days_from_now(14))
    assert put_in_force(page=pages["nl"], by=None)


def test_the_very_first_version_changes_nothing_that_people_knew():
    pages = write_version(days_from_now(TODAY), is_material=True)
    assert put_in_force(page=pages["nl"], by=None)


@pytest.mark.parametrize("name", ["date", "effective_from"])
def test_dates_that_differ_between_the_languages_are_refused(name: str):
    pages = write_version(days_from_now(TODAY))
    revise(pages["en"], **{name: days_from_now(TOMORROW)})
    assert reasons_against(pages)


def test_a_kind_of_change_that_differs_between_the_languages_is_refused():
    pages = write_version(days_from_now(TODAY))
    revise(pages["en"], is_material=True)
    assert reasons_against(pages)


@pytest.mark.parametrize(("language", "name"), [("nl", "Dutch"), ("en", "English")])
def test_a_version_without_a_summary_is_refused(language: str, name: str):
    pages = write_version(days_from_now(TODAY))
    revise(pages[language], summary="")
    assert f"{name}: " in reasons_against(pages)


@pytest.mark.parametrize(("language", "name"), [("nl", "Dutch"), ("en", "English")])
def test_a_version_without_text_is_refused(language: str, name: str):
    pages = write_version(days_from_now(TODAY))
    revise(pages[language], body=[])
    assert f"{name}: " in reasons_against(pages)


def test_a_text_with_a_fault_is_refused():
    headings = [{"type": "heading", "value": {"level": "3", "text": "Een deel zonder kop erboven"}}]
    pages = write_version(days_from_now(TODAY), body=headings)
    assert reasons_against(pages)


def test_a_table_that_nobody_offers_is_refused():
    body = [{"type": "registry_table", "value": {"table": "weg"}}]
    assert reasons_against(write_version(days_from_now(TODAY), body=body))


@pytest.mark.each_database
def test_a_version_is_not_put_in_force_twice():
    pages = write_version(days_from_now(TODAY))
    put_in_force(page=pages["nl"], by=None)
    with pytest.raises(NotReady):
        put_in_force(page=pages["en"], by=None)
    assert Edition.objects.count() == 2


@pytest.mark.each_database
def test_all_reasons_are_said_at_once():
    pages = write_version(days_from_now(TODAY), effective_from=days_from_now(-1), summary="")
    with pytest.raises(NotReady) as refusal:
        put_in_force(page=pages["nl"], by=None)
    assert len(refusal.value.reasons) >= 3


# --- What is frozen ------------------------------------------------------------------------------


@pytest.mark.each_database
@pytest.mark.promise("P39")
def test_both_languages_are_frozen_at_once():
    pages = write_version(days_from_now(TODAY), key_points=[{"type": "point", "value": "Kort"}])
    editions = put_in_force(page=pages["en"], by=7)
    assert {edition.language for edition in editions} == {"nl", "en"}
    for edition in Edition.objects.all():
        assert edition.version == days_from_now(TODAY).isoformat()
        assert edition.put_in_force_by == 7
        assert edition.key_points == ["Kort"]
        assert SENTENCE[edition.language] in edition.html
        assert bytes(edition.pdf).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_one_language_that_fails_leaves_neither(monkeypatch, language: str):
    pages = write_version(days_from_now(TODAY))
    render = services.render_pdf

    def fail(*args, **kwargs) -> bytes:
        if kwargs["language"] == language:
            raise OSError("no space left")
        return render(*args, **kwargs)

    monkeypatch.setattr(services, "render_pdf", fail)
    with pytest.raises(OSError, match="no space"):
        put_in_force(page=pages["nl"], by=None)
    assert not Edition.objects.exists()
    assert not VersionPage.objects.filter(locked=True).exists()


@pytest.mark.each_database
def test_one_language_that_is_there_already_leaves_neither(first, monkeypatch):
    """As when two colleagues press the button in the same second."""
    pages = write_version(days_from_now(TODAY))
    monkeypatch.setattr(services, "obstacles", lambda *args, **kwargs: [])
    make_editions(days_from_now(TODAY))
    before = Edition.objects.count()
    with pytest.raises(NotReady):
        put_in_force(page=pages["nl"], by=None)
    assert Edition.objects.count() == before


def test_the_latest_draft_counts_not_what_was_published():
    pages = write_version(days_from_now(TODAY))
    revise(pages["nl"], summary="De laatste stand.")
    put_in_force(page=pages["nl"], by=None)
    assert Edition.objects.get(language="nl").summary == "De laatste stand."


@pytest.mark.each_database
@pytest.mark.promise("P31")
@pytest.mark.promise("P32")
def test_the_tables_are_frozen_as_they_were():
    make_recipient(name="Bizway", place="Nederland")
    put_in_force(page=write_version(days_from_now(TODAY))["nl"], by=None)
    Recipient.objects.update(name="Een ander")
    make_recipient(name="Nog een")
    edition = Edition.objects.get(language="nl")
    (row,) = edition.tables["recipients"]["rows"]
    assert row[0] == "Bizway"
    assert "Bizway" in edition.html
    assert "Een ander" not in edition.html


@pytest.mark.promise("P32")
def test_the_tables_are_in_the_editions_language():
    make_recipient(task="Bewaart de database", task_en="Hosts the database")
    put_in_force(page=write_version(days_from_now(TODAY))["nl"], by=None)
    tables = {e.language: str(e.tables["recipients"]) for e in Edition.objects.all()}
    assert "Bewaart" in tables["nl"]
    assert "Hosts" not in tables["nl"]
    assert "Hosts" in tables["en"]
    assert "Bewaart" not in tables["en"]


def test_the_hash_covers_what_a_reader_relies_on():
    put_in_force(page=write_version(days_from_now(TODAY))["nl"], by=None)
    edition = Edition.objects.get(language="nl")
    assert edition.sha256 == services.fingerprint(edition)
    for name, value in {
        "title": "Anders",
        "html": "<p>Anders</p>",
        "tables": {},
        "key_points": ["Anders"],
        "effective_from": days_from_now(9),
        "pdf": b"%PDF-anders",
    }.items():
        changed = Edition.objects.get(pk=edition.pk)
        setattr(changed, name, value)
        assert services.fingerprint(changed) != edition.sha256
    assert len(edition.sha256) == len(hashlib.sha256().hexdigest())


@pytest.mark.each_database
def test_hostile_text_is_frozen_as_text():
    hostile = "<script>alert(1)</script> & <ins>"
    body = [{"type": "heading", "value": {"level": "2", "text": hostile}}, *text_of("nl")]
    make_recipient(name=hostile)
    put_in_force(page=write_version(days_from_now(TODAY), body=body)["nl"], by=None)
    assert "<script" not in Edition.objects.get(language="nl").html


# --- Afterwards ----------------------------------------------------------------------------------


def everything(edition: Edition) -> dict[str, object]:
    values = Edition.objects.filter(pk=edition.pk).values().get()
    return values | {"pdf": bytes(values["pdf"])}


def edit(page: VersionPage) -> None:
    revise(page, body=text_of("nl", "Heel iets anders."), title="Anders")


def publish(page: VersionPage) -> None:
    revise(page, title="Anders")
    page.get_latest_revision().publish(skip_permission_checks=True)


def revert(page: VersionPage) -> None:
    page.revisions.first().as_object().save_revision()
    page.get_latest_revision().publish(skip_permission_checks=True)


def move(page: VersionPage) -> None:
    Page.objects.get(pk=page.pk).move(Page.objects.get(depth=1), pos="last-child")


def change_slug(page: VersionPage) -> None:
    Page.objects.filter(pk=page.pk).update(slug="anders", url_path="/anders/")


def delete(page: VersionPage) -> None:
    Page.objects.get(pk=page.pk).delete()


def delete_the_statement(page: VersionPage) -> None:
    page.get_parent().delete()


def redate(page: VersionPage) -> None:
    VersionPage.objects.update(date=days_from_now(100), effective_from=days_from_now(100))


def purge_revisions(page: VersionPage) -> None:
    page.revisions.all().delete()


ROUTES = [
    edit,
    publish,
    revert,
    move,
    change_slug,
    delete,
    delete_the_statement,
    redate,
    purge_revisions,
]


@pytest.mark.each_database
@pytest.mark.promise("P39")
@pytest.mark.parametrize("route", ROUTES)
def test_nothing_that_is_done_to_the_page_changes_what_visitors_read(second, visitor, route):
    page = write_version(days_from_now(TODAY))["nl"]
    editions = put_in_force(page=page, by=None)
    old, new = second["nl"].version, editions[0].version
    addresses = [
        "/privacyverklaring/",
        "/privacyverklaring/versies/",
        f"/privacyverklaring/{new}/",
        f"/privacyverklaring/{new}.pdf",
        f"/privacyverklaring/verschil/{old}/{new}/",
        f"/en/privacyverklaring/{new}/",
    ]
    frozen = [everything(edition) for edition in editions]
    before = [visitor.get(address).content for address in addresses]
    route(VersionPage.objects.get(pk=page.pk))
    assert [everything(edition) for edition in editions] == frozen
    assert [visitor.get(address).content for address in addresses] == before


@pytest.mark.each_database
def test_the_pages_of_a_version_in_force_are_locked():
    pages = write_version(days_from_now(TODAY))
    put_in_force(page=pages["nl"], by=None)
    assert not VersionPage.objects.filter(locked=False).exists()


def test_the_next_version_may_be_written_while_one_waits():
    put_in_force(page=write_version(days_from_now(TODAY))["nl"], by=None)
    later = write_version(days_from_now(TODAY) + timedelta(days=7))
    put_in_force(page=later["nl"], by=None)
    assert Edition.objects.count() == 4
