"""Links to drafts: one page's, signed, for an hour since the last edit, and as long as the editor
may edit it; and the preview of the API's answer."""

from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession

from headless.content.drafts import make_link
from headless.content.models import PreviewLink
from home.models import StandardPage
from pluc import periods
from portal.accounts.models import User
from tests.factories import StandardPageFactory
from tests.headless.content_pages import api, browser
from tests.houses import House
from tests.issues import SENTENCE, write_issue

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
NEARLY, LONGER = periods.PREVIEW_LINK * 0.9, periods.PREVIEW_LINK * 1.1


@pytest.fixture
def page(db: None) -> StandardPage:
    """Published as "Oud", with a draft that says "Nieuw"."""
    page: StandardPage = StandardPageFactory(title="Oud")
    page.title = "Nieuw"
    page.save_revision()
    return page


def opened(address: str) -> Any:
    return browser().get(urlsplit(address).path)


def test_a_link_shows_the_draft_of_one_page(page: StandardPage, editor: User, house: House):
    other = StandardPageFactory(title="Buiten")
    other.title = "Ook nieuw"
    other.save_revision()
    link = make_link(page=page, editor=editor)
    answer = opened(link)
    assert (answer.json()["id"], answer.json()["title"]) == (page.pk, "Nieuw")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies
    assert api(f"/pages/{page.pk}/").json()["title"] == "Oud"
    page.title = "Nog nieuwer"
    page.save_revision()
    assert opened(link).json()["title"] == "Nog nieuwer"


def test_a_draft_that_was_never_published_is_shown(editor: User):
    page = StandardPageFactory(live=False, title="Eerste")
    page.save_revision()
    assert opened(make_link(page=page, editor=editor)).json()["title"] == "Eerste"
    assert api(f"/pages/{page.pk}/").status_code == 404


def test_a_draft_of_an_issue_is_shown_as_its_mail_would_be(superuser: User):
    issue = write_issue(languages=["nl"])["nl"]
    assert SENTENCE["nl"] in opened(make_link(page=issue, editor=superuser)).json()["html"]
    assert SENTENCE["nl"] in issue.make_preview_request(preview_mode="api").content.decode()
    assert "site" in dict(issue.preview_modes)


def test_a_link_ends_an_hour_after_the_last_edit_and_stays_so(page: StandardPage, editor: User):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        link = make_link(page=page, editor=editor)
        clock.move_to(start + NEARLY)
        page.save_revision()
        clock.move_to(start + NEARLY * 2)
        assert opened(link).status_code == 200
        kind = ContentType.objects.get_for_model(StandardPage)
        EditingSession.objects.create(
            user=editor,
            content_type=kind,
            object_id=page.pk,
            last_seen_at=timezone.now(),
            is_editing=True,
        )
        clock.move_to(start + NEARLY * 3)
        assert opened(link).status_code == 200
        clock.move_to(start + NEARLY * 3 + LONGER)
        assert opened(link).status_code == 404
        page.save_revision()
        assert opened(link).status_code == 404


def take_login(editor: User) -> None:
    editor.is_active = False
    editor.save()


def take_groups(editor: User) -> None:
    editor.groups.clear()


@pytest.mark.parametrize("take", [take_login, take_groups, lambda editor: editor.delete()])
def test_a_link_dies_with_the_rights_of_its_editor(page: StandardPage, editor: User, take: Any):
    link = make_link(page=page, editor=editor)
    assert opened(link).status_code == 200
    take(editor)
    answer = opened(link)
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "no-store"


def test_a_link_shows_nothing_of_a_page_that_is_not_for_the_api(page: StandardPage, editor: User):
    link = make_link(page=page, editor=editor)
    english = StandardPageFactory(language="en", translation_key=page.translation_key)
    for marked in (page, english):
        assert opened(link).status_code == 200
        StandardPage.objects.filter(pk=marked.pk).update(not_for_api=True)
        if marked == page:
            page.not_for_api = True
            page.save_revision()
        assert opened(link).status_code == 404
        StandardPage.objects.update(not_for_api=False)
        page.not_for_api = False
        page.save_revision()


def test_a_link_that_was_changed_shows_nothing(page: StandardPage, editor: User):
    link = make_link(page=page, editor=editor)
    number = PreviewLink.objects.get().pk.hex
    for address in (link[:-2] + "x/", link.replace(number, "0" * 32), f"/api/v2/preview/{number}/"):
        assert opened(address).status_code == 404


# --- The screens ---------------------------------------------------------------------------------


def at_staff(user: User, request: pytest.FixtureRequest) -> Client:
    client: Client = request.getfixturevalue("sign_in")(user)
    return client


def test_an_editor_makes_a_link_from_the_menu_of_the_page(
    page: StandardPage, editor: User, request: pytest.FixtureRequest
):
    client = at_staff(editor, request)
    screen = f"/beheer/pages/{page.pk}/api/"
    assert screen in client.get(f"/beheer/pages/{page.pk}/edit/").content.decode()
    assert not PreviewLink.objects.exists()
    client.get(screen)
    assert not PreviewLink.objects.exists()
    posted = client.post(screen)
    assert posted.status_code == 302
    answer = client.get(posted["Location"])
    assert opened(answer.context["link"]).json()["title"] == "Nieuw"
    assert answer.context["link"] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not client.get(posted["Location"]).context["link"]
    assert PreviewLink.objects.count() == 1


def test_who_may_not_edit_a_page_makes_no_link(
    page: StandardPage, back_office: User, request: pytest.FixtureRequest
):
    answer = at_staff(back_office, request).post(f"/beheer/pages/{page.pk}/api/")
    assert answer.status_code == 404
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("is_kept_back", [False, True])
def test_an_editor_previews_what_the_api_answers(
    page: StandardPage, editor: User, request: pytest.FixtureRequest, is_kept_back: bool
):
    page.not_for_api = is_kept_back
    page.save_revision()
    assert "api" in dict(page.preview_modes)
    answer = page.make_preview_request(preview_mode="api")
    text = answer.content.decode()
    assert ("&quot;title&quot;: &quot;Nieuw&quot;" in text) is not is_kept_back
    assert answer["Content-Type"].startswith("text/html")
