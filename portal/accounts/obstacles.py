"""What has to be done first before a login may be erased."""

from uuid import UUID

from django.utils.translation import gettext as _t

from portal.accounts.models import User
from portal.accounts.permissions import is_colleague


def work_on_the_site(person_id: UUID) -> list[str]:
    """Staff accounts cannot be erased before their roles are taken away."""
    user = User.objects.filter(person=person_id).first()
    if user is not None and is_colleague(user):
        return [_t("This account works on the site. Take its roles away first.")]
    return []
