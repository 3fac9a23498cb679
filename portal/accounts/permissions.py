"""Who must prove more than a password."""

from django.db.models import Q

from pluc.signed_in import Permitted
from portal.accounts.models import User
from portal.accounts.roles import GUARDED_GROUPS

STAFF_RIGHT = "access_admin"


def needs_second_factor(user: User) -> bool:
    """Staff, speakers with lists and organisation contacts do (STANDARDS 6.10); in one query.

    Who has the right to the staff screens is staff, whatever the mark on the login says.
    """
    if user.is_staff or user.is_superuser:
        return True
    guarded = Q(groups__name__in=GUARDED_GROUPS)
    staff = Q(groups__permissions__codename=STAFF_RIGHT) | Q(user_permissions__codename=STAFF_RIGHT)
    return User.objects.filter(guarded | staff, pk=user.pk).exists()


def may_enter_speakers_room(user: Permitted) -> bool:
    """Whether the room of speakers, its doors and its files are open to them at all.

    The right lets somebody in, and obliges them to a second factor (STANDARDS 6.10). What they
    find follows from their own meetings.
    """
    return user.has_perm("accounts.enter_speakers_room")


def may_enter_organisations_room(user: Permitted) -> bool:
    """The same of the room of organisations, whose grants say what they find."""
    return user.has_perm("accounts.enter_organisations_room")


def may_see_people(user: Permitted) -> bool:
    """Whether they may look people up, and read what is held of them."""
    return user.has_perm("accounts.view_person")


def may_change_people(user: Permitted) -> bool:
    """Whether they may write notes about people, and merge two records of one."""
    return user.has_perm("accounts.change_person")


def is_colleague(user: User) -> bool:
    """Whether the staff screens are theirs."""
    return user.is_staff or user.has_perm(f"wagtailadmin.{STAFF_RIGHT}")
