"""The fixed words of the registry: groups of data, legal bases, sources, recipients.

They are few and in plain language: the statement's tables and "my data" speak with them.
"""

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A sentence for people: translated when it is read.
Text: TypeAlias = str | Promise


class Basis(Enum):
    """Why the law allows it: by its letter in AVG 6(1), or in AVG 9(2) for special data."""

    CONSENT = "a"
    EXPLICIT_CONSENT = "9a"
    CONTRACT = "b"
    DUTY = "c"
    INTEREST = "f"

    @property
    def label(self) -> Text:
        return BASIS_LABELS[self]

    @property
    def sentence(self) -> Text:
        return BASIS_SENTENCES[self]


BASIS_LABELS: dict[Basis, Text] = {
    Basis.CONSENT: _("your consent"),
    Basis.EXPLICIT_CONSENT: _("your explicit consent"),
    Basis.CONTRACT: _("our agreement with you"),
    Basis.DUTY: _("a legal duty"),
    Basis.INTEREST: _("our legitimate interest"),
}
BASIS_SENTENCES: dict[Basis, Text] = {
    Basis.CONSENT: _("You said yes to it, and you can take that back at any moment."),
    Basis.EXPLICIT_CONSENT: _(
        "It can say something about your health or belief, so only your own yes allows it, and you"
        " can take that back at any moment."
    ),
    Basis.CONTRACT: _("Without it we cannot do what you asked of us."),
    Basis.DUTY: _("The law tells us to."),
    Basis.INTEREST: _("We have a good reason, weighed against yours. You can object to it."),
}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a group of data is called, and one sentence about it."""

    label: Text
    sentence: Text
    # Shown to whoever has rows in it, and to nobody else.
    is_for_staff: bool = False
    # Whether it is much the same for everybody, so that a phone folds it.
    is_alike: bool = False


class Group(Enum):
    """Groups of data, in the order in which people read them."""

    CONTACT = "contact"
    PROFESSION = "profession"
    MEETINGS = "meetings"
    BILLING = "billing"
    LOGIN = "login"
    CHOICES = "choices"
    MAIL = "mail"
    MESSAGES = "messages"
    RIGHTS = "rights"
    DISCLOSURES = "disclosures"
    TECHNICAL = "technical"
    STAFF = "staff"

    @property
    def label(self) -> Text:
        return GROUPS[self].label

    @property
    def sentence(self) -> Text:
        return GROUPS[self].sentence

    @property
    def is_for_staff(self) -> bool:
        return GROUPS[self].is_for_staff

    @property
    def is_alike(self) -> bool:
        return GROUPS[self].is_alike


GROUPS: dict[Group, Kind] = {
    Group.CONTACT: Kind(
        label=_("Name and address"),
        sentence=_("Who you are and how we reach you."),
    ),
    Group.PROFESSION: Kind(
        label=_("Profession and employer"),
        sentence=_("What appears on participant lists and certificates. All of it is optional."),
    ),
    Group.MEETINGS: Kind(
        label=_("Your meetings"),
        sentence=_("Where you have, had or wanted a place, and what became of it."),
    ),
    Group.BILLING: Kind(
        label=_("Invoices"),
        sentence=_("Whom we send an invoice to when a course costs money."),
    ),
    Group.LOGIN: Kind(
        label=_("Signing in"),
        sentence=_(
            "What keeps your account yours. Passwords are never readable, to us either; codes are"
            " stored encrypted."
        ),
        is_alike=True,
    ),
    Group.CHOICES: Kind(
        label=_("Your choices"),
        sentence=_("What you said yes or no to, and when."),
        is_alike=True,
    ),
    Group.MAIL: Kind(
        label=_("E-mails from us"),
        sentence=_("What we sent you, so that nothing gets lost and nothing comes twice."),
        is_alike=True,
    ),
    Group.MESSAGES: Kind(
        label=_("Your messages"),
        sentence=_("What you asked us, and what became of it."),
    ),
    Group.RIGHTS: Kind(
        label=_("Requests and restrictions"),
        sentence=_("What may not be used for now, because you or the law ask for it."),
    ),
    Group.DISCLOSURES: Kind(
        label=_("Who has seen your data"),
        sentence=_("Everyone outside PLUC! to whom we gave something about you, and when."),
    ),
    Group.TECHNICAL: Kind(
        label=_("Behind the scenes"),
        sentence=_("Short-lived data that keeps the site standing."),
        is_alike=True,
    ),
    Group.STAFF: Kind(
        label=_("Your work on the site"),
        sentence=_("Who made or changed what. Only for those who work on the site."),
        is_for_staff=True,
    ),
}


class Source(Enum):
    """Where data comes from (AVG 14(2)(f))."""

    YOU = "you"
    YOU_OR_SUPPLIER = "you or a supplier"
    BROWSER = "browser"
    US = "us"
    MAIL_SERVER = "mail server"

    @property
    def label(self) -> Text:
        return SOURCES[self]


SOURCES: dict[Source, Text] = {
    Source.YOU: _("you"),
    Source.YOU_OR_SUPPLIER: _(
        "you, our back office on your behalf, or the organisation that signed you up"
    ),
    Source.BROWSER: _("your browser, while you use the site"),
    Source.US: _("us: it arises from what happens"),
    Source.MAIL_SERVER: _("the mail server of your mailbox"),
}


class Recipient(Enum):
    """Who gets data beside PLUC! itself (AVG 13(1)(e)). Their names stand in the statement."""

    HOST = "host"
    MAILBOX = "mailbox"
    SPEAKERS = "speakers"
    CLIENTS = "clients"
    SUPPLIERS = "suppliers"
    AUDITOR = "auditor"
    GOOGLE = "google"
    PUBLIC = "public"

    @property
    def label(self) -> Text:
        return RECIPIENTS[self]


RECIPIENTS: dict[Recipient, Text] = {
    Recipient.HOST: _("whoever hosts our database and keeps its back-ups"),
    Recipient.MAILBOX: _("the provider of your own mailbox"),
    Recipient.SPEAKERS: _("speakers, of their own meetings: name, organisation and title"),
    Recipient.CLIENTS: _("the organisation that buys the meeting: name, organisation and title"),
    Recipient.SUPPLIERS: _("the organisation that signed you up: your certificates"),
    Recipient.AUDITOR: _(
        "the auditor of our accreditation: name and phone number of a few participants"
    ),
    Recipient.GOOGLE: _("Google, if you accepted measurement: a random number"),
    Recipient.PUBLIC: _("everyone: it is on our public site"),
}


class Fate(Enum):
    """What becomes of a row when its person is erased."""

    DELETED = "deleted"
    ANONYMISED = "anonymised"
    KEPT = "kept"
