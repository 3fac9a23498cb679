"""Authors, redirects, reviews and menus as editors meet them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Workflow

from home.models import Author, BlogPostPage
from home.redirects import RedirectForm
from tests.factories import AuthorFactory, PostFactory, StandardPageFactory, blog_index
from tests.planning import SpeakerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


# --- Authors who go ------------------------------------------------------------------------------


def deletion_of(author: Author) -> str:
    return reverse("wagtailsnippets_home_author:delete", args=[author.pk])


def test_an_author_who_wrote_is_deleted_once_another_is_named(editor, sign_in):
    gone, other, foreign = AuthorFactory(), AuthorFactory(), AuthorFactory(language="en")
    post = PostFactory(author=gone)
    revision = post.save_revision()
    browser = sign_in(editor)
    assert post.title in browser.get(deletion_of(gone)).text
    for wrong in ({}, {"other": gone.pk}, {"other": foreign.pk}):
        browser.post(deletion_of(gone), wrong)
        assert Author.objects.filter(pk=gone.pk).exists()
    browser.post(deletion_of(gone), {"other": other.pk})
    assert not Author.objects.filter(pk=gone.pk).exists()
    assert BlogPostPage.objects.get(pk=post.pk).author == other
    revision.refresh_from_db()
    assert revision.as_object().author == other


def test_an_author_of_a_draft_alone_asks_for_another_too(editor, sign_in):
    gone, other = AuthorFactory(), AuthorFactory()
    post = PostFactory(author=other)
    post.author = gone
    post.save_revision()
    sign_in(editor).post(deletion_of(gone))
    assert Author.objects.filter(pk=gone.pk).exists()


def test_an_author_who_wrote_nothing_goes_at_once(editor, sign_in):
    author = AuthorFactory()
    sign_in(editor).post(deletion_of(author))
    assert not Author.objects.filter(pk=author.pk).exists()


def test_authors_who_wrote_are_not_deleted_together(editor, sign_in):
    wrote, idle = AuthorFactory(name="Kees Schrijft"), AuthorFactory()
    PostFactory(author=wrote)
    address = f"/beheer/bulk/home/author/delete/?id={wrote.pk}&id={idle.pk}&next=/beheer/"
    browser = sign_in(editor)
    browser.post(address)
    assert Author.objects.filter(pk__in=[wrote.pk, idle.pk]).count() == 2
    assert "Kees Schrijft" in browser.get("/beheer/").text


@pytest.mark.parametrize("factory", [AuthorFactory, SpeakerFactory])
def test_names_in_lists_stand_by_surname(factory):
    for name in ("Anna Zwaan", "Zeger de Boer", "drs. Jan 't Hooft"):
        factory(name=name)
    model = factory._meta.model
    shown = list(model.objects.values_list("name", flat=True))
    assert shown == ["Zeger de Boer", "drs. Jan 't Hooft", "Anna Zwaan"]
    row = model.objects.get(name="Anna Zwaan")
    row.name = "Anna Aal"
    row.save(update_fields=["name", "sort_key"])
    assert model.objects.first() == row


# --- Redirects by our own addresses --------------------------------------------------------------


def redirect_by(**fields) -> Redirect | dict:
    """The redirect that a form makes, or its errors."""
    form = RedirectForm({"is_permanent": "on"} | fields)
    return form.save() if form.is_valid() else dict(form.errors)


@pytest.mark.parametrize(
    "typed",
    [
        "/oud/",
        "oud",
        "http://localhost:8000/oud/",
        "HTTP://LOCALHOST:8000/oud",
        "localhost:8000/oud/",
    ],
)
def test_a_redirect_leads_on_from_our_address_however_it_is_typed(visitor: Client, typed: str):
    assert redirect_by(old_path=typed, redirect_link="/zoeken/?q=a").old_path == "/oud"
    assert visitor.get("/oud/")["Location"] == "http://localhost:8000/zoeken/?q=a"


@pytest.mark.parametrize("typed", ["/blog/", "http://localhost:8000/blog/", "localhost:8000/blog/"])
def test_a_redirect_to_a_page_of_ours_follows_the_page(typed: str):
    blog = blog_index()
    made = redirect_by(old_path="/oud/", redirect_link=typed)
    assert made.redirect_page.pk == blog.pk
    assert made.redirect_link == ""


def test_a_redirect_leads_to_addresses_that_are_no_page_and_elsewhere():
    portal = redirect_by(old_path="/een/", redirect_link="/mijn/registreren/")
    assert portal.redirect_link == "http://localhost:8000/mijn/registreren/"
    outside = redirect_by(old_path="/twee/", redirect_link="https://www.nba.nl/pe/")
    assert outside.redirect_link == "https://www.nba.nl/pe/"


@pytest.mark.parametrize(
    "fields",
    [
        {"old_path": "https://elders.example/oud/", "redirect_link": "/blog/"},
        {"old_path": "/oud/", "redirect_link": "javascript:alert(1)"},
        {"old_path": "/oud/", "redirect_link": "//elders.example/"},
        {"old_path": "/oud/", "redirect_link": "/oud/"},
        {"old_path": "/oud/", "redirect_link": ""},
    ],
)
def test_a_redirect_that_leads_nowhere_is_refused(fields: dict[str, str]):
    assert isinstance(redirect_by(**fields), dict)
    assert not Redirect.objects.exists()


def test_the_screens_of_redirects_have_our_form(editor, sign_in):
    sent = {"old_path": "localhost:8000/oud/", "redirect_link": "/zoeken/", "is_permanent": "on"}
    sign_in(editor).post(reverse("wagtailredirects:add"), sent)
    assert Redirect.objects.get().redirect_link == "http://localhost:8000/zoeken/"


# --- Reviews -------------------------------------------------------------------------------------


def test_who_approves_has_one_mail_and_who_submits_none(editor, superuser, writer, mailoutbox):
    page = StandardPageFactory(live=False, owner=writer)
    page.save_revision(user=writer)
    Workflow.objects.get().start(page, writer)
    assert sorted(mail.to for mail in mailoutbox) == [[superuser.email], [editor.email]]


# --- Menus ---------------------------------------------------------------------------------------


def test_help_leads_nowhere_outside_and_no_two_entries_share_a_name(
    superuser, sign_in: Callable[..., Client]
):
    text = sign_in(superuser).get("/beheer/").text
    assert "guide.wagtail.org" not in text
    assert "releases/" not in text
    assert text.count('"label": "Mededelingen"') == 1
    assert text.count('"label": "Meldingen op de site"') == 1
