"""A translation is not published while pieces of it are in the language of its source."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Workflow
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from home.models import Author, BlogPostPage, Topic
from pluc.content.models import BasePage, Navigation
from pluc.content.tasks import publish_due
from pluc.content.translating import Untranslated
from tests.factories import (
    AuthorFactory,
    NoticeFactory,
    PostFactory,
    StandardPageFactory,
    TopicFactory,
    blog_index,
)
from tests.translating import finish, translate

pytestmark = pytest.mark.django_db
TITLE = "Over ons vak"
INTRO = "Wat wij doen."


@pytest.fixture
def english() -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def page(superuser, english: Locale) -> BasePage:
    """The English half of a page whose title is translated and whose introduction is not."""
    source = StandardPageFactory(title=TITLE, slug="over-ons-vak", intro=INTRO)
    translate_object(source, [english], user=superuser)
    target = source.get_translation(english)
    translate(target, TITLE, "About our trade")
    return target


def is_live(page: BasePage) -> bool:
    return Page.objects.get(pk=page.pk).live


@pytest.fixture
def browser(superuser, sign_in: Callable[..., Client]) -> Client:
    return sign_in(superuser)


def press(browser: Client, address: str, data: dict[str, str], capture) -> str:
    """What the screen says after a form was sent, and what waits for the commit was done."""
    with capture(execute=True):
        answer = browser.post(address, data)
    assert answer.status_code == 302
    return browser.get(answer["Location"]).text


def test_the_translation_screen_refuses_with_the_pieces_and_publishes_once_complete(
    page, browser, django_capture_on_commit_callbacks
):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with pytest.raises(Untranslated, match=INTRO), django_capture_on_commit_callbacks(execute=True):
        browser.post(address, {"action": "publish"})
    assert not is_live(page)
    finish(page)
    press(browser, address, {"action": "publish"}, django_capture_on_commit_callbacks)
    assert is_live(page)


def test_bulk_publishing_refuses_and_publishes_nothing(page, browser):
    other = StandardPageFactory(live=False, title="Iets anders")
    other.save_revision()
    query = urlencode([("id", other.pk), ("id", page.pk), ("next", "/beheer/")])
    address = f"/beheer/bulk/wagtailcore/page/publish/?{query}"
    text = browser.get(browser.post(address)["Location"]).text
    assert INTRO in text
    assert not is_live(page)
    assert not is_live(other)


def test_the_api_refuses(page, browser):
    answer = browser.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))
    assert answer.status_code == 409
    assert INTRO in answer.json()["detail"]
    assert not is_live(page)


def test_bringing_up_to_date_and_publishing_at_once_refuses(
    page, browser, django_capture_on_commit_callbacks
):
    source = Translation.objects.get(source__object_id=page.translation_key).source
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    with pytest.raises(Untranslated), django_capture_on_commit_callbacks(execute=True):
        browser.post(address, {"publish_translations": "on"})
    assert not is_live(page)


def test_an_approval_at_the_end_of_a_workflow_refuses_and_stays_open(page, superuser):
    state = Workflow.objects.get().start(page, superuser)
    with pytest.raises(Untranslated):
        state.current_task_state.specific.approve(user=superuser)
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    assert not is_live(page)


def test_what_was_planned_stays_a_draft_and_the_rest_goes_online(page):
    now = timezone.now()
    other = StandardPageFactory(live=False, slug="gepland")
    for one in (page, other):
        one.go_live_at = now + timedelta(hours=1)
        one.save_revision(approved_go_live_at=one.go_live_at)
    with time_machine.travel(now + timedelta(hours=2), tick=False):
        publish_due()
    assert not is_live(page)
    assert is_live(other)


def test_a_page_that_stopped_following_is_its_editors_own(page):
    Translation.objects.update(enabled=False)
    page.get_latest_revision().publish()
    assert is_live(page)


def test_a_topic_is_not_saved_half_translated(superuser, browser, english: Locale):
    topic = TopicFactory(name="Jaarrekening", description="Over cijfers.")
    translate_object(topic, [english], user=superuser)
    target = Topic.objects.get(translation_key=topic.translation_key, locale=english)
    translate(target, "Jaarrekening", "Annual accounts")
    address = reverse("wagtailsnippets_home_topic:edit", args=[target.pk])
    answer = browser.post(address, {"action": "publish"})
    assert "Over cijfers." in browser.get(answer["Location"]).text
    assert Topic.objects.get(pk=target.pk).name == "Jaarrekening"


# --- Rows without drafts: menu, notice, topic, author --------------------------------------------


def in_english(row, english: Locale, user):
    """The English row that submitting it for translation makes at once."""
    translate_object(row, [english], user=user)
    return type(row).objects.get(translation_key=row.translation_key, locale=english)


def complete(browser: Client, row) -> None:
    """Translates all of it, and presses the translation screen's own button."""
    finish(row)
    name = f"wagtailsnippets_{row._meta.app_label}_{row._meta.model_name}:edit"
    with TestCase.captureOnCommitCallbacks(execute=True):
        browser.post(reverse(name, args=[row.pk]), {"action": "publish"})


def test_a_notice_is_hidden_until_it_is_translated(superuser, browser, english, visitor: Client):
    target = in_english(NoticeFactory(text="Wij verhuizen."), english, superuser)
    assert "Wij verhuizen." in visitor.get("/").text
    assert "Wij verhuizen." not in visitor.get("/en/").text
    listed = browser.get("/beheer/snippets/content/notice/").text
    assert "verborgen tot het vertaald is" in listed
    complete(browser, target)
    assert "EN Wij verhuizen." in visitor.get("/en/").text


def test_a_menu_is_hidden_until_it_is_translated(superuser, browser, english, visitor: Client):
    Navigation.objects.all().delete()
    dutch = Locale.objects.get(language_code="nl")
    row = Navigation.objects.create(locale=dutch, menu=[], footer_text="Leren als oogst.")
    target = in_english(row, english, superuser)
    assert "Leren als oogst." in visitor.get("/").text
    assert "Leren als oogst." not in visitor.get("/en/").text
    complete(browser, target)
    assert "EN Leren als oogst." in visitor.get("/en/").text


def test_topics_and_author_of_a_post_are_hidden_until_they_are_translated(
    superuser, browser, english, visitor: Client, django_capture_on_commit_callbacks
):
    blog_index("en")
    topic = TopicFactory(name="Jaarrekening")
    author = AuthorFactory(name="Kees Schrijft", role="Rekenmeester", bio="Kees telt.")
    post = PostFactory(title="Peren", author=author)
    post.topics.set([topic])
    page = in_english(post, english, superuser)
    finish(page)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    address = BlogPostPage.objects.get(pk=page.pk).get_url()
    other = in_english(topic, english, superuser)
    hidden = ("Jaarrekening", "Rekenmeester", "Kees telt.")
    for where in (address, "/en/blog/"):
        shown = visitor.get(where).text
        assert "Kees Schrijft" in shown
        assert [text for text in hidden if text in shown] == []
    complete(browser, other)
    complete(browser, Author.objects.get(locale=english))
    shown = visitor.get(address).text
    assert all(f"EN {text}" in shown for text in hidden)
    assert "EN Jaarrekening" in visitor.get("/en/blog/").text


def test_what_is_complete_is_never_overwritten_by_what_is_not(superuser, browser, english):
    """Neither by bringing it up to date, nor by a post that takes it along."""
    topic = TopicFactory(name="Jaarrekening", description="Over cijfers.")
    target = in_english(topic, english, superuser)
    complete(browser, target)
    topic.description = "Over peren."
    topic.save()
    source = Translation.objects.get(source__object_id=topic.translation_key).source
    address = reverse("wagtail_localize:update_translations", args=[source.pk])
    answer = browser.post(address, {"publish_translations": "on"})
    assert "Over peren." in browser.get(answer["Location"]).text
    assert Topic.objects.get(pk=target.pk).description == "EN Over cijfers."
    by_hand = TopicFactory(name="Counting", locale=english, translation_key=uuid.uuid4())
    other = TopicFactory(name="Tellen", translation_key=by_hand.translation_key)
    translate_object(other, [english], user=superuser)
    by_hand.refresh_from_db()
    assert (by_hand.name, by_hand.awaits_translation) == ("Counting", False)
