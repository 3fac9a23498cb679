"""What issuing 500 certificates takes, against one WeasyPrint call each.

Run in a process of its own with an empty folder. Time is that of the processor, in the child that
renders and in this process that signs: the machine may be busy. The naive loop uses the same
template, child and typefaces, and renders one document a call.
"""

import json
import os
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

if TYPE_CHECKING:
    from portal.certificates.rendering import Printed

NUMBER, NAIVE, SIGNED = 500, 60, 100
AT = datetime(2026, 12, 1, 12, 30, tzinfo=UTC)
TICKS = os.sysconf("SC_CLK_TCK")


def certificates(number: int) -> "list[Printed]":
    from portal.certificates.facts import EarnedFact, Facts
    from portal.certificates.rendering import Printed

    earned = EarnedFact(
        scheme="NBA", scheme_name="NBA", category="vaktechniek", hours="4.00", number="PE-26-0412"
    )
    return [
        Printed(
            id=uuid.uuid4(),
            facts=Facts(
                name=f"Voornaam{n} van der Achternaam{n:03}",
                titles="RA",
                professional_number=f"{n:06}",
                course="Actualiteiten voor de controller",
                days=("2026-12-01",),
                place="Utrecht",
                hours=(earned,),
                speakers=("Pien Boomgaard", "Joost Kersenpit"),
                provider="PLUC! B.V.",
                signatory="",
                language="nl",
            ),
            issued_at=AT,
        )
        for n in range(number)
    ]


def child() -> str:
    from pluc.documents.child import RENDERER

    found = RENDERER.child
    return str(found.process.pid) if found else "self"


def seconds_of_child() -> float:
    """Processor time that the child has taken, by itself."""
    fields = Path(f"/proc/{child()}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def mib_of_child() -> int:
    """What the child holds now."""
    pages = int(Path(f"/proc/{child()}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024**2


def rendered(printed: "list[Printed]", at_once: int) -> tuple[float, list[int]]:
    """Seconds a certificate, and what the child held after each tenth of them."""
    from portal.certificates.rendering import render

    render(printed[:at_once], language="nl")  # starts the child and reads the typefaces
    before, held = seconds_of_child(), []
    for first in range(0, len(printed), at_once):
        render(printed[first : first + at_once], language="nl")
        if first % max(len(printed) // 10, 1) < at_once:
            held.append(mib_of_child())
    return (seconds_of_child() - before) / len(printed), held


def seconds_a_signature(printed: "list[Printed]") -> float:
    from portal.certificates.keys import signing_key
    from portal.certificates.rendering import render
    from portal.certificates.signing import Signer

    documents, signer = render(printed, language="nl"), Signer(signing_key())
    signer.sign(documents[0])
    before = time.process_time()
    for document in documents:
        signer.sign(document)
    return (time.process_time() - before) / len(documents)


def row(what: str, seconds: float, **more: object) -> dict[str, object]:
    plain = {"benchmark": "certificates", "what": what, "ms each": round(seconds * 1000, 1)}
    return {**plain, "a second": round(1 / seconds, 1), "ratio": "", "at least": "", **more}


def main() -> None:
    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False)
    from portal.certificates.services.making import BATCH

    printed = certificates(NUMBER)
    naive, _ = rendered(printed[:NAIVE], 1)
    ours, held = rendered(printed, BATCH)
    memory = {"MiB first": held[0], "MiB last": held[-1]}
    ratio = {"ratio": round(naive / ours, 2), "at least": 1.5}
    told = [
        row("one call each", naive, **{"MiB first": "", "MiB last": ""}),
        row(f"{BATCH} in one layout, {NUMBER} in all", ours, **ratio, **memory),
        row("signing", seconds_a_signature(printed[:SIGNED]), **{"MiB first": "", "MiB last": ""}),
    ]
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
