"""What the site sends is right HTML, with nothing inline that a policy would have to allow."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD
from tests.browser.member import Member
from tests.browser.visits import Answer
from tests.live_site import LiveSite
from tests.run import ROOT
from tests.tools.java import JAVA

CHECKER = ROOT / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"
# Where somebody with meetings comes in the portal.
PORTAL = (
    "/bijeenkomsten/latent-online-1/aanmelden/",
    "/bijeenkomsten/btw-utrecht-1/aanmelden/",
    "/bijeenkomsten/pensioen-zwolle-1/aanmelden/",
    "/bijeenkomsten/",
    "/bijeenkomsten/latent-utrecht-1/",
    "/bijeenkomsten/steekproef-utrecht-0/",
    "/",
    "/gegevens/",
    "/account/",
)


@pytest.fixture(scope="module")
def documents(public_pages: dict[str, Answer], error_page: str) -> dict[str, bytes]:
    """Every public page by its path, and the page for a fault of ours."""
    pages = {path: answer.body for path, answer in public_pages.items() if answer.is_html}
    return pages | {"(500)": error_page.encode()}


@pytest.fixture(scope="module")
def soups(public_pages: dict[str, Answer], error_page: str) -> dict[str, BeautifulSoup]:
    """The same pages, read once for all tests."""
    pages = {path: answer.soup for path, answer in public_pages.items() if answer.is_html}
    return pages | {"(500)": BeautifulSoup(error_page, "lxml")}


def found_by_checker(documents: dict[str, bytes], folder: Path) -> list[str]:
    """What the Nu HTML checker has to say, with the name of the document."""
    names = {}
    for number, (name, body) in enumerate(documents.items()):
        file = folder / f"{number}.html"
        file.write_bytes(body)
        names[file.name] = name
    command = [*JAVA, "-jar", str(CHECKER), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{names[message['url'].rpartition('/')[2]]}: {message['message']}" for message in messages
    ]


def test_the_nu_html_checker_finds_nothing(documents: dict[str, bytes], tmp_path: Path):
    assert len(documents) > 40
    assert found_by_checker(documents, tmp_path) == []


def test_the_nu_html_checker_finds_nothing_in_the_portal(
    page: Page, live_site: LiveSite, tmp_path: Path
):
    documents = {}
    page.goto(live_site.portal(PORTAL[0]))
    for button in (
        "Aanmelden en betalen",
        "Nog iemand aanmelden",
    ):  # with faults; for several people
        with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
            page.get_by_role("button", name=button, exact=True).click()
        documents[button] = sent.value.body()
    Member(page, live_site, "deelnemer@pluc.example", PASSWORD).sign_in()
    mine = live_site.run(
        "from portal.enrolments import links, order_links\n"
        "from portal.enrolments.models import Enrolment\n"
        "place = Enrolment.objects.filter(email='deelnemer@pluc.example')[0]\n"
        "print(links.address_of(place), order_links.address_of(place.booking))"
    )
    for path in [*map(live_site.portal, PORTAL), *mine.split()]:
        documents[path] = page.request.get(path).body()
    assert found_by_checker(documents, tmp_path) == []


def test_no_page_holds_script_or_style_of_its_own(soups: dict[str, BeautifulSoup]):
    found = []
    for path, soup in soups.items():
        for element in soup.find_all(True):
            inline = element.name == "style" or (
                element.name == "script"
                and not element.get("src")
                and element.get("type") != "application/ld+json"
            )
            attributes = [name for name in element.attrs if re.match("style$|on", name)]
            if inline or attributes:
                found.append(f"{path}: {element.name} {attributes}")
    assert found == []


def test_json_ld_can_be_read(soups: dict[str, BeautifulSoup]):
    data = [
        json.loads(script.string)
        for soup in soups.values()
        for script in soup.find_all("script", type="application/ld+json")
    ]
    assert {"Article", "BlogPosting", "EducationalOrganization", "Organization"} & {
        one["@type"] for one in data
    }
    assert all(one["@context"] == "https://schema.org" for one in data)


def test_every_page_has_one_heading_of_the_first_level_and_a_title(soups: dict[str, BeautifulSoup]):
    for path, soup in soups.items():
        assert len(soup.find_all("h1")) == 1, path
        assert soup.title, path
        assert soup.title.string.strip().endswith("PLUC!"), path
        assert soup.html["lang"] == ("en" if path.startswith("/en/") else "nl"), path


def test_every_picture_says_what_it_is_and_how_large(soups: dict[str, BeautifulSoup]):
    for path, soup in soups.items():
        for picture in soup.find_all("img"):
            assert {"alt", "width", "height"} <= picture.attrs.keys(), f"{path}: {picture}"
            assert int(picture["width"]) > 0, f"{path}: {picture}"
            assert int(picture["height"]) > 0, f"{path}: {picture}"


def test_no_two_pages_of_a_language_have_the_same_title(public_pages: dict[str, Answer]):
    titles: dict[tuple[str, str], list[str]] = {}
    for path, answer in public_pages.items():
        if answer.is_html and answer.status == 200 and "?" not in path:
            key = (answer.soup.html["lang"], answer.soup.title.string.strip())
            titles.setdefault(key, []).append(path)
    assert {key: paths for key, paths in titles.items() if len(paths) > 1} == {}
