"""Who may see, change and export enrolments of others: staff with the right."""

from pluc.signed_in import Permitted


def may_see(user: Permitted) -> bool:
    return user.has_perm("enrolments.view_enrolment")


def may_change(user: Permitted) -> bool:
    return user.has_perm("enrolments.change_enrolment")


def may_export(user: Permitted) -> bool:
    return user.has_perm("enrolments.export_enrolment")


def may_bill(user: Permitted) -> bool:
    return user.has_perm("enrolments.export_billing")


def may_see_wishes(user: Permitted) -> bool:
    """Special data: the back office alone."""
    return user.has_perm("enrolments.see_wishes")
