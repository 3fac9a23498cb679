"""Who may see, change and export enrolments of others: staff with the right."""

from pluc.signed_in import Permitted


def may_see(user: Permitted) -> bool:
    return user.has_perm("enrolments.view_enrolment")


def may_change(user: Permitted) -> bool:
    return user.has_perm("enrolments.change_enrolment")


def may_call(user: Permitted) -> bool:
    """Whether they may enrol whom they find among the people."""
    return may_change(user) and user.has_perm("accounts.view_person")


def may_exceed(user: Permitted) -> bool:
    """Whether they may give somebody a place over the line, or above capacity."""
    return user.has_perm("enrolments.exceed_capacity")


def may_export(user: Permitted) -> bool:
    return user.has_perm("enrolments.export_enrolment")


def may_bill(user: Permitted) -> bool:
    return user.has_perm("enrolments.export_billing")


def may_see_wishes(user: Permitted) -> bool:
    """Special data: the back office alone."""
    return user.has_perm("enrolments.see_wishes")
