"""docs/promises.md names exactly the test files that carry a promise's mark."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| (P\d\d) \|.*?\|.*?\| (.*?) ?\|$", re.MULTILINE)
MARK = re.compile(r"mark\.promise\(([^)]*)\)")


def named_tests() -> dict[str, set[str]]:
    """Per promise, the test files that the table names."""
    text = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    return {
        promise: set(re.findall(r"`(tests/[^`]+)`", cell)) for promise, cell in ROW.findall(text)
    }


def marked_tests() -> dict[str, set[str]]:
    """Per promise, the test files that hold a mark of it."""
    marked: dict[str, set[str]] = {}
    for path in ROOT.glob("tests/**/test_*.py"):
        for arguments in MARK.findall(path.read_text(encoding="utf-8")):
            for promise in re.findall(r"P\d\d", arguments):
                marked.setdefault(promise, set()).add(path.relative_to(ROOT).as_posix())
    return marked


def test_the_table_has_every_promise_once() -> None:
    assert sorted(named_tests()) == [f"P{number:02}" for number in range(1, 41)]


@pytest.mark.parametrize("promise", sorted(marked_tests()))
def test_the_table_names_the_tests_of_a_promise(promise: str) -> None:
    assert named_tests()[promise] == marked_tests()[promise]


def test_no_test_is_named_without_a_mark() -> None:
    assert {p for p, files in named_tests().items() if files} == set(marked_tests())
