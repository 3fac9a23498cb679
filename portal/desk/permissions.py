"""Who may enter the rooms of speakers and organisations, and look along with somebody there.

The right lets somebody in, and obliges them to a second factor (STANDARDS 6.10). What they see
there follows from the rows alone: a right without a meeting or a grant shows nothing.
"""

from pluc.signed_in import Permitted
from portal.accounts.permissions import may_see_people
from portal.enrolments.permissions import may_see


def may_enter_speakers_room(user: Permitted) -> bool:
    return user.has_perm("accounts.enter_speakers_room")


def may_enter_organisations_room(user: Permitted) -> bool:
    return user.has_perm("accounts.enter_organisations_room")


def may_look_along(user: Permitted) -> bool:
    """Whether they may see a room as somebody else sees it.

    Only who may see people and places anyhow: looking along shows them nothing that they could not
    find in the staff screens, so it widens nobody's rights.
    """
    return may_see_people(user) and may_see(user)
