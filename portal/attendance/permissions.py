"""Who may take attendance, print lists and make attendance final.

Staff with the right; a speaker at the door of their own meetings (`queries.door`).
"""

from pluc.signed_in import Permitted


def may_take(user: Permitted) -> bool:
    """Whether they may mark at any door, print lists, and enter what was signed on paper."""
    return user.has_perm("attendance.take_attendance")


def may_finalise(user: Permitted) -> bool:
    """Whether they may declare attendance final, and open it again."""
    return user.has_perm("attendance.finalise_attendance")


def may_speak(user: Permitted) -> bool:
    """Whether the speakers' room is theirs: they sign in with a second factor (STANDARDS 6.10)."""
    return user.has_perm("accounts.enter_speakers_room")
