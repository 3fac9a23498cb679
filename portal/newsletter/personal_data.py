"""What the newsletter holds of people: who gets it, with the proof, and who never does."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Address,
    Anonymise,
    Basis,
    Delete,
    Group,
    Keep,
    Lookup,
    Path,
    Retention,
    Source,
    Subject,
    not_personal,
    personal,
)
from pluc import periods
from portal.newsletter.address_keys import suppression_keys


def unconfirmed_or_proven_long_enough(now: datetime) -> Q:
    """Who did not confirm in time, and who left so long ago that no proof is asked for."""
    return Q(state="asked", asked_at__lt=now - periods.CONFIRMATION) | Q(
        state="left", left_at__lt=now - periods.CONSENT_PROOF
    )


def suppressed(subject: Subject) -> Q:
    """The rows of their proven addresses: nothing in the table itself leads to anybody."""
    if not settings.SUPPRESSION_KEYS:
        return Q(pk__in=[])
    keys = [key for address in subject.addresses for key in suppression_keys(address)]
    return Q(pk__in=keys)


def version_in_words(version: str) -> str:
    """A version of the statement is named by its day: `2018-05-16`."""
    return date_format(date.fromisoformat(version), "DATE_FORMAT")


TO_SEND = _("To send you finance updates if you want it, and to show that you said so.")
AS_LONG = Retention(
    period=periods.CONSENT_PROOF,
    due=unconfirmed_or_proven_long_enough,
    instead=_(
        "as long as you are subscribed, and %(period)s after you left, as proof; what you do not "
        "confirm we delete as soon as the link in our mail has ended"
    ),
)
WITH_THE_SUBSCRIPTION = Retention(
    period=periods.CONSENT_PROOF, instead=AS_LONG.instead, goes_with="subscription"
)
UNTIL_LOOKED_AT = Retention(
    period=periods.CONFIRMATION, fact=_("you asked for it"), fields=("asked_at",)
)
FOR_EVER = Retention(instead=_("until you ask for the newsletter again"))

personal(
    "newsletter.Subscription",
    owner=(Path("person"), Address(field="email", unless="person")),
    title=_("Newsletter"),
    group=Group.CHOICES,
    purpose=TO_SEND,
    basis=Basis.CONSENT,
    source=Source.YOU,
    retention=AS_LONG,
    shown=["email", "state", "language", "asked_at", "confirmed_at", "left_at"],
    internal=[
        *("id", "normal_email", "person", "token", "confirm_token", "confirm_until"),
        "soft_bounces",
    ],
    erasure=Delete(),
    empty=_("you did not ask for it, so you do not get it"),
)
personal(
    "newsletter.SubscriptionStep",
    owner=(
        Path("subscription__person"),
        Address(field="subscription__email", unless="subscription__person"),
    ),
    title=_("What you chose about the newsletter"),
    group=Group.CHOICES,
    purpose=TO_SEND,
    basis=Basis.CONSENT,
    source=Source.YOU,
    retention=WITH_THE_SUBSCRIPTION,
    shown=[
        *("at", "kind", "form", "text"),
        ("edition__version", _("Statement that you were shown")),
        "reason",
    ],
    internal=["id", "subscription"],
    erasure=Delete(),
    empty=_("nothing so far"),
    render={"edition__version": version_in_words},
)
personal(
    "newsletter.SubscriptionStep",
    owner="by__person",
    title=_("What you did with subscriptions"),
    group=Group.STAFF,
    purpose=_("So that colleagues know who did it."),
    basis=Basis.INTEREST,
    source=Source.US,
    retention=WITH_THE_SUBSCRIPTION,
    shown=["kind", "at"],
    internal=["by"],
    erasure=Anonymise({"by": None}),
)
personal(
    "newsletter.Asking",
    owner=(Path("user__person"), Address(field="email", unless="user")),
    is_for_all=False,
    title=_("That you asked for the newsletter"),
    group=Group.CHOICES,
    purpose=TO_SEND,
    basis=Basis.CONSENT,
    source=Source.YOU,
    retention=UNTIL_LOOKED_AT,
    shown=["email", "asked_at", "text"],
    internal=["id", "user", "language", "edition"],
    erasure=Delete(),
    empty=_("nothing that waits"),
)
# A keyed hash of an address is a pseudonym, and so personal data (STANDARDS 3.11): it is declared,
# and outlives erasure on the ground that the law asks us to remember an objection (AVG 21(3)).
personal(
    "newsletter.Suppression",
    owner=Lookup(suppressed),
    is_for_all=False,
    title=_("That no newsletter goes to you"),
    group=Group.CHOICES,
    purpose=_("So that we never write to you again by mistake; your address is not in it."),
    basis=Basis.DUTY,
    source=Source.YOU,
    retention=FOR_EVER,
    shown={"reason": _("Why"), "at": _("Since")},
    internal=["key"],
    erasure=Keep(
        until=FOR_EVER,
        ground=_("Without it we could not know that you want no newsletter."),
    ),
    empty=_("none"),
)

# --- Issues: of colleagues, who did what --------------------------------------------------------

TWO_PEOPLE = _("So that two people stand behind what goes to everybody.")
STEPS_OF_COLLEAGUES: dict[str, Promise] = {
    "submitted_by": _("Issues of the newsletter that you submitted"),
    "approved_by": _("Issues of the newsletter that you approved"),
}
ABOUT_THE_ISSUE = [
    *("id", "issue_key", "state", "starts_at", "started_at", "ended_at"),
    *("last_subscription", "is_queued", "queued", "sent", "withheld", "withheld_because"),
    *("failed", "unknown", "bounced", "complained", "left"),
]

for key, title in STEPS_OF_COLLEAGUES.items():
    personal(
        "newsletter.Mailing",
        owner=f"{key}__person",
        title=title,
        group=Group.STAFF,
        purpose=TWO_PEOPLE,
        basis=Basis.INTEREST,
        source=Source.US,
        retention=Retention(),
        shown=["title", "approved_at"],
        internal=[key, *ABOUT_THE_ISSUE],
        erasure=Anonymise({key: None}),
    )
personal(
    "newsletter.MailingStep",
    owner="by__person",
    title=_("What you did with issues of the newsletter"),
    group=Group.STAFF,
    purpose=TWO_PEOPLE,
    basis=Basis.INTEREST,
    source=Source.US,
    retention=Retention(),
    shown={"action": _("What"), "note": _("Note"), "at": _("When")},
    internal=["id", "mailing", "by"],
    erasure=Anonymise({"by": None}),
)
not_personal(
    "newsletter.IssuePage",
    "newsletter.NewsletterPage",
    reason="What everybody who subscribes gets alike: it says nothing of any of them.",
)
not_personal(
    "newsletter.MailingText",
    reason="What an issue says to everybody, before a reader's own link is put in.",
    despite=["mailing"],
)
