"""Who may see what of organisations."""

import datetime as dt

from django.db.models import QuerySet

from portal.accounts.models import Person
from portal.organisations.models import Contact, Organisation


def partner_with_slug(*, slug: str) -> Organisation | None:
    """The partner through whose page somebody came; `None` for a name that is none."""
    # PostgreSQL knows no NUL, and an address may hold one.
    wanted = slug.replace("\0", "")
    return Organisation.objects.partners().filter(slug=wanted).first() if wanted else None


def contacts_of(*, person: Person, on: dt.date) -> QuerySet[Contact]:
    """What a person may see for organisations on a day."""
    return Contact.objects.filter(person=person).active_on(on).select_related("organisation")


def organisations_of(
    *, person: Person, scope: Contact.Scope, on: dt.date
) -> QuerySet[Organisation]:
    """The organisations that a person may see something of, while it was granted."""
    granted = Contact.objects.filter(person=person, scope=scope).active_on(on)
    return Organisation.objects.filter(pk__in=granted.values("organisation"))
