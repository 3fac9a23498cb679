"""Who may issue certificates, revoke and replace them: staff with the right."""

from pluc.signed_in import Permitted


def may_issue(user: Permitted) -> bool:
    return user.has_perm("certificates.issue_certificate")
