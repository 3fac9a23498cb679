"""What the content API tells besides pages: menus, redirects, issues, the statement."""

import json

import pytest
from django.conf import settings
from wagtail.contrib.redirects.models import Redirect

from headless.api import api as api_of_all
from pluc.content.models import Navigation
from portal.accounts.models import User
from tests.factories import StandardPageFactory, home_page
from tests.headless.content_pages import api, asked, link
from tests.issues import SENTENCE, SubscriptionFactory, send_issue, write_issue
from tests.legal.versions import EditionFactory, days_from_now, put_version_in_force, text_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("fresh_cache"),
    pytest.mark.either_database,
]
HOST = settings.SITE_URL


def test_menus_are_told_per_language():
    Navigation.objects.all().delete()
    home, page = home_page("en"), StandardPageFactory(language="en", title="About", slug="about")
    items = [
        {"type": "item", "value": {"page": home.pk, "label": "Start"}},
        {"type": "item", "value": {"page": page.pk, "label": ""}},
    ]
    elsewhere = {"label": "Elsewhere", "link": {"page": None, "url": "https://elders.example/"}}
    column = {"heading": "More", "links": [{"label": "Us", "link": link(page)}, elsewhere]}
    Navigation.objects.create(
        locale=home.locale, menu=items, footer=[{"type": "column", "value": column}]
    )
    told = asked("/menus/", locale="en")
    assert [(one["label"], one["link"]["url"]) for one in told["menu"]] == [
        ("Start", f"{HOST}/en/"),
        ("About", f"{HOST}/en/about/"),
    ]
    assert [one["label"] for one in told["footer"][0]["links"]] == ["Us", "Elsewhere"]
    assert asked("/menus/")["menu"] == []


def test_redirects_lead_on():
    page = StandardPageFactory(slug="nieuw")
    Redirect.add_redirect("/oud/", page)
    Redirect.add_redirect("/verweg/", "https://elders.example/", is_permanent=False)
    told = {one["old_path"]: one for one in asked("/redirects/")["items"]}
    assert told["/oud"]["link"]["url"] == f"{HOST}/nieuw/"
    assert told["/verweg"]["link"]["url"] == "https://elders.example/"
    assert asked("/redirects/find/", html_path="/oud/")["link"]["page"]["id"] == page.pk
    assert api("/redirects/find/", html_path="/nergens/").status_code == 404


def test_issues_are_told_once_they_were_sent(editor: User, superuser: User):
    write_issue(subject="Nog niet verstuurd", languages=["nl"])
    pages = write_issue()
    SubscriptionFactory()
    assert asked("/issues/")["items"] == []
    send_issue(pages, writer=editor, second=superuser)
    (told,) = asked("/issues/")["items"]
    assert told["id"] == pages["nl"].pk
    answer = api(f"/issues/{told['id']}/")
    issue = answer.json()
    assert SENTENCE["nl"] in issue["html"]
    for word in ("%%LEAVE%%", "afmelden", 'href="/', 'src="/', "Nog niet"):
        assert word not in answer.content.decode()
    page = asked(f"/pages/{told['id']}/")
    assert (page["type"], page["html"]) == ("newsletter.IssuePage", issue["html"])
    (in_list,) = asked("/pages/", type="newsletter.IssuePage", fields="html")["items"]
    assert in_list["html"] == issue["html"]


def test_the_statement_is_told_with_its_tables_its_history_and_differences():
    page = StandardPageFactory(slug="daar")
    linked = f'Zie <a linktype="page" id="{page.pk}">daar</a>.'
    for language in ("nl", "en"):
        EditionFactory(language=language)
    today = days_from_now(0)
    put_version_in_force(today, body=text_of("nl", linked))
    told = asked("/statement/")
    assert (told["version"], told["is_in_force"]) == (today.isoformat(), True)
    assert f'href="{HOST}/daar/"' in told["html"]
    assert told["tables"]["recipients"]["head"]
    blocks = {block["type"]: block["value"] for block in told["body"]}
    assert blocks["registry_table"]["table"] == "recipients"
    assert blocks["registry_table"]["rows"] == told["tables"]["recipients"]["rows"]
    assert f'<a href="{HOST}/daar/">daar</a>' in blocks["text"]
    assert "linktype" not in json.dumps(told)
    editions = asked("/statement/editions/", locale="en")["items"]
    assert [one["version"] for one in editions] == [today.isoformat(), "2018-05-16"]
    older = asked("/statement/editions/2018-05-16/")
    assert older["is_in_force"] is False
    assert older["html_url"] == f"{HOST}/privacyverklaring/2018-05-16/"
    changed = asked("/statement/diff/", **{"from": "2018-05-16", "to": today.isoformat()})
    assert "<ins>" in changed["html"]
    assert "<del>" in changed["html"]
    assert api("/statement/diff/", **{"from": "2018-05-16", "to": "2019-01-01"}).status_code == 404


NOWHERE = {
    "/pages/999999/": "There is no such page, or it is not public.",
    "/pages/find/": "There is no such page, or it is not public.",
    "/images/999999/": "There is no such picture, or no public page shows it.",
    "/redirects/find/": "This path leads nowhere else.",
    "/issues/999999/": "There is no such issue, or it was not sent yet.",
    "/preview/x.y/": "This link shows no draft, or no longer. Ask its editor for another one.",
}


def test_every_address_takes_a_language_for_its_sentences():
    schema = api_of_all.schema["paths"]
    reading = {path: one["get"] for path, one in schema.items() if "get" in one}
    lacking = [
        path
        for path, one in reading.items()
        if path != "/api/oembed/"  # whose consumers send what they like
        and "locale" not in {told["name"] for told in one["parameters"]}
    ]
    assert lacking == []
    page = StandardPageFactory(slug="hier")
    for path in (f"/pages/{page.pk}/", "/documents/", "/redirects/"):
        assert api(path, locale="en").status_code == 200, path
    assert api(f"/pages/{page.pk}/", locale="en").json() == asked(f"/pages/{page.pk}/")
    for path, sentence in NOWHERE.items():
        where = {"html_path": "/nergens/"} if path.endswith("find/") else {}
        answer = api(path, locale="en", **where)
        assert (answer.status_code, answer.json()["detail"]) == (404, sentence), path
