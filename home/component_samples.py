"""What the living page of components shows."""
from typing import Any


def samples() -> dict[str, Any]:
    return {}
