"""Who may take attendance, print lists and make attendance final.

Staff with the right; a speaker at the door of their own meetings (`queries.door`).
"""

from pluc.signed_in import Permitted
from portal.attendance.rights import FINALISE, TAKE


def may_take(user: Permitted) -> bool:
    """Whether they may mark at any door, print lists, and enter what was signed on paper."""
    return user.has_perm(TAKE)


def may_finalise(user: Permitted) -> bool:
    """Whether they may declare attendance final, and open it again."""
    return user.has_perm(FINALISE)
