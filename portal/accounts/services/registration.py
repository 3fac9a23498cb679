"""From a stranger to a proven account."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from legal.consent.services import opt_out
from legal.statements.queries import edition_in_force
from portal.accounts.models import Person, Registration, User
from portal.accounts.newsletter import tell_asked
from portal.accounts.partners import partner_or_none

# Two equal forms within this time are one registration.
SAME_FORM = timedelta(minutes=1)


@transaction.atomic
def register(
    *,
    first_name: str,
    last_name: str,
    email: str,
    password: str,
    language: str,
    newsletter: bool,
    measured: bool,
    partner: str = "",
) -> User:
    """A person with a login whose address is still to be proven (P01, P38).

    The statement in force is stored with it, in the language it was shown in (STANDARDS 4.6), and
    the partner through whose page they came.
    Others may ask for the same address, until one of them proves it.
    """
    person = Person.objects.create(
        first_name=first_name, last_name=last_name, email=email, language=language
    )
    user = User.objects.create_user(email, password, person=person)
    Registration.objects.create(
        user=user, edition=edition_in_force(language), came_from=partner_or_none(partner)
    )
    if newsletter:
        tell_asked(user, language)
    if not measured:
        opt_out(user.pk)
    return user


def registered_just_now(
    *, first_name: str, last_name: str, email: str, password: str
) -> User | None:
    """The login that the same form made within the last minute: it was sent twice.

    Somebody else's form about the same mailbox is not the same: it has another password.
    """
    moment = timezone.now() - SAME_FORM
    recent = Registration.objects.filter(registered_at__gt=moment, proven_at=None)
    made = recent.alias(address=Lower("user__email")).filter(
        address=email.lower(),
        user__person__first_name=first_name,
        user__person__last_name=last_name,
    )
    latest = made.select_related("user__person").order_by("-registered_at").first()
    user: User | None = latest.user if latest else None
    return user if user and user.check_password(password) else None


def forget_logins(users: "QuerySet[User]") -> None:
    """Deletes logins together with their persons."""
    people = list(users.values_list("person_id", flat=True))
    users.delete()
    Person.objects.filter(pk__in=people, user=None).delete()
