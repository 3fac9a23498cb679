"""Who may manage material: staff with the right; a speaker adds to their own meetings."""

from pluc.signed_in import Permitted


def may_manage(user: Permitted) -> bool:
    return user.has_perm("materials.manage_material")
