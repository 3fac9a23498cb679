"""Builds a small static site of a partner's meetings out of our API.

    python docs/examples/partner_site/build.py --partner pruimen-en-partners --into public

Run it every quarter of an hour: what has not changed is not sent again. Needs nothing but Python.
"""

import argparse
import json
import shutil
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlencode

FOLDER = Path(__file__).resolve().parent
PATIENCE = 30  # seconds for an answer, and at most before we ask again when asked to wait
ANSWERS = ".answers.json"  # by which a folder is known to be ours
WORDS = {
    "nl": {"when": "Wanneer", "where": "Waar", "price": "Prijs", "places": "Plekken"},
    "en": {"when": "When", "where": "Where", "price": "Price", "places": "Places"},
}


class Api:
    """Our API, read with what was answered before: an answer that is the same comes as a 304."""

    def __init__(self, site: str, kept: Path) -> None:
        self.site, self.kept = site, kept
        self.answers: dict[str, dict[str, str]] = (
            json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        )
        self.used: set[str] = set()

    def read(self, address: str) -> Any:
        """The content at an address. Raises `SystemExit` with our sentence where we refuse."""
        known = self.answers.get(address)
        headers = {"Accept": "application/json"} | (
            {"If-None-Match": known["etag"]} if known else {}
        )
        self.used.add(address)
        try:
            with open_url(urllib.request.Request(address, headers=headers)) as answer:
                body = answer.read().decode()
                self.answers[address] = {"etag": answer.headers["ETag"], "body": body}
        except urllib.error.HTTPError as error:
            if error.code != 304 or not known:
                raise SystemExit(problem_in(error)) from error
        return json.loads(self.answers[address]["body"])

    def rows(self, path: str, **query: str) -> Iterator[dict[str, Any]]:
        """All rows of a list, page after page."""
        address: str | None = f"{self.site}{path}?{urlencode(query)}"
        while address:
            page = self.read(address)
            yield from page["items"]
            address = page["meta"]["next"]

    def keep(self) -> None:
        """Stores what was read, for the next time."""
        answers = {address: self.answers[address] for address in sorted(self.used)}
        self.kept.write_text(json.dumps(answers), encoding="utf-8")


def open_url(request: urllib.request.Request) -> Any:
    """Asks, and once more where we ask to wait a moment (429, 503)."""
    try:
        return urllib.request.urlopen(request, timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        wait = error.headers.get("Retry-After", "")
        if error.code not in (429, 503) or not wait.isdecimal() or int(wait) > PATIENCE:
            raise
        time.sleep(int(wait))
        return urllib.request.urlopen(request, timeout=PATIENCE)


def problem_in(error: urllib.error.HTTPError) -> str:
    """What the problem details say (RFC 9457)."""
    try:
        return f"{error.code}: {json.load(error)['detail']}"
    except (ValueError, KeyError):
        return f"{error.code}: {error.reason}"


# --- Pages ---------------------------------------------------------------------------------------


def page(language: str, title: str, content: str, *, root: str = "") -> str:
    shell = Template((FOLDER / "page.html").read_text(encoding="utf-8"))
    return shell.substitute(lang=language, title=escape(title), content=content, root=root)


def line(meeting: dict[str, Any]) -> str:
    link = f'<a href="{escape(meeting["code"])}/">{escape(meeting["course"]["title"])}</a>'
    facts = [meeting["when"], meeting["place"]["text"], meeting["places"]["text"]]
    return f"<li><h2>{link}</h2><p>{escape(', '.join(one for one in facts if one))}</p></li>"


def list_page(partner: dict[str, Any], meetings: list[dict[str, Any]], language: str) -> str:
    head = f"<h1>{escape(partner['name'])}</h1><p>{escape(partner['intro'])}</p>"
    lines = "".join(line(meeting) for meeting in meetings)
    return page(language, partner["name"], head + (f"<ul>{lines}</ul>" if lines else ""))


def meeting_page(meeting: dict[str, Any], language: str) -> str:
    words, title = WORDS[language], meeting["course"]["title"]
    facts = {
        words["when"]: meeting["when"],
        words["where"]: meeting["place"]["text"],
        words["price"]: meeting["price"]["text"],
        words["places"]: meeting["places"]["text"],
    }
    told = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in facts.items()
        if value
    )
    terms = "".join(f"<li>{escape(one)}</li>" for one in meeting["terms"])
    way_in = (
        f'<p><a href="{escape(meeting["enrol_url"])}">{escape(meeting["enrol_text"])}</a></p>'
        if meeting["enrol_url"]
        else f"<p>{escape(meeting['enrol_text'])}</p>"
    )
    content = f"<h1>{escape(title)}</h1><dl>{told}</dl>{way_in}"
    return page(language, title, content + (f"<ul>{terms}</ul>" if terms else ""), root="../")


def build(site: str, partner: str, language: str, into: Path) -> int:
    """Writes the site in the place of what was there. Returns how many meetings it tells of."""
    into.mkdir(parents=True, exist_ok=True)
    kept = into / ANSWERS
    if any(into.iterdir()) and not kept.exists():
        raise SystemExit(f"{into} holds something else. Name a folder of its own.")
    api = Api(site, kept)
    partners = {one["slug"]: one for one in api.rows("/api/offer/partners/", locale=language)}
    if partner not in partners:
        raise SystemExit(f"There is no partner {partner}. There are: {', '.join(partners)}.")
    asked = {"partner": partner, "locale": language}
    meetings = list(api.rows("/api/offer/meetings/", **asked))
    for old in (one for one in into.iterdir() if one.is_dir()):
        shutil.rmtree(old)
    for meeting in meetings:
        (into / meeting["code"]).mkdir()
        target = into / meeting["code"] / "index.html"
        target.write_text(meeting_page(meeting, language), encoding="utf-8")
    target = into / "index.html"
    target.write_text(list_page(partners[partner], meetings, language), encoding="utf-8")
    shutil.copyfile(FOLDER / "site.css", into / "site.css")
    api.keep()
    return len(meetings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", default="https://pluc.nl", help="where PLUC! is")
    parser.add_argument("--partner", required=True, help="your short name with us")
    parser.add_argument("--locale", choices=list(WORDS), default="nl")
    parser.add_argument("--into", type=Path, default=Path("public"), help="a folder of its own")
    options = parser.parse_args()
    number = build(options.site, options.partner, options.locale, options.into)
    print(f"{number} meetings in {options.into}", file=sys.stderr)


if __name__ == "__main__":
    main()
