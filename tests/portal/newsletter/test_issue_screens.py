"""Issues in the staff screens: who sees what, what is in the way, and what is done with it."""

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.newsletter.models import IssuePage, Mailing
from portal.newsletter.services import approving
from tests.issues import SubscriptionFactory, send_issue, write_issue

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P08")]


@pytest.fixture
def page(editor: User) -> IssuePage:
    SubscriptionFactory(email="lies@pluc.example")
    return write_issue(by=editor)["nl"]


def screen_of(page: IssuePage, deed: str = "") -> str:
    return f"/beheer/nieuwsbrief/{page.pk}/{deed}"


@pytest.mark.either_database
def test_the_list_has_one_line_an_issue(page: IssuePage, editor: User, sign_in):
    write_issue(title="Een andere uitgave")
    answer = sign_in(editor).get("/beheer/nieuwsbrief/")
    assert answer.status_code == 200
    assert answer.text.count("Een andere uitgave") == 1
    assert "Uitgave schrijven" in answer.text


def test_an_issue_in_one_language_leads_to_its_translation(page: IssuePage, editor: User, sign_in):
    alone, browser = write_issue(languages=["nl"], by=editor)["nl"], sign_in(editor)
    button = f"/beheer/localize/submit/page/{alone.pk}/"
    assert button in browser.get(screen_of(alone)).text
    assert browser.get(button).status_code == 200
    assert "Uitgave vertalen" not in browser.get(screen_of(page)).text


@pytest.mark.either_database
def test_an_issue_goes_its_way_by_two_colleagues(
    page: IssuePage, editor: User, back_office: User, sign_in
):
    writing, deciding = sign_in(editor), sign_in(back_office)
    seen = writing.get(screen_of(page)).text
    assert "niets staat in de weg" in seen
    assert "help-success" not in seen  # Wagtail draws a large warning for it
    assert "Nederlands: 1 lezer" in seen
    assert writing.post(screen_of(page, "indienen/")).status_code == 302
    assert "Je hebt hieraan gewerkt," in writing.get(screen_of(page)).text
    assert writing.post(screen_of(page, "goedkeuren/")).status_code == 422
    assert "1 nieuwsbrief om goed te keuren" in deciding.get("/beheer/").text
    assert "Nederlands: 1 lezer" in deciding.get(screen_of(page, "goedkeuren/")).text
    assert deciding.post(screen_of(page, "goedkeuren/"), {"starts_at": ""}).status_code == 302
    assert Mailing.objects.get().state == Mailing.State.SCHEDULED
    assert "goedgekeurd en gepland" in deciding.get(screen_of(page)).text


@pytest.mark.either_database
def test_what_is_in_the_way_is_told_in_place_of_the_button(editor: User, sign_in):
    page = write_issue(by=editor, subject="")["nl"]
    for address in (screen_of(page), screen_of(page, "indienen/")):
        assert "Engels: Onderwerp ontbreekt." in sign_in(editor).get(address).text
    assert sign_in(editor).post(screen_of(page, "indienen/")).status_code == 422


@pytest.mark.either_database
def test_the_mail_is_shown_in_light_in_dark_and_as_text(
    page: IssuePage, editor: User, back_office: User, sign_in
):
    browser: Client = sign_in(editor)
    light, dark, text = (
        browser.get(screen_of(page, f"als/{mode}/")).text for mode in ("light", "dark", "text")
    )
    assert "@media not all" in light
    assert "@media all" in dark
    assert "<pre>Finance updates van PLUC!" in text
    assert all("%%" not in shown for shown in (light, dark, text))
    assert browser.get(screen_of(page, "als/paars/")).status_code == 404
    send_issue({"nl": page}, writer=editor, second=back_office)
    assert "Een aansluiting past op één vel." in browser.get(screen_of(page, "als/text/")).text


def test_the_page_leads_to_its_screen_and_shows_no_publish_button(
    page: IssuePage, superuser: User, sign_in
):
    browser = sign_in(superuser)
    edit = f"/beheer/pages/{page.pk}/edit/"
    assert screen_of(page) in browser.get(edit).text
    assert 'name="action-publish"' not in browser.get(edit).text
    approving.submit(page_id=page.pk, by=superuser)
    assert "action-publish" not in browser.get(edit, follow=True).text
    deleting = browser.post(f"/beheer/pages/{page.pk}/delete/", follow=True)
    assert "stuur hem dan eerst terug" in deleting.text
    assert IssuePage.objects.filter(pk=page.pk).exists()
