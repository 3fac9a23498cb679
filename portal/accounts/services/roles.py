"""Which rooms somebody may enter. What they see there follows from the rooms' own rows."""

from django.contrib.auth.models import Group

from portal.accounts.models import Person


def grant_role(*, person: Person, role: str) -> None:
    """Puts a person's login, if there is one, into a group of `portal.accounts.roles`."""
    if person.has_login:
        person.user.groups.add(Group.objects.get(name=role))
