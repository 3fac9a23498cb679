"""What this room holds of people: everything about them that is not tied to one meeting."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Recipient,
    Retention,
    Source,
    WholePerson,
    not_personal,
    personal,
    work_of_staff,
)
from pluc import periods
from portal.accounts.models import AddressChange
from portal.accounts.queries import never_proven, waiting_addresses


def ended_changes(now: datetime) -> Q:
    """Addresses that a login wanted to change to, and nobody proved in time."""
    alive = AddressChange.objects.alive(now).filter(address=OuterRef("pk"))
    return Q(pk__in=waiting_addresses().filter(~Exists(alive)).values("pk"))


def unproven_in_time(now: datetime) -> Q:
    return Q(user__in=never_proven().filter(date_joined__lt=now - periods.REGISTRATION))


WITH_THE_ACCOUNT = Retention()
# Places go first, and hold on to their person until then; so does an account. See the purge.
OF_A_PERSON = Retention(
    period=periods.PLACE,
    fields=("created_at",),
    instead=_("as long as you have an account; without one, %(period)s after your last meeting"),
)
WITH_THE_PERSON = replace(OF_A_PERSON, fields=(), goes_with="person")
UNTIL_PROVEN = Retention(
    period=periods.ADDRESS_CHANGE,
    due=ended_changes,
    instead=_("until you confirm it or call it off, and %(period)s at most"),
)
TO_TAKE_PART = _("To keep a place for you, tell you what you must know, and give you certificates.")
ON_PAPER = _("To put the right name and title on lists and certificates, as accreditation asks.")
# Stored words as they are said to the person themselves.
FROM_WHOM = {
    "self": _("you"),
    "back office": _("our back office"),
    "supplied": _("another organisation"),
}
ANSWERS = {"taken": _("taken"), "refused": _("refused")}
LANGUAGES = {"nl": _("Dutch"), "en": _("English")}


def version_in_words(version: str) -> str:
    """A version of the statement is named by its day: `2018-05-16`."""
    return date_format(date.fromisoformat(version), "DATE_FORMAT")


INVOICE = [f"invoice_{name}" for name in ("name", "street", "postal_code", "city", "country")]
ON_LISTS = [Recipient.HOST, Recipient.SPEAKERS, Recipient.CLIENTS]

personal(
    "accounts.Person",
    owner="pk",
    title=_("Who you are"),
    group=Group.CONTACT,
    purpose=TO_TAKE_PART,
    basis=Basis.CONTRACT,
    source=Source.YOU_OR_SUPPLIER,
    recipients=[*ON_LISTS, Recipient.AUDITOR],
    retention=OF_A_PERSON,
    shown=[
        *("first_name", "last_name", "email", "phone"),
        *("street", "postal_code", "city", "country", "language"),
    ],
    internal=["id", "sort_key"],
    erasure=Delete(),
    at_end=WholePerson(),
)
personal(
    "accounts.Person",
    owner="pk",
    title=_("How we know you"),
    group=Group.CONTACT,
    purpose=TO_TAKE_PART,
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=OF_A_PERSON,
    shown={
        "created_at": _("Known since"),
        "source": _("Who signed you up"),
        "supplied_by": _("Namely"),
    },
    internal=[],
    erasure=Delete(),
    at_end=WholePerson(),
    render={"source": FROM_WHOM.get},
)
personal(
    "accounts.Person",
    owner="pk",
    title=_("Your work"),
    group=Group.PROFESSION,
    purpose=ON_PAPER,
    basis=Basis.INTEREST,
    source=Source.YOU,
    recipients=ON_LISTS,
    retention=OF_A_PERSON,
    shown=["professional_number", "job", "organisation"],
    internal=[],
    erasure=Delete(),
    at_end=WholePerson(),
)
personal(
    "accounts.PersonWord",
    owner="person",
    title=_("Words that you are found by"),
    group=Group.CONTACT,
    purpose=_("To find you when you call: the words of your own name, address and number."),
    basis=Basis.INTEREST,
    source=Source.US,
    retention=WITH_THE_PERSON,
    shown={},
    internal=["id", "person", "word"],
    erasure=Delete(),
)
personal(
    "accounts.PersonNote",
    owner="person",
    title=_("Notes of our back office about you"),
    group=Group.CONTACT,
    purpose=_("To remember what you told us, such as when you called."),
    basis=Basis.INTEREST,
    source=Source.US,
    retention=WITH_THE_PERSON,
    shown=["at", "text"],
    internal=["id", "person"],
    erasure=Delete(),
    empty=_("none"),
)
work_of_staff(
    "accounts.PersonNote",
    "by",
    title=_("Notes that you wrote about people"),
    purpose=_("So that colleagues know who wrote it."),
    retention=WITH_THE_PERSON,
    shown=["at"],
)
personal(
    "accounts.Person_titles",
    owner="person",
    title=_("Titles"),
    group=Group.PROFESSION,
    purpose=ON_PAPER,
    basis=Basis.INTEREST,
    source=Source.YOU,
    recipients=ON_LISTS,
    retention=WITH_THE_PERSON,
    shown={"title__code": _("Title")},
    internal=["id", "person"],
    erasure=Delete(),
    empty=_("not filled in"),
)
personal(
    "accounts.Person",
    owner="pk",
    title=_("Invoice address"),
    group=Group.BILLING,
    purpose=_("To send the invoice to the right address."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=OF_A_PERSON,
    shown=INVOICE,
    internal=[],
    erasure=Delete(),
    at_end=WholePerson(),
)
personal(
    "accounts.User",
    owner="person",
    title=_("Your account"),
    group=Group.LOGIN,
    purpose=_("To let you in, and nobody else."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=WITH_THE_ACCOUNT,
    shown={
        "email": _("E-mail address"),
        "date_joined": _("Created"),
        "last_login": _("Last signed in"),
    },
    internal=["id", "password", "is_superuser", "is_staff", "is_active", "person"],
    erasure=Delete(),
)
personal(
    "accounts.AddressChange",
    owner="address__user__person",
    is_for_all=False,
    title=_("Another address that you asked for"),
    group=Group.LOGIN,
    purpose=_("To let you in, and nobody else."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=replace(UNTIL_PROVEN, due=None, goes_with="address"),
    shown={"address__email": _("E-mail address"), "asked_at": _("When")},
    internal=["address"],
    erasure=Delete(),
    empty=_("none"),
)
personal(
    "account.EmailAddress",
    owner="user__person",
    is_for_all=False,
    title=_("Addresses that were not confirmed in time"),
    group=Group.LOGIN,
    purpose=_("To let you in, and nobody else."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=UNTIL_PROVEN,
    shown={},
    internal=[],
    erasure=Delete(),
    empty=_("none"),
)
personal(
    "accounts.User_groups",
    owner="user__person",
    title=_("Roles"),
    group=Group.LOGIN,
    purpose=_("To let you in, and nobody else."),
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=WITH_THE_ACCOUNT,
    shown={"group__name": _("Role in the portal")},
    internal=["id", "user"],
    erasure=Delete(),
    empty=_("participant"),
)
personal(
    "accounts.User_user_permissions",
    owner="user__person",
    title=_("Rights of your own"),
    group=Group.STAFF,
    purpose=_("To let staff do their work, and no more than that."),
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=WITH_THE_ACCOUNT,
    shown={"permission__name": _("Right")},
    internal=["id", "user"],
    erasure=Delete(),
)
personal(
    "accounts.Registration",
    owner="user__person",
    title=_("Your registration"),
    group=Group.CHOICES,
    purpose=_("To be able to show which statement you were shown when you registered."),
    basis=Basis.DUTY,
    source=Source.YOU,
    retention=WITH_THE_ACCOUNT,
    shown={
        "registered_at": _("Registered"),
        "proven_at": _("Confirmed"),
        "edition__version": _("Statement that you were shown"),
        "edition__language": _("In the language"),
        "came_from": _("Through"),
    },
    internal=["user"],
    erasure=Delete(),
    render={"edition__language": LANGUAGES.get, "edition__version": version_in_words},
)
personal(
    "accounts.Registration",
    owner="user__person",
    is_for_all=False,
    title=_("A registration that you did not confirm"),
    group=Group.LOGIN,
    purpose=_("To let you in, and nobody else."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=Retention(
        period=periods.REGISTRATION, fact=_("you registered"), due=unproven_in_time
    ),
    shown={},
    internal=[],
    erasure=Delete(),
    at_end=WholePerson(),
    empty=_("none"),
)
personal(
    "accounts.ClaimDecision",
    owner="user__person",
    title=_("Records that you took or refused"),
    group=Group.CHOICES,
    purpose=_("So that we do not offer you again what you refused."),
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=WITH_THE_ACCOUNT,
    shown={
        "decided_at": _("When"),
        "answer": _("What you did"),
        "source": _("Who gave it to us"),
        "supplied_by": _("Namely"),
    },
    internal=["id", "user", "record"],
    erasure=Delete(),
    render={"answer": ANSWERS.get, "source": FROM_WHOM.get},
)
not_personal(
    "accounts.Title", reason="The list of professional titles.", despite=["name", "name_en"]
)
