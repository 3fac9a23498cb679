"""The demo's accounts (CONTRACT, Demo content), one for each role."""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group

from portal.accounts.models import Person, Title, User
from portal.accounts.roles import BACK_OFFICE, CONTACTS, SPEAKERS


@dataclass(frozen=True, kw_only=True)
class Account:
    """A demo account: whose, with which groups, and what else the person told."""

    email: str
    first_name: str
    last_name: str
    groups: tuple[str, ...] = ()
    is_staff: bool = False
    is_superuser: bool = False
    titles: tuple[str, ...] = ()
    told: dict[str, str] = field(default_factory=dict)


ACCOUNTS = (
    Account(
        email="beheer@pluc.example",
        first_name="Bente",
        last_name="Beheer",
        is_staff=True,
        is_superuser=True,
    ),
    Account(
        email="backoffice@pluc.example",
        first_name="Bas",
        last_name="van de Backoffice",
        is_staff=True,
        groups=(BACK_OFFICE,),
    ),
    Account(
        email="deelnemer@pluc.example",
        first_name="Dineke",
        last_name="Deelnemer",
        titles=("RA",),
        told={
            "professional_number": "000417",
            "job": "Controlerend accountant",
            "organisation": "Appel & Zonen Accountants",
            "phone": "06 00000417",
            "street": "Perenlaan 4",
            "postal_code": "3511 AB",
            "city": "Utrecht",
            "country": "Nederland",
            "invoice_name": "Appel & Zonen Accountants, crediteuren",
            "invoice_street": "Perenlaan 4",
            "invoice_postal_code": "3511 AB",
            "invoice_city": "Utrecht",
            "invoice_country": "Nederland",
        },
    ),
    Account(
        email="collega@pluc.example",
        first_name="Koen",
        last_name="Collega",
        titles=("AA",),
        told={"job": "Samenstellend accountant", "organisation": "De Vijgenboom Adviseurs"},
    ),
    Account(email="gast@pluc.example", first_name="Gijs", last_name="Gast"),
    Account(
        email="spreker@pluc.example",
        first_name="Saskia",
        last_name="Spreker",
        titles=("RC",),
        groups=(SPEAKERS,),
    ),
    Account(
        email="opdrachtgever@pluc.example",
        first_name="Olga",
        last_name="Opdrachtgever",
        groups=(CONTACTS,),
        told={"organisation": "Bessenberg Groep"},
    ),
    Account(
        email="partner@pluc.example",
        first_name="Pieter",
        last_name="Partner",
        groups=(CONTACTS,),
        told={"organisation": "Pruimen & Partners Opleidingen"},
    ),
)


def load_accounts(accounts: tuple[Account, ...] = ACCOUNTS) -> None:
    """Makes the accounts that are not there yet, and gives each its groups."""
    for account in accounts:
        user = User.objects.filter(email=account.email).first() or make(account)
        user.groups.set(Group.objects.filter(name__in=account.groups))


def make(account: Account) -> User:
    """A person who told what the demo says, with a login whose address is proven."""
    person = Person.objects.create(
        first_name=account.first_name,
        last_name=account.last_name,
        email=account.email,
        **account.told,
    )
    person.titles.set(Title.objects.filter(code__in=account.titles))
    user = User.objects.create_user(
        account.email,
        settings.DEMO_PASSWORD,
        person=person,
        is_staff=account.is_staff,
        is_superuser=account.is_superuser,
    )
    EmailAddress.objects.create(user=user, email=account.email, primary=True, verified=True)
    return user
