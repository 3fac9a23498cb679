"""Sessions, proven addresses, second factors: tables of Django and allauth."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Lookup,
    Retention,
    Source,
    Subject,
    personal,
)
from pluc import periods

KEEP_SAFE = _("To let you in, and nobody else.")
WITH_THE_ACCOUNT = Retention()
UNTIL_SIGNED_OUT = _("until you sign out, and %(period)s after signing in at most")


def old_sessions(now: datetime) -> "QuerySet[UserSession]":
    """Counted from signing in. Django counts from a session's last change."""
    return UserSession.objects.filter(created_at__lt=now - periods.SIGNED_IN)


def ended_sessions(now: datetime) -> Q:
    """Sessions of Django that have run out, or that somebody signed in to too long ago."""
    keys = old_sessions(now).values("session_key")
    return Q(expire_date__lte=now) | Q(session_key__in=keys)


def left_behind(now: datetime) -> Q:
    """Rows of allauth's list whose session is gone."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return Q(pk__in=old_sessions(now)) | ~Q(Exists(alive))


def own_sessions(subject: Subject) -> Q:
    """Django's sessions hold whose they are in a sealed text: allauth's list knows their keys."""
    keys = UserSession.objects.filter(user_id=subject.user_id).values("session_key")
    return Q(session_key__in=keys)


personal(
    "account.EmailAddress",
    owner="user__person",
    title=_("Addresses to sign in with"),
    group=Group.LOGIN,
    purpose=KEEP_SAFE,
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=WITH_THE_ACCOUNT,
    shown={"email": _("E-mail address"), "verified": _("Confirmed")},
    internal=["id", "user", "primary"],
    erasure=Delete(),
)
personal(
    "account.EmailConfirmation",
    owner="email_address__user__person",
    title=_("Links to confirm an address"),
    group=Group.LOGIN,
    purpose=KEEP_SAFE,
    basis=Basis.CONTRACT,
    source=Source.US,
    retention=WITH_THE_ACCOUNT,
    shown={"created": _("Created")},
    internal=["id", "email_address", "sent", "key"],
    erasure=Delete(),
    empty=_("none: they are not stored"),
)
personal(
    "mfa.Authenticator",
    owner="user__person",
    title=_("Second step (app, passkeys, recovery codes)"),
    group=Group.LOGIN,
    purpose=KEEP_SAFE,
    basis=Basis.CONTRACT,
    source=Source.YOU,
    retention=WITH_THE_ACCOUNT,
    shown={"type": _("Kind"), "created_at": _("Added"), "last_used_at": _("Last used")},
    internal=["id", "user", "data"],
    erasure=Delete(),
    empty=_("none yet"),
)
# Before allauth's list, which knows whose they are: the purge keeps this order.
personal(
    "sessions.Session",
    owner=Lookup(own_sessions),
    title=_("What the site remembers while you are signed in"),
    group=Group.LOGIN,
    purpose=KEEP_SAFE,
    basis=Basis.INTEREST,
    source=Source.BROWSER,
    retention=Retention(period=periods.SIGNED_IN, due=ended_sessions, instead=UNTIL_SIGNED_OUT),
    shown={"expire_date": _("Ends at the latest")},
    internal=["session_key", "session_data"],
    erasure=Delete(),
)
personal(
    "usersessions.UserSession",
    owner="user__person",
    title=_("Where you are signed in"),
    group=Group.LOGIN,
    purpose=KEEP_SAFE,
    basis=Basis.INTEREST,
    source=Source.BROWSER,
    retention=Retention(period=periods.SIGNED_IN, due=left_behind, instead=UNTIL_SIGNED_OUT),
    shown={
        "created_at": _("Since"),
        "last_seen_at": _("Last seen"),
        "ip": _("Network address"),
        "user_agent": _("Browser"),
    },
    internal=["id", "user", "session_key", "data"],
    erasure=Delete(),
)
