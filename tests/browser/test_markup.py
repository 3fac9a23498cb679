"""What the site sends is right HTML, with nothing inline that a policy would have to allow."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.browser.visits import Answer
from tests.run import ROOT

CHECKER = ROOT / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="module")
def documents(public_pages: dict[str, Answer], error_page: str) -> dict[str, bytes]:
    """Every public page by its path, and the page for a fault of ours."""
    pages = {path: answer.body for path, answer in public_pages.items() if answer.is_html}
    return pages | {"(500)": error_page.encode()}


def test_the_nu_html_checker_finds_nothing(documents: dict[str, bytes], tmp_path: Path):
    names = {}
    for number, (path, body) in enumerate(documents.items()):
        file = tmp_path / f"{number}.html"
        file.write_bytes(body)
        names[file.as_uri()] = path
    command = ["java", "-Xss1m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    assert len(names) > 40
    assert [f"{names[message['url']]}: {message['message']}" for message in messages] == []


def test_no_page_holds_script_or_style_of_its_own(documents: dict[str, bytes]):
    found = []
    for path, body in documents.items():
        for element in BeautifulSoup(body, "lxml").find_all(True):
            inline = element.name == "style" or (
                element.name == "script"
                and not element.get("src")
                and element.get("type") != "application/ld+json"
            )
            attributes = [name for name in element.attrs if re.match("style$|on", name)]
            if inline or attributes:
                found.append(f"{path}: {element.name} {attributes}")
    assert found == []


def test_json_ld_can_be_read(documents: dict[str, bytes]):
    data = [
        json.loads(script.string)
        for body in documents.values()
        for script in BeautifulSoup(body, "lxml").find_all("script", type="application/ld+json")
    ]
    assert {"Article", "BlogPosting", "EducationalOrganization", "Organization"} & {
        one["@type"] for one in data
    }
    assert all(one["@context"] == "https://schema.org" for one in data)


def test_every_page_has_one_heading_of_the_first_level_and_a_title(documents: dict[str, bytes]):
    for path, body in documents.items():
        soup = BeautifulSoup(body, "lxml")
        assert len(soup.find_all("h1")) == 1, path
        assert soup.title, path
        assert soup.title.string.strip().endswith("PLUC!"), path
        assert soup.html["lang"] == ("en" if path.startswith("/en/") else "nl"), path


def test_every_picture_says_what_it_is_and_how_large(documents: dict[str, bytes]):
    for path, body in documents.items():
        for picture in BeautifulSoup(body, "lxml").find_all("img"):
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
