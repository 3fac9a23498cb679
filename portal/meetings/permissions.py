"""Who may plan."""

from pluc.signed_in import Permitted


def may_plan(user: Permitted) -> bool:
    return user.has_perm("meetings.change_meeting")


def may_see_planning(user: Permitted) -> bool:
    return user.has_perm("meetings.view_meeting")
