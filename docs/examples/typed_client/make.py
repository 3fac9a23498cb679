"""Makes a typed Python client of our schema (OpenAPI 3.1), in a package `pluc_client`.

pip install openapi-python-client
python docs/examples/typed_client/make.py --site https://pluc.nl --into build
PYTHONPATH=build python docs/examples/typed_client/meetings.py --site https://pluc.nl
"""

import argparse
import subprocess
import sys
from pathlib import Path

GENERATOR = [sys.executable, "-m", "openapi_python_client", "generate"]
PACKAGE = "pluc_client"
SETTINGS = Path(__file__).with_name("settings.yml")


def make(site: str, into: Path) -> None:
    """Writes the package. Raises `CalledProcessError` where something of the schema has no type."""
    into.mkdir(parents=True, exist_ok=True)
    command = [*GENERATOR, "--url", f"{site}/api/openapi.json", "--config", str(SETTINGS)]
    command += ["--meta", "none", "--output-path", str(into / PACKAGE), "--overwrite"]
    subprocess.run([*command, "--fail-on-warning"], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", default="https://pluc.nl", help="where PLUC! is")
    parser.add_argument("--into", type=Path, default=Path("build"))
    options = parser.parse_args()
    make(options.site, options.into)
    print(f"Written: {options.into / PACKAGE}")


if __name__ == "__main__":
    main()
