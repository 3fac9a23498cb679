"""Who may look along with somebody in the rooms of speakers and organisations."""

from pluc.signed_in import Permitted
from portal.accounts.permissions import may_see_people
from portal.enrolments.permissions import may_see


def may_look_along(user: Permitted) -> bool:
    """Whether they may see a room as somebody else sees it.

    Only who may see people and places anyhow: looking along shows them nothing that they could not
    find in the staff screens, so it widens nobody's rights.
    """
    return may_see_people(user) and may_see(user)
