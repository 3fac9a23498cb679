"""Who may see what of people and accounts. Views get their objects here, and nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _t

from legal.rights.queries.restrictions import restricted_people
from portal.accounts.claims import details_of
from portal.accounts.models import ClaimDecision, NewsletterChoice, Person, User


def proven_addresses(*, user: User) -> list[str]:
    """The addresses whose mailbox this login has proven, in small letters."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    return [email.lower() for email in addresses.values_list("email", flat=True)]


def claimable_by(*, user: User) -> "QuerySet[Person]":
    """Records without a login at an address that this login has proven, not decided on yet."""
    decided = ClaimDecision.objects.filter(user=user).values("record")
    records = Person.objects.without_login().annotate(address=Lower("email"))
    found = records.filter(address__in=proven_addresses(user=user)).exclude(pk__in=decided)
    return found.order_by("created_at")


def was_decided(*, user: User, record: UUID) -> bool:
    """Whether this login took or refused the record before."""
    return ClaimDecision.objects.filter(user=user, record=record).exists()


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record as it is offered to whoever proved its address."""

    pk: UUID
    full_name: str
    source_text: str
    since: datetime
    details: list[str]


def records_for(*, user: User) -> list[Record]:
    return [
        Record(
            pk=person.pk,
            full_name=person.full_name,
            source_text=source_text(person),
            since=person.created_at,
            details=details_of(person),
        )
        for person in claimable_by(user=user)
    ]


def people_shown_to_others() -> "QuerySet[Person]":
    """People who may stand on lists, samples and exports for others: none who is restricted.

    Every query that hands data to a speaker, a client or an auditor starts here (STANDARDS 3.16).
    """
    return Person.objects.exclude(pk__in=restricted_people())


def source_text(person: Person) -> str:
    """Where a person's data came from, as a sentence."""
    if person.source == Person.Source.SUPPLIED:
        return _t("Supplied by %(organisation)s") % {"organisation": person.supplied_by}
    if person.source == Person.Source.BACK_OFFICE:
        return _t("Entered by our back office")
    return _t("Enrolled without an account")


def newsletter_choice(*, user: User) -> NewsletterChoice | None:
    """The choice that holds now; `None` for who never chose."""
    return NewsletterChoice.objects.filter(user=user).first()


def wants_newsletter(*, user: User) -> bool:
    choice = newsletter_choice(user=user)
    return choice is not None and choice.wants


@dataclass(frozen=True, kw_only=True)
class Factors:
    """What a login has beside its password."""

    app: bool
    passkeys: int
    codes_left: int

    @property
    def any(self) -> bool:
        return self.app or self.passkeys > 0


def factors_of(*, user: User) -> Factors:
    """The login's second factors, in one query."""
    found = list(Authenticator.objects.filter(user=user))
    kinds = [authenticator.type for authenticator in found]
    codes = [a for a in found if a.type == Authenticator.Type.RECOVERY_CODES]
    return Factors(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=sum(len(code.wrap().get_unused_codes()) for code in codes),
    )


def has_second_factor(*, user: User) -> bool:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()
