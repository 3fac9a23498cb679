"""Whatever code, tests and documents cite can be looked up in this repository."""

import re

import pytest

from tests.citations import INDEX, ROOT, faults, files, rows_in, rules, standards, text_of


def test_every_citation_leads_somewhere():
    found = [fault for path in files() for fault in faults(path, text_of(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "(STANDARDS 7.99)",
        "(STANDARDS 7.1 to 7.99)",
        "(STANDARDS 2.6, 9.1)",
        "(STANDARDS 9)",
        "(STANDARDS)",
        '(DESIGN, "Peoples")',
        "(DESIGN, idea 9)",
        "(DESIGN)",
        "(CONTRACT, Formalities)",
        '(STYLE, "Home")',
        "(P41)",
        "(docs/decisions/9999)",
        "(decision 9999)",
        "(decision 19)",
        "(0999)",
        "docs/nothing.md",
        "`docs/limits`",
        "`tests/test_nothing.py`",
        "`site/pluc/nothing.py`",
        "`pluc.nothing`",
        "`pluc.limits.nothing`",
        "`portal.accounts.services.nothing`",
        "[a decision](decisions/0000-nothing.md)",
        '(issue 5, "Done when")',
        "(issue 5a)",
        "As seen (FIELD)",
    ],
)
def test_a_citation_that_leads_nowhere_is_found(text):
    assert faults(ROOT / "docs" / "some.md", text)


def test_what_is_there_may_be_cited():
    text = """STANDARDS 7.1 to 7.3, 6.24; DESIGN, "People"; DESIGN, idea 8; CONTRACT, Forms; P40;
        docs/decisions/0011; `pluc.limits.LIMITS`; `legal.rights`; `portal.accounts.models.Person`;
        `tests/test_matrix.py`; `docs/`; [limits](limits.md); `templates/mails/<room>`,
        `search/search.html`"""
    assert faults(ROOT / "docs" / "some.md", text) == []


def test_the_index_of_rules_is_up_to_date():
    how = "docs/rules.md is out of date: run .venv/bin/python -m tests.citations"
    assert INDEX.read_text(encoding="utf-8") == rules(), how


def test_every_standard_is_kept_somewhere_or_marked_as_later():
    """Row 2.9 is a remark, in brackets."""
    cited = {row for path in files() if "docs" not in path.parts for row in rows_in(text_of(path))}
    rows = {row: text for row, text in standards().items() if "." in row}
    kept = {row for row, text in rows.items() if not text.startswith(("*Later.*", "*From", "("))}
    assert kept - cited == set()
    assert cited & (rows.keys() - kept) == set()


def test_the_plan_tells_which_rooms_there_are():
    """The tree in docs/design.md: what it marks "(later)" is not there, all else is."""
    plan = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").split("```")[1]
    rooms: dict[str, bool] = {}
    above: list[str] = []
    for indent, name, text in re.findall(r"^( *)(\w+)/ +(.*)$", plan, re.MULTILINE):
        above[len(indent) // 2 :] = [name]
        rooms["/".join(above)] = not text.startswith("(later)")
    assert len(rooms) > 25
    assert rooms == {room: (ROOT / room).is_dir() for room in rooms}
