"""What code, tests and documents cite, what is wrong with it, and the index from rule to file.

`python -m tests.citations` writes the index, `docs/rules.md`, anew. Cited are: rows of
docs/standards.md (`STANDARDS 7.1`), headings and ideas of docs/design.md, headings of
docs/contract.md and docs/style.md, promises, decisions, paths, and names of modules.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INDEX = ROOT / "docs" / "rules.md"
ROOMS = ("headless", "home", "legal", "portal", "search", "site")
FOLDERS = (*ROOMS, "docs", "script", "static", "templates", "tests")
SINGLE_FILES = ("CHANGELOG.md", "README.md", "manage.py", "pyproject.toml")
# Not read: packages of npm, the index itself, and what speaks about citations.
PASSED_OVER = {"node_modules", "__pycache__", "rules.md", "citations.py", "test_citations.py"}
SUFFIXES = {"", ".css", ".html", ".js", ".md", ".py", ".toml", ".yaml"}

ROW = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
HEADING = re.compile(r"^#+ ([^(\n]+)", re.MULTILINE)
NUMBER = r"\d+(?:\.\d+)?"
STANDARDS = re.compile(rf"STANDARDS\b(?: ({NUMBER}(?:(?:,| to| and) {NUMBER})*))?")
RANGE = re.compile(rf"({NUMBER})(?: to ({NUMBER}))?")
# Also a name in code: `Basis.CONTRACT`.
DOCUMENT = re.compile(r"(?<![\w.])(DESIGN|CONTRACT|STYLE)\b(?! =)(?:, \"?([^\n]*))?")
PROMISE = re.compile(r"\bP(\d{2})\b")
DECISION = re.compile(r"\b[Dd]ecisions?[/ ](\d+)|\((0\d{3})\)")
NOWHERE = re.compile(r"\b[Ii]ssues? \d\w*|\s\((?:FIELD|LOOK|PROMISES)\b")
QUOTED = re.compile(r"`([^`\s]+)(?: [^`\n]*)?`")
# Not the path of one file: a pattern, or a decision by its number (`DECISION` finds those).
PATTERN = re.compile(r"[<>{}*]|docs/decisions/\d{4}$")
UNQUOTED = re.compile(r"(?<![\w/.])docs/(?!decisions/\d)[\w./-]*\w")
LINK = re.compile(r"\]\(([^)#\s:]+)\)")
MODULE = re.compile(r"(?:headless|home|legal|pluc|portal|search|tests)(?:\.\w+)+(?:\(\))?")
HOSTS = {"pluc.nl", "pluc.example", "pluc.localhost"}


def files() -> Iterator[Path]:
    """Every file of ours in which something can be cited."""
    yield from (ROOT / name for name in SINGLE_FILES)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            is_ours = not PASSED_OVER & set(path.relative_to(ROOT).parts)
            if is_ours and path.suffix in SUFFIXES and path.is_file():
                yield path


def text_of(path: Path) -> str:
    """A file's text, with sentences that go on in the next line in one."""
    return re.sub(r"(?<=\S)\n[ \t]*(?:# )?(?=\S)", " ", path.read_text(encoding="utf-8"))


@cache
def document(name: str) -> str:
    return (ROOT / "docs" / f"{name.lower()}.md").read_text(encoding="utf-8")


@cache
def standards() -> dict[str, str]:
    """The rows of docs/standards.md by number ("7.1"), and its sections ("7")."""
    found = {}
    for section in document("standards").split("\n## ")[1:]:
        if number := re.match(r"(\d)\. (.+)", section):
            found[number[1]] = number[2]
            rows = ROW.findall(section.partition("\n")[2])
            found |= {f"{number[1]}.{row}": text for row, text in rows}
    return found


@cache
def headings(name: str) -> list[str]:
    """The headings of a document in their order, without what stands in brackets."""
    found = [heading.strip() for heading in HEADING.findall(document(name))]
    return found + ([f"idea {number}" for number in ideas()] if name == "DESIGN" else [])


@cache
def ideas() -> dict[str, str]:
    """The ideas of docs/design.md by number."""
    return dict(ROW.findall(document("design").split("## Ideas")[1].split("\n## ")[0]))


@cache
def promises() -> set[str]:
    return set(re.findall(r"^\| P(\d{2}) \|", document("promises"), re.MULTILINE))


@cache
def decisions() -> dict[str, Path]:
    return {path.name[:4]: path for path in (ROOT / "docs" / "decisions").glob("*.md")}


def rows_in(text: str) -> Iterator[str]:
    """Numbers of rows and sections of the standards that a text cites; "" for none."""
    for citation in STANDARDS.finditer(text):
        for first, last in RANGE.findall(citation[1] or "") or [("", "")]:
            section, _, start = first.partition(".")
            end = int(last.partition(".")[2] or start) if last else int(start or 0)
            numbers = range(int(start or 0), end + 1)
            yield from [f"{section}.{number}" for number in numbers] if start else [first]


def headings_in(text: str) -> Iterator[tuple[str, str]]:
    """Documents and headings that a text cites; a heading that there is not is ""."""
    for name, rest in DOCUMENT.findall(text):
        found = (one for one in headings(name) if re.match(rf"{re.escape(one)}\b|{one}$", rest))
        yield name, next(found, "")


def decisions_in(text: str) -> Iterator[str]:
    for one, other in DECISION.findall(text):
        yield one or other


def faults(path: Path, text: str) -> list[str]:
    """What is cited in a file and is not there, one sentence each."""
    found = [f"STANDARDS {row} is no row" for row in rows_in(text) if row not in standards()]
    found += [f"{name} has no such heading" for name, heading in headings_in(text) if not heading]
    found += [f"P{one} is no promise" for one in PROMISE.findall(text) if one not in promises()]
    found += [f"no decision {one}" for one in decisions_in(text) if one not in decisions()]
    found += [f"{one} cannot be looked up" for one in NOWHERE.findall(text)]
    found += [f"{one} is not there" for one in names_in(path, text) if not is_there(path, one)]
    return [f"{path.relative_to(ROOT)}: {fault}" for fault in found]


def names_in(path: Path, text: str) -> Iterator[str]:
    """Paths and modules that are named: in backticks, below docs/, and by links in documents."""
    text = text.replace("```", "")  # fences of code blocks are no quotation marks
    for name in QUOTED.findall(text):
        is_path = name.partition("/")[0] in FOLDERS and "/" in name and not PATTERN.search(name)
        if is_path or MODULE.fullmatch(name):
            yield name
    yield from UNQUOTED.findall(re.sub(r"`[^`\n]*`", "", text))
    if path.suffix == ".md":
        yield from (f"./{link}" for link in LINK.findall(text))


def is_there(path: Path, name: str) -> bool:
    """Whether a path, a template or a dotted name is there; a link is seen from its document."""
    if name.startswith("./"):
        return (path.parent / name).exists()
    if "/" in name:
        return (ROOT / name).exists() or (ROOT / "templates" / name).exists()
    return name in HOSTS or any(is_defined(folder, name) for folder in (ROOT, ROOT / "site"))


def is_defined(folder: Path, name: str) -> bool:
    """Whether a dotted name is a package or module below `folder`, or is bound in one."""
    parts = name.removesuffix("()").split(".")
    for end in range(len(parts), 0, -1):
        place = folder.joinpath(*parts[:end])
        for module in (place / "__init__.py", place.with_suffix(".py")):
            if module.is_file():
                text = module.read_text(encoding="utf-8")
                return all(is_bound(part, text) for part in parts[end:])
    return folder.joinpath(*parts).is_dir()


def is_bound(name: str, text: str) -> bool:
    """Whether a module's text defines, assigns or imports a name."""
    defined = rf"^\s*(?:def|class) {name}\b|^\s*{name}\b[^\n]*[:=]"
    imported = rf"\bimport [^\n]*\b{name}\b|^\s+{name},$"
    return bool(re.search(f"{defined}|{imported}", text, re.MULTILINE))


# --- The index -----------------------------------------------------------------------------------

START = """# From rule to file

Which files cite a rule, and which tests. `tests/citations.py` made this list from the citations
themselves; `tests/test_citations.py` fails when it is out of date, and says how to make it anew.
What is cited nowhere is not listed. Promises have a table of their own: [promises.md](promises.md).
"""
TITLE = 90  # letters of a rule that are shown


def short(text: str) -> str:
    """The beginning of a rule, cut between words."""
    text = text.replace("*", "")
    if len(text) <= TITLE:
        return text
    start = text[:TITLE].rpartition(" ")[0]
    return f"{start}{'`' if start.count('`') % 2 else ''} ..."


def rules() -> str:
    """The text of docs/rules.md."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in files():
        name, text = path.relative_to(ROOT).as_posix(), text_of(path)
        if not name.startswith("docs/"):
            for row in rows_in(text):
                found["STANDARDS"][row].add(name)
            for document_, heading in headings_in(text):
                found[document_][heading].add(name)
            for number in decisions_in(text):
                found["decisions"][number].add(name)
    titles = {
        "STANDARDS": {number: short(text) for number, text in standards().items()},
        "DESIGN": dict.fromkeys(headings("DESIGN"), "")
        | {f"idea {number}": short(text) for number, text in ideas().items()},
        "CONTRACT": dict.fromkeys(headings("CONTRACT"), ""),
        "STYLE": dict.fromkeys(headings("STYLE"), ""),
        "decisions": {number: title_of(path) for number, path in sorted(decisions().items())},
    }
    tables = [table(name, titles[name], found[name]) for name in titles]
    return "\n".join([START, *tables])


def title_of(path: Path) -> str:
    """A decision as a link, by its heading."""
    heading = path.read_text(encoding="utf-8").partition("\n")[0]
    text = re.sub(r"^# (?:\d{4}\.? )?", "", heading)
    return f"[{text}](decisions/{path.name})"


def table(name: str, titles: dict[str, str], files_of: dict[str, set[str]]) -> str:
    """A table of the cited rules of a document, in its order."""
    lines = [f"## {name}", "| rule | | kept in | tests |", "|---|---|---|---|"]
    for rule, title in titles.items():
        if cited := sorted(files_of.get(rule, ())):
            tests = [f"`{one}`" for one in cited if one.startswith("tests/")]
            kept = [f"`{one}`" for one in cited if not one.startswith("tests/")]
            lines.append(f"| {rule} | {title} | {', '.join(kept)} | {', '.join(tests)} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    INDEX.write_text(rules(), encoding="utf-8")
