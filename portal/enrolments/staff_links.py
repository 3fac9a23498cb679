"""The link from a person's staff screen to their enrolments."""

from django.urls import reverse
from django.utils.translation import gettext as _t

from portal.accounts.models import Person, User
from portal.accounts.staff_links import Link
from portal.enrolments.permissions import may_see


def enrolments_of(user: User, person: Person) -> Link | None:
    address = f"{reverse('enrolments')}?person={person.pk}"
    return (_t("Enrolments"), address) if may_see(user) else None
