"""docs/contract.md says what is true: addresses, accounts, and variables of the environment."""

import re

import pytest
from django.urls import Resolver404, resolve

from home.demo.load import EDITOR
from portal.accounts.demo import ACCOUNTS
from tests.citations import ROOT, document
from tests.run import VARIABLES

EXAMPLES = {"version": "2018-05-16", "old": "2018-05-16", "new": "2026-01-01", "year": "2026"}
EXAMPLES |= {"id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "n": "0", "fingerprint": "ab12"}
FOR_PAGES = {"wagtail_serve", "calendar", "nowhere"}
# What Wagtail pages answer, and files below them: their addresses stand in no URL conf.
PAGES = re.compile(
    r"/|/(bijeenkomsten|partners|blog)/([\w-]+/)*([\w-]+\.ics)?|/contact/"
    r"|/algemene-voorwaarden/|/en/general-terms/|/nieuwsbrief/([\w-]+/)?|/en/newsletter/"
)


def part(heading: str) -> str:
    """The text below a heading of the contract."""
    return document("contract").split(f"## {heading}")[1].split("\n## ")[0]


def addresses(heading: str, prefix: str = "") -> list[tuple[str, bool]]:
    """The addresses of a table with examples filled in, and whether each is marked as later."""
    rows = re.findall(r"^\| (`/.*?) \| (.*) \|$", part(heading), re.MULTILINE)
    return [
        (prefix + re.sub(r"<(\w+)>", lambda name: EXAMPLES.get(name[1], "x-1"), address), is_later)
        for cell, meaning in rows
        for is_later in [meaning.startswith("*later*")]
        for address in re.findall(r"`(/[^`?]*)", cell)
    ]


@pytest.mark.parametrize(
    ("address", "is_later"),
    addresses("Public addresses") + addresses("Portal addresses", "/mijn"),
)
def test_an_address_is_there_unless_it_is_marked_as_later(address: str, is_later: bool):
    try:
        name = resolve(address, urlconf="pluc.urls.one_host").url_name
    except Resolver404:
        name = "nowhere"
    is_page = PAGES.fullmatch(address) is not None
    assert (is_page or name not in FOR_PAGES) is not is_later


def test_the_accounts_are_those_of_the_demo():
    accounts = {account.email for account in (*ACCOUNTS, EDITOR)}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for text in (part("Demo content"), readme):
        assert set(re.findall(r"`(\w+@pluc\.example)`", text)) == accounts


def test_every_variable_of_the_environment_is_told():
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split("## Settings")[1]
    settings = (ROOT / "site" / "pluc" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'\benv\.\w+\("(\w+)"', settings))
    rows = re.findall(r"^\| (`.*?) \|", readme, re.MULTILINE)
    assert read == {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert read == set(VARIABLES)
    contract = part("Commands").split("Environment, ")[1].partition("Without")[0]
    assert set(re.findall(r"`([A-Z_]+)`", contract)) <= read
