"""Who may see what of people and accounts. Views get their objects here, and nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _t

from portal.accounts.claims import details_of
from portal.accounts.models import (
    AddressChange,
    ClaimDecision,
    Person,
    PersonNote,
    Registration,
    User,
)
from portal.accounts.roles import CONTACTS, SPEAKERS
from portal.accounts.search import matching

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Rooms(TypedDict):
    speaks: bool
    acts: bool


def proven_addresses(*, user: User) -> list[str]:
    """The addresses whose mailbox this login has proven, in small letters."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    return [email.lower() for email in addresses.values_list("email", flat=True)]


def login_at(*, email: str) -> User | None:
    """The login that has proven an address, with its person; nobody who only asks for it.

    Equal letter by letter after lowering them in Python, as allauth stores them: no database's
    idea of equal letters has a say (CVE-2019-19844).
    """
    proven = EmailAddress.objects.filter(email=email.lower(), verified=True)
    address = proven.select_related("user__person").first()
    return address.user if address else None


def own_unproven(*, email: str) -> "QuerySet[EmailAddress]":
    """Rows of logins that have nothing but this unproven address to sign in with."""
    rows = EmailAddress.objects.filter(email=email.lower(), verified=False)
    return rows.alias(own=Lower("user__email")).filter(own=email.lower())


def waiting_addresses() -> "QuerySet[EmailAddress]":
    """Unproven addresses beside the one that their login signs in with."""
    rows = EmailAddress.objects.filter(verified=False)
    return rows.alias(own=Lower("user__email")).exclude(email=F("own"))


def unproven() -> "QuerySet[User]":
    """Logins without a proven address that were never used."""
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(~Exists(proven), last_login=None, is_staff=False)


def never_proven() -> "QuerySet[User]":
    """Those of them that registered themselves and never proved anything."""
    open_registrations = Registration.objects.filter(user=OuterRef("pk"), proven_at=None)
    return unproven().filter(Exists(open_registrations))


def address_to_sign_in_with(*, email: str) -> EmailAddress | None:
    """Whose password is asked for at an address, in one query whatever is found (STANDARDS 6.9).

    Who has proven it; else the newest open login that asks for it as its own. An address that a
    login wants to change to leads to nobody.
    """
    rows = EmailAddress.objects.alias(own=Lower("user__email")).filter(email=email.lower())
    rows = rows.filter(Q(verified=True) | Q(own=email.lower(), user__is_active=True))
    return rows.select_related("user").order_by("-verified", "-pk").first()


def address_change(*, user: User) -> AddressChange | None:
    """The change of address that waits for this login's confirmation."""
    changes = AddressChange.objects.alive().filter(address__user=user, address__verified=False)
    return changes.select_related("address").order_by("-pk").first()


def may_be_proven(*, address: EmailAddress) -> bool:
    """Whether a link may still prove this row: nobody else has, and its change has not ended."""
    if address.verified or login_at(email=address.email) is not None:
        return False
    if address.email == address.user.email.lower():
        return True
    return AddressChange.objects.alive().filter(address=address).exists()


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


def people_on_the_phone(*, q: str, limit: int) -> list[Person]:
    """Whom a colleague may mean, by name: found by the beginnings of words, or a number's end."""
    found = Person.objects.filter(matching(q)).select_related("user")
    return list(found.order_by("sort_key", "pk")[:limit])


def person_with_id(*, person_id: UUID) -> Person | None:
    return Person.objects.select_related("user").filter(pk=person_id).first()


def notes_of(*, person: Person) -> "QuerySet[PersonNote]":
    """What colleagues noted, the newest first, with who did."""
    return PersonNote.objects.filter(person=person).select_related("by__person")


def note_with_id(*, note_id: int) -> PersonNote | None:
    return PersonNote.objects.select_related("person").filter(pk=note_id).first()


def source_text(person: Person) -> str:
    """Where a person's data came from, as a sentence."""
    if person.source == Person.Source.SUPPLIED:
        return _t("Supplied by %(organisation)s") % {"organisation": person.supplied_by}
    if person.source == Person.Source.BACK_OFFICE:
        return _t("Entered by our back office")
    return _t("Enrolled without an account")


@dataclass(frozen=True, kw_only=True)
class Factors:
    """What a login has beside its password."""

    app: bool
    passkeys: int
    codes_left: int


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


@cache  # needed for every request of somebody signed in, and as dear to make as to ask
def logins_with_rooms() -> "QuerySet[WithAnnotations[User, Rooms]]":
    groups = User.groups.through.objects.filter(user=OuterRef("pk"))
    return User.objects.select_related("person").annotate(
        speaks=Exists(groups.filter(group__name=SPEAKERS)),
        acts=Exists(groups.filter(group__name=CONTACTS)),
    )


def login_with_rooms(*, user_id: Any) -> User | None:
    """A login with its person, and whether it is a speaker's or a contact's; in one query."""
    user = next(iter(logins_with_rooms().filter(pk=user_id)), None)  # `first` would sort
    if user is not None:
        user.is_speaker, user.is_contact = user.speaks, user.acts
    return user
