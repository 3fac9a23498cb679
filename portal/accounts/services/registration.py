"""From a stranger to a proven account."""

from datetime import timedelta

from allauth.account.internal.flows.email_verification import (
    consume_email_verification_rate_limit,
)
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from legal.consent.services import opt_out
from legal.statements.queries import edition_in_force
from portal.accounts.models import NewsletterChoice, Person, Registration, User
from portal.accounts.partners import partner_or_none
from portal.accounts.services.choices import choose_newsletter


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
    Raises `IntegrityError` where the address has a login: the form looks before.
    """
    person = Person.objects.create(
        first_name=first_name, last_name=last_name, email=email, language=language
    )
    user = User.objects.create_user(email, password, person=person)
    Registration.objects.create(
        user=user, edition=edition_in_force(language), came_from=partner_or_none(partner)
    )
    if newsletter:
        choose_newsletter(user=user, wants=True, form=NewsletterChoice.Form.REGISTRATION)
    if not measured:
        opt_out(user.pk)
    return user


def unproven() -> "QuerySet[User]":
    """Logins without a proven address that were never used."""
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(~Exists(proven), last_login=None, is_staff=False)


def never_proven() -> "QuerySet[User]":
    """Those of them that registered themselves and never proved anything."""
    open_registrations = Registration.objects.filter(user=OuterRef("pk"), proven_at=None)
    return unproven().filter(Exists(open_registrations))


def is_proven(*, user: User) -> bool:
    """Whether this login has proven an address."""
    return EmailAddress.objects.filter(user=user, verified=True).exists()


def send_link_again(*, user: User, request: HttpRequest) -> None:
    """Sends the link that proves the login's address, at most once a minute."""
    address, _ = EmailAddress.objects.get_or_create(
        user=user, email=user.email.lower(), defaults={"primary": True}
    )
    if consume_email_verification_rate_limit(request, address.email):
        address.send_confirmation(request, signup=True)


def forget_logins(users: "QuerySet[User]") -> int:
    """Deletes logins together with their persons; returns how many."""
    people = list(users.values_list("person_id", flat=True))
    users.delete()
    Person.objects.filter(pk__in=people, user=None).delete()
    return len(people)


@transaction.atomic
def make_room_for(*, email: str, user: User) -> None:
    """Whoever proves a mailbox has it: a login that only claimed it goes."""
    forget_logins(unproven().filter(email__iexact=email).exclude(pk=user.pk))


@transaction.atomic
def follow_address(*, user: User, email: str) -> None:
    """The person's address follows the one that their login has proven."""
    user.person.email = email
    user.person.save(update_fields=["email"])
    Registration.objects.filter(user=user, proven_at=None).update(proven_at=timezone.now())


@transaction.atomic
def ask_for_proof(*, user: User) -> None:
    """An address that somebody else typed is to be proven at the next sign-in."""
    email = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=email).delete()
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True})


def purge_unproven() -> int:
    """Task, hourly: forgets registrations whose address was not proven in time. May run twice."""
    kept = timedelta(days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS)
    with transaction.atomic():
        return forget_logins(never_proven().filter(date_joined__lt=timezone.now() - kept))
