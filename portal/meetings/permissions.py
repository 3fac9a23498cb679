"""Who may plan."""

from portal.accounts.models import User


def may_plan(user: User) -> bool:
    return user.has_perm("meetings.change_meeting")


def may_see_planning(user: User) -> bool:
    return user.has_perm("meetings.view_meeting")
