"""Our own Dutch for Wagtail and wagtail-localize: it wins, and nothing of it is superfluous.

A test that fails here after an upgrade names the entries to be taken out of `locale/wagtail`, or
the Dutch that has become wrong.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_localize
from django.utils.translation import gettext, ngettext, override

from pluc.staff_screens.wording import WordsOfScripts
from tests.run import ROOT

OURS = ROOT / "locale" / "wagtail" / "nl" / "LC_MESSAGES"
PACKAGES = [Path(package.__file__).parent for package in (wagtail, wagtail_localize)]
# Installed by nobody here.
ELSEWHERE = ("contrib/forms", "contrib/simple", "contrib/style", "contrib/search", "contrib/table")
VALUES = re.compile(r"%\(\w+\)[sd]|%s|\{\w*\}")
GLUED = re.compile(r"(%\(\w+\)[sd]|%s)[A-Za-z]|[a-z]%\(")
FORMAL = re.compile(r"\b([Uu]|[Uu]w)\b")
Key = tuple[str | None, str]


def upstream(name: str) -> Iterator[tuple[polib.POEntry, str | None]]:
    """Entries of the catalogues that come along, with the language that each is in."""
    for package in PACKAGES:
        for language in ("en", "nl"):
            for path in sorted(package.rglob(f"locale/{language}/LC_MESSAGES/{name}.po")):
                if not any(part in str(path) for part in ELSEWHERE):
                    for entry in polib.pofile(str(path)):
                        if not entry.obsolete:
                            yield entry, language


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def texts_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.fixture(scope="module", params=["django", "djangojs"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def ours(name: str) -> dict[Key, polib.POEntry]:
    return {key_of(entry): entry for entry in polib.pofile(str(OURS / f"{name}.po"))}


@pytest.fixture(scope="module")
def theirs(name: str) -> list[tuple[polib.POEntry, str | None]]:
    return list(upstream(name))


def test_each_of_our_texts_is_about_one_that_is_there(ours, theirs):
    there = {key_of(entry) for entry, _ in theirs}
    assert sorted(ours.keys() - there, key=str) == []


def test_none_of_our_texts_says_what_theirs_says(ours, theirs):
    dutch: dict[Key, list[list[str]]] = {}
    for entry, language in theirs:
        if language == "nl":
            dutch.setdefault(key_of(entry), []).append(texts_of(entry))
    superfluous = [
        key
        for key, entry in ours.items()
        if set(map(tuple, dutch.get(key, []))) == {tuple(texts_of(entry))}
    ]
    assert superfluous == []


def test_no_dutch_text_is_missing_runs_together_or_says_u(ours, theirs):
    """What an editor reads: ours where there is one, else theirs."""
    dutch = {key_of(entry): entry for entry, language in theirs if language == "nl"} | ours
    english = {key_of(entry) for entry, language in theirs if language == "en"}
    known = {text for _, text in dutch} | shared_texts()
    assert sorted(text for _, text in english if text not in known) == []
    assert [found for entry in dutch.values() for found in faults_in(entry)] == []


def shared_texts() -> set[str]:
    """Texts that some other package's catalogue has: gettext knows one catalogue for all."""
    return {entry.msgid for entry, language in upstream("django") if language == "nl"}


def faults_in(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    allowed = {*VALUES.findall(entry.msgid), *VALUES.findall(entry.msgid_plural or "")}
    for text in texts_of(entry):
        if not text:
            yield "empty", entry.msgid
        if (text[:1].isspace(), text[-1:].isspace()) != (
            entry.msgid[:1].isspace(),
            entry.msgid[-1:].isspace(),
        ):
            yield "space", text
        if GLUED.search(text) and not GLUED.search(entry.msgid):
            yield "glued", text
        if FORMAL.search(text):
            yield "formal", text
        if not set(VALUES.findall(text)) <= allowed:
            yield "values", text


def test_our_texts_win():
    with override("nl"):
        asked = gettext("Are you sure you want to delete this %(model_name)s?")
        assert asked == "Weet je zeker dat je dit wilt verwijderen (%(model_name)s)?"
        assert ngettext("Unpublish 1 page", "Unpublish %(counter)s pages", 1) == (
            "Haal 1 pagina offline"
        )


def test_our_texts_win_in_scripts(rf):
    with override("nl"):
        text = WordsOfScripts.as_view(packages=["wagtail_localize"])(rf.get("/")).text
    assert "Publiceer in het " in text
    assert 'Publiceer in"' not in text


@pytest.mark.django_db
def test_the_staff_screens_load_these_words(editor, sign_in):
    browser = sign_in(editor)
    assert "Publiceer in het " in browser.get("/beheer/localize/jsi18n/").text
    assert "Schrijf een opmerking" in browser.get("/beheer/jsi18n/").text
