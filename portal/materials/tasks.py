"""The worker's task for material."""

from portal.materials.services import scanning


def scan_due() -> None:
    """Task, each minute and after each upload: asks the scanner about what waits. May run twice."""
    scanning.scan_due()
