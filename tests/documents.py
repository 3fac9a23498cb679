"""Documents that are made once in a test run, for tests that do not ask how one is made.

Putting a version of the statement in force makes two PDFs, and many tests begin with that. Of the
same HTML and address comes the same document, so each is made by the real renderer once, and kept
in the folder of the run for its processes. A test about the making itself is marked `renders`.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from tests.run import WORKER, run_folder

Make = Callable[..., bytes]


def made_once(make: Make) -> Make:
    """`RENDERER.pdf`, for what was not made before in this run. Failures are not kept."""

    def pdf(html: str, *, base: str) -> bytes:
        kept = kept_at(f"{base}\n{html}")
        if not kept.exists():
            draft = kept.with_suffix(f".{WORKER}")
            draft.write_bytes(make(html, base=base))
            draft.replace(kept)  # whole, or not there
        return kept.read_bytes()

    return pdf


def kept_at(document: str) -> Path:
    folder = run_folder() / "documents"
    folder.mkdir(exist_ok=True)
    return folder / hashlib.sha256(document.encode()).hexdigest()
