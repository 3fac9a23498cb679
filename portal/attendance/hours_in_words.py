"""How somebody's hours were computed, in sentences with minutes, in the active language."""

from portal.attendance.models import EarnedHours


def explanation(earned: EarnedHours) -> list[str]:
    """From what was kept with the hours: it says the same however rule and sessions change."""
    raise NotImplementedError
