"""The page of a version in force: nobody changes, unlocks, moves or deletes it, by any screen."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from legal.statements import services
from legal.statements.models import Edition, VersionInForce, VersionPage
from legal.statements.services import NotReady, put_in_force
from tests.factories import StandardPageFactory, home_page
from tests.legal.test_frozen import refused
from tests.legal.versions import days_from_now, revise, statement_page, translate_all, write_version

pytestmark = [pytest.mark.django_db, pytest.mark.thorough, pytest.mark.either_database]


@pytest.fixture
def in_force(superuser) -> VersionPage:
    """A Dutch version in force, whose English text came from the translation screen."""
    page = write_version(days_from_now(0), languages=["nl"])["nl"]
    source, _ = TranslationSource.get_or_create_from_instance(page)
    target = Translation.objects.create(source=source, target_locale=statement_page("en").locale)
    translate_all(target)
    target.save_target(user=superuser, publish=False)
    put_in_force(page=page, by=None)
    return page


def everything() -> list[Any]:
    """Every page with its place, text and lock, and every draft."""
    pages = Page.objects.order_by("pk").values()
    return [
        list(pages),
        list(VersionPage.objects.order_by("pk").values()),
        Revision.objects.count(),
    ]


def requests_against(page: Page, elsewhere: Page) -> list[tuple[str, dict[str, Any]]]:
    """Whatever the staff screens offer that changes a page, its place or its translations."""

    def screen(name: str, *more: int) -> str:
        return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])

    edit = {"title": "Anders", "slug": "anders", "summary": "Anders", "body-count": "0"}
    edit |= {"key_points-count": "0", "date": "2030-01-01", "effective_from": "2030-01-01"}
    revision = page.get_latest_revision()
    requests = [
        (screen("unlock"), {}),
        (screen("lock"), {}),
        (screen("edit"), edit),
        (screen("edit"), edit | {"action-publish": "1"}),
        (screen("edit"), {"localize-restart-translation": "1"}),
        (screen("unpublish"), {}),
        (screen("delete"), {}),
        (screen("move_confirm", elsewhere.pk), {}),
        (screen("convert_alias"), {}),
        (reverse("wagtail_localize:convert_to_alias", args=[page.pk]), {}),
    ]
    if revision:
        requests.append((screen("revisions_revert", revision.pk), edit))
    for action in ("delete", "move", "publish", "unpublish"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        form = {"chooser": str(elsewhere.pk), "include_descendants": "on"}
        requests.append((f"{bulk}?id={page.pk}", form))
    return requests


@pytest.mark.promise("P39")
@pytest.mark.parametrize("who", ["superuser", "editor"])
def test_no_screen_changes_a_version_in_force(request, sign_in, in_force: VersionPage, who: str):
    browser: Client = sign_in(request.getfixturevalue(who))
    # As if somebody had unlocked it once: the lock is not what keeps it.
    VersionPage.objects.update(locked=False, locked_at=None)
    elsewhere = StandardPageFactory()
    pages = [*VersionPage.objects.filter(translation_key=in_force.translation_key)]
    above = [statement_page(code) for code in ("nl", "en")]
    before = everything()
    assert len(pages) == 2
    for page in pages:
        for address, form in requests_against(page, elsewhere):
            assert browser.post(address, form).status_code < 500, address
            assert everything() == before, (address, form)
    for page in (*above, home_page("nl")):
        for address, form in requests_against(page, elsewhere):
            if any(word in address for word in ("delete", "move")):
                browser.post(address, form)
                assert everything() == before, (address, form)


@pytest.mark.promise("P39")
def test_no_translation_screen_changes_a_version_in_force(sign_in, superuser, in_force):
    browser: Client = sign_in(superuser)
    translation = Translation.objects.get()
    before = everything()
    segment = StringSegment.objects.filter(source=translation.source).first()
    browser.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        "value=Anders",
    )
    browser.post(
        reverse("wagtail_localize:update_translations", args=[translation.source.pk]),
        {"publish_translations": "on"},
    )
    browser.post(
        reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk]),
        {"action": "publish"},
    )
    assert everything() == before


def test_who_opens_it_reads_why_and_may_write_the_next_from_it(sign_in, editor, in_force):
    browser: Client = sign_in(editor)
    answer = browser.get(reverse("wagtailadmin_pages:edit", args=[in_force.pk]), follow=True)
    assert len(answer.context["messages"]) == 1
    form = {
        "new_title": "De volgende",
        "new_slug": "de-volgende",
        "new_parent_page": statement_page().pk,
    }
    browser.post(reverse("wagtailadmin_pages:copy", args=[in_force.pk]), form)
    copy = VersionPage.objects.get(slug="de-volgende")
    assert copy.permissions_for_user(editor).can_edit()
    assert copy.permissions_for_user(editor).can_delete()
    browser.post(reverse("wagtailadmin_pages:delete", args=[copy.pk]))
    assert not VersionPage.objects.filter(slug="de-volgende").exists()


def test_which_versions_are_in_force_is_frozen_too(in_force):
    refused(lambda: VersionInForce.objects.all().delete())


def test_a_text_that_changes_while_its_pdf_is_made_is_not_frozen(monkeypatch):
    """The PDF is made before the transaction: others do not wait for it."""
    pages = write_version(days_from_now(0))
    render = services.render_pdf

    def render_while_a_colleague_types(*args: Any, **kwargs: Any) -> bytes:
        revise(pages["en"], summary="A colleague was quicker.")
        return render(*args, **kwargs)

    monkeypatch.setattr(services, "render_pdf", render_while_a_colleague_types)
    with pytest.raises(NotReady):
        put_in_force(page=pages["nl"], by=None)
    assert not Edition.objects.exists()
    assert not VersionInForce.objects.exists()


@pytest.mark.renders
def test_a_pdf_that_cannot_be_made_is_told_in_a_sentence(sign_in, editor, monkeypatch):
    from pluc.documents import child

    page = write_version(days_from_now(0))["nl"]
    monkeypatch.setattr(child, "SECONDS", 0)
    answer = sign_in(editor).post(f"/beheer/verklaring/{page.pk}/")
    assert answer.status_code == 422
    (sentence,) = answer.context["form"].non_field_errors()
    assert "pdf" in sentence.lower()
    assert sentence in answer.text
    assert not Edition.objects.exists()
