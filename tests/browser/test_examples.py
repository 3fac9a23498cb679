"""The examples of docs/api.md, run against the running site as others would run them."""

import os
import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from tests.live_site import LiveSite
from tests.run import ROOT

EXAMPLES = ROOT / "docs" / "examples"
PARTNER = ["--partner", "pruimen-en-partners"]


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | variables,
    )


def test_a_static_site_of_a_partner_is_built_with_nothing_but_python(
    live_site: LiveSite, tmp_path: Path
):
    public = tmp_path / "public"
    # Without any package: `-I -S` finds none.
    build = ["-I", "-S", EXAMPLES / "partner_site" / "build.py", "--site", live_site.url]
    for _ in ("anew", "again, from what was kept"):
        done = run(*build, *PARTNER, "--into", public)
        assert done.returncode == 0, done.stderr
        first = BeautifulSoup((public / "index.html").read_text(), "lxml")
        (link,) = first.select("li a")
        assert link.text == "Begroten zonder bingo"
        page = BeautifulSoup((public / link["href"] / "index.html").read_text(), "lxml")
        assert "Eindhoven" in page.dl.text
        assert page.find("a", string="Aanmelden")["href"].startswith(live_site.portal(""))
    assert (
        "There is no partner nobody" in run(*build, "--partner", "nobody", "--into", public).stderr
    )
    other = tmp_path / "other"
    (other / "work").mkdir(parents=True)
    assert "holds something else" in run(*build, *PARTNER, "--into", other).stderr
    assert (other / "work").exists()


def test_a_typed_client_is_made_of_the_schema_and_asks_for_meetings(
    live_site: LiveSite, tmp_path: Path
):
    """Everything of the schema has a type: the generator warns of nothing, nor does mypy."""
    client = EXAMPLES / "typed_client"
    site = ["--site", live_site.url]
    made = run(client / "make.py", *site, "--into", tmp_path)
    assert made.returncode == 0, made.stdout + made.stderr
    asked = run(client / "meetings.py", *site, PYTHONPATH=str(tmp_path))
    assert len(asked.stdout.splitlines()) > 15, asked.stderr  # in several pages of ten
    assert "begroten-partner-1: Begroten zonder bingo" in asked.stdout
    check = ["-m", "mypy", "--strict", f"--cache-dir={tmp_path}", "--config-file="]
    told = run(*check, client / "meetings.py", MYPYPATH=str(tmp_path))
    assert told.returncode == 0, told.stdout
