"""Who may see, change and export enrolments of others: staff with the right."""

from portal.accounts.models import User


def may_see(user: User) -> bool:
    return user.has_perm("enrolments.view_enrolment")


def may_change(user: User) -> bool:
    return user.has_perm("enrolments.change_enrolment")


def may_export(user: User) -> bool:
    return user.has_perm("enrolments.export_enrolment")


def may_bill(user: User) -> bool:
    return user.has_perm("enrolments.export_billing")
