"""The content API tells what is published and public, and leaves no trace of anything else."""

import datetime as dt
import json
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from headless.content.schemas.pages import BY_KIND, PageMeta
from pluc.content.models import Navigation, Notice
from portal.accounts.models import User
from portal.meetings.models import Meeting
from tests.factories import (
    CoursePageFactory,
    NoticeFactory,
    PartnerPageFactory,
    StandardPageFactory,
)
from tests.headless.content_pages import (
    a_document,
    api,
    asked,
    every_block,
    full_page,
    link,
    small_picture,
)
from tests.legal.everything import NAME, PHONE, STREET, full_person
from tests.planning import MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
SECRET = "Kweepeer"


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def mark(page: Page) -> None:
    type(page).objects.filter(pk=page.pk).update(not_for_api=True)


def unpublish(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)


def expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))


def everything() -> str:
    """All answers of the content API that are lists, and every page, as one text."""
    answers = [api("/redirects/"), api("/documents/")]
    for language in ("nl", "en"):
        answers.append(api("/pages/", fields="*", limit=100, locale=language))
        answers += [api(path, locale=language) for path in ("/menus/", "/notice/", "/issues/")]
    return "\n".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("hide", [restrict, mark, unpublish, expire])
def test_a_page_that_is_not_public_leaves_no_trace(hide: Any):
    """Not in lists, nor as parent, child or translation, nor where others link to it."""
    secret = StandardPageFactory(title=SECRET, slug="kweepeer")
    below = StandardPageFactory(title="Onder", parent=secret, slug="onder")
    english = StandardPageFactory(
        language="en", title="Quince", slug="quince", translation_key=secret.translation_key
    )
    teller = full_page(secret, title="Verteller")
    Redirect.add_redirect("/oud/", secret)
    NoticeFactory(text="Let op", link_label="Lees", link_page=secret)
    Navigation.objects.filter(locale=secret.locale).delete()
    item = {"type": "item", "value": {"page": secret.pk, "label": ""}}
    links = [{"label": "Daar", "link": link(secret)}]
    column = {"type": "column", "value": {"heading": "Meer", "links": links}}
    Navigation.objects.create(locale=secret.locale, menu=[item], footer=[column])
    assert everything().count("/kweepeer/") > 5
    assert [one["id"] for one in asked(f"/pages/{english.pk}/")["meta"]["translations"]]
    hide(secret)
    told = everything()
    assert SECRET not in told
    assert f'"id": {secret.pk},' not in told
    assert "/kweepeer/" not in told.replace("/kweepeer/onder/", "")
    body = {block["type"]: block["value"] for block in asked(f"/pages/{teller.pk}/")["body"]}
    assert "button" not in body
    assert "<a>daar</a>" in body["text"]
    for path in (f"/pages/{secret.pk}/", "/pages/find/?html_path=/kweepeer/"):
        assert api(path).status_code == 404
    for query in ({"child_of": secret.pk}, {"translation_of": secret.pk}):
        assert api("/pages/", **query).status_code == 404
    is_below_hidden = hide in {restrict, mark}
    assert (api(f"/pages/{below.pk}/").status_code == 404) is is_below_hidden
    assert (api(f"/pages/{english.pk}/").status_code == 404) is (hide is mark)
    if not is_below_hidden:
        assert asked(f"/pages/{below.pk}/")["meta"]["parent"] is None


def test_a_mark_counts_for_what_stands_below_the_translation_too():
    page = StandardPageFactory(slug="sectie")
    english = StandardPageFactory(
        language="en", slug="section", translation_key=page.translation_key
    )
    below = StandardPageFactory(parent=english, slug="below")
    beside = StandardPageFactory(language="en", slug="beside")
    mark(page)
    told = [one["id"] for one in asked("/pages/", locale="en", type="home.StandardPage")["items"]]
    assert told == [beside.pk]
    assert api(f"/pages/{below.pk}/").status_code == 404


def test_meetings_of_a_course_that_is_kept_back_stand_on_no_page():
    partner, course = PartnerPageFactory(), CoursePageFactory()
    MeetingFactory(course=course.course, partner=partner.organisation)
    assert len(asked(f"/pages/{partner.pk}/")["meetings"]) == 1
    mark(course)
    assert asked(f"/pages/{partner.pk}/")["meetings"] == []


def test_a_draft_shows_nowhere():
    page = StandardPageFactory(title="Gepubliceerd", intro="Wat er staat.")
    page.title, page.intro = SECRET, f"{SECRET} komt eraan."
    page.save_revision()
    assert SECRET not in everything()
    assert asked(f"/pages/{page.pk}/")["title"] == "Gepubliceerd"


def test_only_what_public_pages_show_of_files_is_told():
    shown, loose = a_document("Getoond"), a_document("Los")
    target = StandardPageFactory()
    picture = small_picture()
    page = StandardPageFactory(body=every_block(target, picture, shown))
    assert [one["title"] for one in asked("/documents/")["items"]] == ["Getoond"]
    told = asked(f"/images/{picture.pk}/")
    assert "original" not in json.dumps(told)
    assert all("/media/" in size["url"] for size in told["sizes"])
    assert api(f"/images/{small_picture().pk}/").status_code == 404
    private = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    for file in (shown, picture):
        file.collection = private
        file.save()
    assert asked("/documents/")["items"] == []
    assert api(f"/images/{picture.pk}/").status_code == 404
    body = {block["type"]: block["value"] for block in asked(f"/pages/{page.pk}/")["body"]}
    assert "<a>het programma</a>" in body["text"]
    assert loose.filename not in everything()


def test_a_notice_is_told_while_it_is_shown():
    Notice.objects.all().delete()
    later = timezone.now() + dt.timedelta(hours=1)
    NoticeFactory(text="Straks", starts_at=later)
    assert asked("/notice/")["notice"] is None
    NoticeFactory(text="Nu", starts_at=timezone.now() - dt.timedelta(hours=1))
    assert asked("/notice/")["notice"]["text"] == "Nu"
    assert asked("/notice/", locale="en")["notice"] is None


# Columns of pages that nobody is told.
PRIVATE = {
    *("owner", "locked", "locked_by", "locked_at", "latest_revision", "live_revision", "alias_of"),
    *("latest_revision_created_at", "draft_title", "go_live_at", "expire_at", "expired", "live"),
    *("has_unpublished_changes", "path", "depth", "numchild", "url_path", "content_type"),
    *("not_for_api", "page_ptr", "translation_key"),
}
# Those that are told under another name, or in a part of an answer.
ELSEWHERE = {
    "organisation": "partner",
    "picture_alt": "picture",
    "picture_is_decorative": "picture",
}
# What an issue and the newsletter's page have as pages and do not show.
NOT_SHOWN = {("newsletter.IssuePage", "body"), ("newsletter.NewsletterPage", "body")}
NOT_SHOWN |= {("statements.StatementPage", "body")}


def test_each_column_of_a_page_is_told_or_is_private():
    """Who adds one decides about it."""
    for kind, answer in BY_KIND.items():
        told = {*answer.model_fields, *PageMeta.model_fields}
        columns = {field.name for field in apps.get_model(kind)._meta.concrete_fields}
        shown = {column for column in columns if (kind, column) not in NOT_SHOWN}
        assert {ELSEWHERE.get(name, name) for name in shown} - told - PRIVATE == set(), kind
        assert not told & PRIVATE


def test_no_answer_holds_what_the_registry_calls_personal():
    """STANDARDS 6.20: of a person with rows in every table, around pages about them, not a word."""
    user = full_person()
    for meeting in Meeting.objects.all():
        CoursePageFactory(course=meeting.course)
    Page.objects.update(owner=user, locked_by=user)
    told = everything().lower()
    assert Meeting.objects.filter(is_listed=True).exists()
    for word in (NAME, PHONE, STREET, user.email, user.person.first_name):
        assert word.lower() not in told


def test_no_answer_holds_anything_of_who_worked_on_a_page(editor: User):
    page = full_page(StandardPageFactory(), owner=editor)
    page.locked, page.locked_by = True, editor
    page.save()
    page.save_revision(user=editor, log_action=True)
    told = everything() + api(f"/pages/{page.pk}/").content.decode()
    for word in (editor.email, editor.person.first_name, editor.person.last_name):
        assert word not in told
