"""What this room holds of people: who is not measured, and proof of choices that names nobody."""

from django.utils.translation import gettext_lazy as _

from legal.rights.registry import (
    Basis,
    Delete,
    Group,
    Keep,
    Recipient,
    Retention,
    Source,
    Unlinked,
    not_personal,
    personal,
)
from pluc import periods

UNTIL_MEASURED = Retention(instead=_("until you allow measurement again, or close your account"))
UNTIL_OPTED_OUT = Retention(instead=_("until you object to measurement, or close your account"))
# The row says itself when it ends, and the database lets it go then.
PROOF = Retention(period=periods.CONSENT_PROOF, fact=_("the choice"), ends="kept_until")

personal(
    "consent.OptOut",
    owner="user__person",
    title=_("That you are not measured"),
    group=Group.CHOICES,
    purpose=_("To leave you out of the figures about visits, wherever you are signed in."),
    basis=Basis.DUTY,
    source=Source.YOU,
    retention=UNTIL_MEASURED,
    shown={"since": _("Since")},
    internal=["user"],
    erasure=Delete(),
    empty=_("you have not said so"),
)
personal(
    "consent.AnalyticsId",
    owner="user__person",
    title=_("The number that measurement knows you by"),
    group=Group.CHOICES,
    purpose=_("To count visits without counting anyone twice, if you accepted that."),
    basis=Basis.CONSENT,
    source=Source.US,
    recipients=[Recipient.HOST, Recipient.GOOGLE],
    retention=UNTIL_OPTED_OUT,
    shown={"value": _("Random number")},
    internal=["user"],
    erasure=Delete(),
    empty=_("there is none"),
)
personal(
    "consent.Choice",
    owner=Unlinked(_("We keep it without writing down who you are, so we cannot look up yours.")),
    title=_("Proof of cookie choices"),
    group=Group.CHOICES,
    purpose=_("To be able to show which choice was made about cookies."),
    basis=Basis.DUTY,
    source=Source.YOU,
    retention=PROOF,
    shown={},
    internal=[
        "id",
        "consent_id",
        "made_at",
        "kept_until",
        "groups",
        "text_hash",
        "revision",
        "how",
    ],
    erasure=Keep(until=PROOF, ground=_("Nobody can tell whose choice it is.")),
)
not_personal("consent.BarTexts", "consent.SetCookie", reason="What the cookie bar says.")
not_personal("consent.Group", reason="What the cookie bar says.", despite=["name_en"])
not_personal("consent.Question", reason="An archive of what was asked.")
