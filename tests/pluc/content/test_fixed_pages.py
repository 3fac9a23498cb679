"""Pages that the site relies on stay where they are, online, whatever door is tried."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from pluc.content.models import BasePage
from pluc.content.tasks import publish_due
from tests.factories import (
    ContactPageFactory,
    StandardPageFactory,
    TermsPageFactory,
    blog_index,
    home_page,
    offer_page,
    partners_page,
)
from tests.legal.versions import statement_page

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
OTHER = "Een pagina die weg mag"


@pytest.fixture
def fixed() -> list[BasePage]:
    """All pages that the software relies on, in both languages."""
    both = [
        make(language)
        for language in ("nl", "en")
        for make in (home_page, offer_page, blog_index, partners_page, statement_page)
    ]
    contacts = [ContactPageFactory(language=code, slug="contact") for code in ("nl", "en")]
    terms = [TermsPageFactory(language=code) for code in ("nl", "en")]
    return [*both, *contacts, *terms]


@pytest.fixture
def browser(superuser, sign_in: Callable[..., Client]) -> Client:
    """Somebody who, in Wagtail, may do everything."""
    return sign_in(superuser)


def state(pages: list[BasePage]) -> list[tuple[str, bool]]:
    return list(
        Page.objects.filter(pk__in=[page.pk for page in pages]).values_list("url_path", "live")
    )


def test_no_screen_takes_a_fixed_page_away_and_each_says_why(browser: Client, fixed):
    before = state(fixed)
    target = StandardPageFactory(title=OTHER)
    for page in fixed:
        for name in ("delete", "unpublish", "move"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            answer = browser.post(address, {"next": "", "include_descendants": "on"})
            assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
        browser.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    assert state(fixed) == before
    shown = browser.get(reverse("wagtailadmin_pages:edit", args=[fixed[0].pk]))
    assert "heeft een vaste plek" in shown.text


def test_bulk_actions_leave_fixed_pages_and_say_why(browser: Client, fixed):
    before = state(fixed)
    other = StandardPageFactory(title=OTHER)
    chosen = [("id", page.pk) for page in [*fixed, other]]
    for action in ("move", "unpublish", "delete"):
        address = (
            f"/beheer/bulk/wagtailcore/page/{action}/?{urlencode([*chosen, ('next', '/beheer/')])}"
        )
        assert browser.get(address).text.count("heeft een vaste plek") == len(fixed)
        browser.post(address, {"wagtail_site_name": "PLUC!", "include_descendants": "on"})
    assert state(fixed) == before
    assert not Page.objects.filter(pk=other.pk).exists()


def test_the_api_takes_no_fixed_page_away(browser: Client, fixed):
    before = state(fixed)
    target = StandardPageFactory()
    for page in fixed:
        for action in ("delete", "unpublish", "move"):
            address = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
            answer = browser.post(address, {"destination_page_id": target.pk})
            assert answer.status_code == 403
            assert "vaste plek" in answer.json()["detail"]
    assert state(fixed) == before


def test_no_plan_takes_a_fixed_page_offline(fixed):
    """Neither an end that was planned, nor a next version where none is known to be live."""
    now = timezone.now()
    for page in fixed:
        page.live_revision = None
        page.expire_at = now + timedelta(hours=1)
        page.go_live_at = now + timedelta(hours=2)
        page.save()
        page.save_revision().publish()
    with time_machine.travel(now + timedelta(hours=3), tick=False):
        publish_due()
    assert all(live for _, live in state(fixed))


def test_an_editor_is_told_the_same(sign_in, editor):
    page = home_page("en")
    browser = sign_in(editor)
    browser.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert "heeft een vaste plek" in browser.get("/beheer/").text
    assert Page.objects.get(pk=page.pk).live


def test_the_editor_offers_no_end_for_a_fixed_page(browser: Client):
    form = browser.get(reverse("wagtailadmin_pages:edit", args=[home_page().pk])).context["form"]
    assert form.fields["expire_at"].disabled
    other = StandardPageFactory()
    form = browser.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).context["form"]
    assert not form.fields["expire_at"].disabled


def test_fixed_pages_are_put_in_another_order(browser: Client, fixed):
    blog = blog_index()
    address = reverse("wagtailadmin_pages:set_page_position", args=[blog.pk])
    assert browser.post(f"{address}?position=0").status_code == 200
    assert Page.objects.child_of(home_page()).first().pk == blog.pk


def test_other_pages_go_as_before(browser: Client):
    page = StandardPageFactory(title=OTHER)
    browser.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert not Page.objects.get(pk=page.pk).live
    browser.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()
